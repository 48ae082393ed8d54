import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChainClient } from '../../../src/platform/chain/index.js';
import { assemble, useWorld } from './anchoring-world.js';

const { chain, world } = useWorld();
let client: ChainClient | undefined;

afterEach(() => client?.close());

async function metricsThrough(settings: { url: string; chainId: number }): Promise<string> {
  client = new ChainClient({ rpcUrls: [settings.url], chainId: settings.chainId, timeoutMs: 60_000 });
  return assemble(client, world).metrics.text();
}

async function hangingNode(): Promise<{ url: string; server: Server }> {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('what metrics say of those who pay', () => {
  it('is what the chain says', async () => {
    const text = await metricsThrough(chain);
    expect(text).toContain(`chopmark_chain_wrong{chain="${chain.chainId}"} 0`);
    expect(text).toContain(`role="relayer",account="${world.relayer}"} 0`);
  });

  it('is asked once a look, whatever there is to tell, and again for the next', async () => {
    client = new ChainClient({ rpcUrls: [chain.url], chainId: chain.chainId });
    const { metrics } = assemble(client, world);
    const asked = [vi.spyOn(client, 'assertChainId'), vi.spyOn(client, 'suggestedFees')];
    const askedBalance = vi.spyOn(client, 'balanceOf');
    for (const looks of [1, 2]) {
      await metrics.text();
      expect(asked.map(({ mock }) => mock.calls.length)).toEqual([looks, looks]);
      expect(askedBalance).toHaveBeenCalledTimes(2 * looks);
    }
  });

  it('is nothing of another chain', async () => {
    const text = await metricsThrough({ url: chain.url, chainId: 5 });
    expect(text).toContain(`chopmark_chain_wrong{chain="${chain.chainId}"} 1`);
    expect(text).toMatch(/chopmark_anchor_relayer_balance_ether\{chain="\d+",relayer="0x\w+"\} -1/);
    expect(text).toMatch(/chopmark_chain_account_short\{chain="\d+",role="relayer",account="0x\w+"\} -1/);
  });

  it('does not keep the other metrics waiting for a node that hangs', async () => {
    const { url, server } = await hangingNode();
    const begun = performance.now();
    const text = await metricsThrough({ url, chainId: chain.chainId });
    // Its time-out is a minute.
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(text).toContain(`chopmark_chain_wrong{chain="${chain.chainId}"} -1`);
    expect(text).toMatch(/chopmark_chain_account_short\{chain="\d+",role="admin",account="0x\w+"\} -1/);
    expect(text).toContain('chopmark_anchor_oldest_open_leaf_seconds 0');
    server.closeAllConnections();
    server.close();
  });
});

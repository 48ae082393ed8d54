import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ChainClient,
  ChainUnreachable,
  createStore,
  deployContracts,
  signFiller,
  WrongChain,
} from '../../../src/platform/chain/index.js';
import { admin, deployer, digest, LocalChain, relayer, storeCall } from './local-chain.js';

type Rpc = { readonly id: number; readonly method: string; readonly params: readonly unknown[] };
type Twist = (request: Rpc, honest: unknown) => unknown;

const chainId = 31_407;
let chain: LocalChain;
let store: string;
const opened: { close(): void }[] = [];

beforeAll(async () => {
  chain = await LocalChain.start({ chainId });
  await deployContracts(chain.client, deployer.key);
  const roles = { admin: admin.address, relayer: relayer.address, issuerKey: digest('issuer') };
  store = await createStore(chain.client, deployer.key, roles);
  await chain.send(relayer, storeCall(store, 'anchor', [digest('root'), 1]));
});
afterEach(() => {
  opened.splice(0).forEach((each) => {
    each.close();
  });
});
afterAll(() => {
  chain.stop();
});

/** A node that passes everything on to the chain, and tells what it likes of the answer. */
async function nodeThatSays(twist: Twist): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const asked = JSON.parse(body) as Rpc;
      void forward(body).then(({ result, error }) => {
        const said = error === undefined ? { result: twist(asked, result) } : { error };
        response.end(JSON.stringify({ jsonrpc: '2.0', id: asked.id, ...said }));
      });
    });
  });
  return urlOf(server);
}

const nodeThatHangs = (): Promise<string> => urlOf(createServer(() => undefined));

async function urlOf(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function forward(body: string): Promise<{ result?: unknown; error?: object }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(chain.rpcUrl, { method: 'POST', headers, body });
  return (await response.json()) as { result?: unknown; error?: object };
}

const honest = (): Promise<string> => nodeThatSays((_, answer) => answer);
const dead = 'http://127.0.0.1:9';

function clientOf(...rpcUrls: readonly string[]): ChainClient {
  const client = new ChainClient({ rpcUrls, chainId, timeoutMs: 10_000 });
  opened.push(client);
  return client;
}

const YES = `0x${'0'.repeat(63)}1`;

/** Says yes to whatever is asked of a contract, and invents blocks. */
const liar: Twist = ({ method }, answer) => {
  if (method === 'eth_call') {
    return YES;
  }
  return method === 'eth_getBlockByNumber' ? { ...(answer as object), hash: digest('invented') } : answer;
};

describe('a chain with several nodes', () => {
  it('is asked through those that live: one dead node of three changes nothing', async () => {
    const client = clientOf(dead, await honest(), await honest());
    await client.assertChainId();
    expect(await client.isIssued(store, digest('root'))).toBe(true);
    expect(await client.isIssued(store, digest('another'))).toBe(false);
    expect(await client.head()).toEqual(await chain.client.head());
    expect(await client.nonceOf(relayer.address)).toBe(await chain.client.nonceOf(relayer.address));
    expect(await client.balanceOf(relayer.address)).toBeGreaterThan(0n);
  });

  it('is not believed by the word of one: a node that lies is outvoted', async () => {
    const client = clientOf(await nodeThatSays(liar), await honest(), await honest());
    expect(await client.isIssued(store, digest('another'))).toBe(false);
    expect(await client.block(1)).toEqual(await chain.client.block(1));
  });

  it('does not wait for one that hangs, however patient it is', async () => {
    const client = clientOf(await nodeThatHangs(), await honest(), await honest());
    const begun = performance.now();
    await client.assertChainId();
    expect(await client.head()).toEqual(await chain.client.head());
    expect(await client.nonceOf(relayer.address)).toBe(await chain.client.nonceOf(relayer.address));
    // Three questions; each would take the ten seconds of its time-out.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('says that it could not ask when two of three disagree with each other and one is dead', async () => {
    const client = clientOf(dead, await nodeThatSays(liar), await honest());
    await expect(client.isIssued(store, digest('another'))).rejects.toThrow(ChainUnreachable);
    await expect(client.block(1)).rejects.toThrow(/disagree/);
    expect(await client.isIssued(store, digest('root'))).toBe(true);
  });

  it('cannot be asked when most of its nodes are dead, whatever the last one says', async () => {
    const client = clientOf(dead, dead, await honest());
    await expect(client.isIssued(store, digest('root'))).rejects.toThrow(ChainUnreachable);
    await expect(client.head()).rejects.toThrow(ChainUnreachable);
    await expect(client.assertChainId()).rejects.toThrow(ChainUnreachable);
    await expect(client.nonceOf(relayer.address)).rejects.toThrow(ChainUnreachable);
  });

  it('is as high as most of its nodes have seen', async () => {
    await chain.rpc('anvil_mine', '0x3');
    const behind: Twist = ({ method, params }, answer) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest' ? { ...(answer as object), number: '0x1' } : answer;
    const ahead: Twist = ({ method, params }, answer) =>
      method === 'eth_getBlockByNumber' && params[0] === 'latest'
        ? { ...(answer as object), number: '0xffff' }
        : answer;
    const head = await chain.client.head();
    expect(await clientOf(await nodeThatSays(behind), await honest(), await honest()).head()).toEqual(head);
    expect(await clientOf(await nodeThatSays(ahead), await honest(), await honest()).head()).toEqual(head);
  });

  it('is stopped by one node of another chain: somebody has to look', async () => {
    const other = await nodeThatSays(({ method }, answer) => (method === 'eth_chainId' ? '0x1' : answer));
    await expect(clientOf(await honest(), await honest(), other).assertChainId()).rejects.toThrow(WrongChain);
  });

  it('takes a transaction through any node that lives', async () => {
    const client = clientOf(dead, dead, await honest());
    const [nonce, fees] = [await chain.client.nonceOf(relayer.address), await chain.client.suggestedFees()];
    const { raw, hash } = signFiller({ key: relayer.key, chainId, nonce, fees });
    expect(await client.broadcast(raw)).toBe('accepted');
    await expect.poll(async () => (await chain.client.receipt(hash))?.status, { timeout: 10_000 }).toBe('succeeded');
    expect(await client.broadcast(raw)).toMatch(/known|nonce-too-low/);
  });
});

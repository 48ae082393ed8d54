import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil } from '../../../scripts/embedded/anvil.js';
import type { RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { isRunning } from '../../../scripts/embedded/process-identity.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';

describe('the local chain', () => {
  let home: string;
  let stateFile: string;
  const started: RunningAnvil[] = [];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'chopmark-embedded-'));
    stateFile = join(home, 'chain.json');
  });

  afterEach(async () => {
    for (const chain of started.splice(0)) {
      await chain.stop();
    }
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (options: Parameters<typeof startAnvil>[0] = { stateFile }): Promise<RunningAnvil> => {
    const chain = await startAnvil(options);
    started.push(chain);
    return chain;
  };

  it('answers with the chain id that was asked for', async () => {
    const { url, chainId } = await start({ chainId: 4_242 });
    expect(chainId).toBe(4_242);
    expect(await call(url, 'eth_chainId')).toBe('0x1092');
  });

  it('keeps blocks, receipts and logs through SIGKILL', async () => {
    const first = await start();
    const hash = await sendPayment(first.url);
    const receipt = await call(first.url, 'eth_getTransactionReceipt', hash);
    await waitForState(hash);
    process.kill(first.pid, 'SIGKILL');
    await waitUntil('it is gone', () => !isRunning(first.pid));

    const second = await start();
    expect(await call(second.url, 'eth_blockNumber')).toBe('0x1');
    expect(await call(second.url, 'eth_getTransactionReceipt', hash)).toEqual(receipt);
    await sendPayment(second.url);
    expect(await call(second.url, 'eth_blockNumber')).toBe('0x2');
  });

  it('goes back to the last state that can be read when a crash cut the file off', async () => {
    const first = await start();
    const hash = await sendPayment(first.url);
    await first.stop();
    const second = await start();
    await second.stop();
    writeFileSync(stateFile, readFileSync(stateFile).subarray(0, 1_000));

    const third = await start();
    expect(await call(third.url, 'eth_getTransactionReceipt', hash)).not.toBeNull();
  });

  it('stops a chain that an earlier start has left behind', async () => {
    const leftover = await start();
    await start();
    expect(isRunning(leftover.pid)).toBe(false);
  });

  /** A file that can be read has just been written whole; the next one comes a second later. */
  async function waitForState(hash: unknown): Promise<void> {
    await waitUntil('the transaction is in the file', () => {
      const state: unknown = JSON.parse(readFileSync(stateFile, 'utf8'));
      return JSON.stringify(state).includes(String(hash));
    });
  }
});

async function sendPayment(url: string): Promise<unknown> {
  const [from, to] = (await call(url, 'eth_accounts')) as [string, string];
  const hash = await call(url, 'eth_sendTransaction', { from, to, value: '0x1' });
  await waitUntil('it is mined', async () => (await call(url, 'eth_getTransactionReceipt', hash)) !== null);
  return hash;
}

async function call(url: string, method: string, ...params: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error !== undefined) {
    throw new Error(error.message);
  }
  return result;
}

import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { WorkerModule } from '../../../src/composition/worker.module.js';
import { RevokeOnChain } from '../../../src/documents/index.js';
import { addressOf, ChainClient, signCall } from '../../../src/platform/chain/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

const CONFIRMATIONS = 4;

let anvil: RunningAnvil;
let instance: TestInstance;
let issuer: TestIssuer;
let caller: ApiCaller;
let idle: INestApplicationContext;

beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());
beforeEach(async () => {
  instance = await TestInstance.make({
    ...{ CHAIN_RPC_URL: anvil.url, CHAIN_ID: String(anvil.chainId) },
    ...{ CHAIN_CONFIRMATIONS: String(CONFIRMATIONS), ANCHOR_POLL_MS: '50' },
  });
  issuer = await instance.addIssuer();
  caller = callerOf(await instance.startApi(), issuer);
  idle = await NestFactory.createApplicationContext(WorkerModule.for(instance.settings), { logger: false });
});
afterEach(async () => {
  await rpc('evm_setAutomine', true);
  await idle.close();
  await instance.close();
});

const rpc = (method: string, ...parameters: unknown[]): Promise<unknown> => rpcTo(anvil.url)(method, ...parameters);
/** A second apart: it is by their times that blocks are told from one another. */
const mine = (blocks: number): Promise<unknown> => rpc('anvil_mine', `0x${blocks.toString(16)}`, '0x1');
const work = (): Promise<void> => idle.get(RevokeOnChain).execute();
/** Does what is due, and waits for the blocks: the chain takes a transaction in before it makes a block of it. */
async function workAndMine(): Promise<void> {
  await work();
  await blocksAreMade();
}
const blocksAreMade = (): Promise<void> =>
  waitUntil('nothing waits for its block', async () => {
    const admin = addressOf(instance.settings.chainAdminKey);
    const counts = ['latest', 'pending'].map((block) => rpc('eth_getTransactionCount', admin, block));
    return new Set(await Promise.all(counts)).size === 1;
  });
const stateOf = (): Promise<unknown> => instance.value('select state from document_revocations');

/** A document whose leaf is fixed, revoked by its issuer; nothing is sent yet. */
async function revoked(): Promise<Issued> {
  const issued = await caller.issue();
  const worker = await instance.startWorker();
  await instance.waitUntilRendered();
  await worker.stop();
  await caller.post(`/v1/documents/${issued.id}/revocation`, { reason: 'issued-in-error' });
  return issued;
}

async function isOnChain({ id }: Issued): Promise<boolean> {
  const leaf = await instance.value('select leaf from document_events where document_id = $1 and seq = 0', [id]);
  return idle.get(ChainClient).isRevoked(issuer.store, leaf as Buffer);
}

describe('a revocation on a chain that is reorganised', () => {
  it('is sent again, byte for byte, when its block is undone', async () => {
    const issued = await revoked();
    await workAndMine();
    await rpc('evm_setAutomine', false);
    await rpc('anvil_reorg', 1, []);
    expect(await isOnChain(issued)).toBe(false);

    await rpc('evm_setAutomine', true);
    await waitUntil('it is settled', async () => {
      await work();
      await mine(1);
      return (await stateOf()) === 'revoked';
    });

    expect(await isOnChain(issued)).toBe(true);
    expect(await instance.value('select count(*)::int from anchor_transactions where state is not null')).toBe(1);
  });

  it('counts its blocks from the one that holds it now, not from the one that was undone between two looks', async () => {
    const issued = await revoked();
    await workAndMine();
    await work();
    const [raw] = await instance.query<{ raw: Buffer }>('select raw from anchor_transactions');
    await mine(2);
    // Nobody looks while the block is undone and another takes the same bytes in.
    await rpc('anvil_reorg', 3, []);
    await rpc('eth_sendRawTransaction', `0x${raw?.raw.toString('hex') ?? ''}`);
    await blocksAreMade();
    await work();

    expect(await isOnChain(issued)).toBe(true);
    expect(await stateOf()).toBe('submitted');
    await mine(CONFIRMATIONS - 1);
    await work();
    expect(await stateOf()).toBe('revoked');
  });

  it('is not believed at first sight when it was pending and the store holds it already', async () => {
    await revoked();
    await workAndMine();
    await instance.query(`update document_revocations set state = 'pending', sender = null, nonce = null`);
    await work();
    expect(await stateOf()).not.toBe('revoked');
    await mine(CONFIRMATIONS);
    await instance.query(`update document_revocations set tried_at = '2000-01-01'`);
    await work();
    expect(await stateOf()).toBe('revoked');
  });

  it('goes out although the transaction before it, which carries nothing any more, was undone', async () => {
    await revoked();
    await workAndMine();
    await instance.query(
      `update document_revocations set state = 'pending', last_error = 'revocation.not-recorded', tried_at = '2000-01-01'`,
    );
    await rpc('evm_setAutomine', false);
    await rpc('anvil_reorg', 1, []);
    await work();
    await rpc('evm_setAutomine', true);
    await mine(1);

    await waitUntil('it is settled', async () => {
      await work();
      await mine(1);
      return (await stateOf()) === 'revoked';
    });
  });

  it('goes out although what a command sent before it with the same key was undone, and nobody has its bytes', async () => {
    const issued = await revoked();
    const key = instance.settings.chainAdminKey;
    const admin = addressOf(key);
    const client = idle.get(ChainClient);
    const nonce = await client.nonceOf(admin);
    const call = { to: issuer.store, data: '0x715018a6', gasLimit: 50_000n };
    const fees = await client.suggestedFees();
    await client.broadcast(signCall({ key, chainId: client.chainId, nonce, fees, ...call }).raw);
    await blocksAreMade();
    await workAndMine();
    expect(await instance.value('select max(nonce)::int from anchor_transactions')).toBe(nonce + 1);

    await rpc('evm_setAutomine', false);
    await rpc('anvil_reorg', 2, []);
    expect(await client.nonceOf(admin)).toBe(nonce);
    await rpc('evm_setAutomine', true);
    await waitUntil('it is settled', async () => {
      await work();
      await mine(1);
      return (await stateOf()) === 'revoked';
    });

    expect(await isOnChain(issued)).toBe(true);
    expect(await client.nonceOf(admin)).toBe(nonce + 2);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { SETBACKS } from '../../../src/anchoring/index.js';
import { ChainClient, factoryAddress, signFiller } from '../../../src/platform/chain/index.js';
import { assemble, useWorld } from './anchoring-world.js';

describe('following what was sent', () => {
  const { chain, world } = useWorld();

  type TransactionColumns = { nonce: string; state: string; hash: Buffer };
  const transactions = (): Promise<TransactionColumns[]> =>
    world.query('select * from anchor_transactions order by nonce, attempt');
  const hex = (bytes: Buffer | null | undefined): string => `0x${(bytes ?? Buffer.alloc(0)).toString('hex')}`;

  it('sends a transaction again that the node has dropped', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    const [sent] = await transactions();
    await chain.rpc('anvil_dropTransaction', hex(sent?.hash));
    await chain.mine();
    expect(await chain.client.receipt(sent?.hash ?? '')).toBeNull();
    await chain.rpc('evm_setAutomine', true);
    await world.confirmUntil(batchId, 'anchored');
    expect(hex((await world.anchorOf(batchId)).transaction_hash)).toBe(hex(sent?.hash));
  });

  it('sends again what a reorganisation has undone, and anchors it in the new chain', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    const before = await world.anchorOf(batchId);
    await chain.rpc('evm_setAutomine', false);
    await chain.rpc('anvil_reorg', 1, []);
    await world.confirmRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({
      state: 'submitted',
      transaction_hash: null,
      block_hash: null,
    });
    await chain.rpc('evm_setAutomine', true);
    await chain.mine();
    await world.confirmUntil(batchId, 'anchored');
    const after = await world.anchorOf(batchId);
    expect(after.transaction_hash).toEqual(before.transaction_hash);
    expect(after.block_hash).not.toEqual(before.block_hash);
    expect(await transactions()).toHaveLength(1);
  });

  it('takes back even what was confirmed, and finds the transaction that moved to another block', async () => {
    world.settings.chainConfirmations = 1;
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    await world.query(`update anchors set state = 'confirmed'`);
    const before = await world.anchorOf(batchId);
    const [raw] = await world.query<{ raw: Buffer }>('select raw from anchor_transactions');
    // The new chain has the same transaction one block later.
    await chain.mine();
    await chain.rpc('anvil_reorg', 2, [[hex(raw?.raw), 1]]);
    await world.confirmRoots.execute();
    const after = await world.anchorOf(batchId);
    expect(after.state).toBe('anchored');
    expect(Number(after.block_number)).toBe(Number(before.block_number) + 1);
  });

  it('makes a root pending again that a stranger had carried into a block that was undone', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await world.publishRoots.execute();
    await world.query(`update anchors set state = 'pending', sender = null, nonce = null`);
    await world.publishRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'anchored', transaction_hash: null });
    await chain.rpc('anvil_reorg', 1, []);
    await world.confirmRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'pending', last_error: SETBACKS.reorganised });
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
  });

  it('names no transaction that came second in its block, and so left the root out', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    await world.query(`update anchors set state = 'pending', sender = null, nonce = null`);
    await world.publishRoots.execute();
    await chain.mine();
    const [first, second] = await transactions();
    const blocks = [first, second].map(async (sent) => (await chain.client.receipt(hex(sent?.hash)))?.blockHash);
    const [blockHash, other] = await Promise.all(blocks);
    expect(other).toBe(blockHash);
    await world.confirmUntil(batchId, 'anchored');
    const anchor = await world.anchorOf(batchId);
    expect([anchor.transaction_hash, hex(anchor.block_hash)]).toEqual([null, blockHash]);
  });

  it('sends the lowest nonce first when an earlier transaction was lost', async () => {
    const { id } = await world.addIssuer();
    const first = await world.sealedBatchOf(id, 1);
    await chain.rpc('evm_setAutomine', false);
    await world.publishRoots.execute();
    const second = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    const [lost] = await transactions();
    await chain.rpc('anvil_dropTransaction', hex(lost?.hash));
    await chain.mine();
    expect(await chain.client.nonceOf(world.relayer)).toBe(0);
    await chain.rpc('evm_setAutomine', true);
    await world.confirmUntil(first.batchId, 'anchored');
    await world.confirmUntil(second.batchId, 'anchored');
    expect(await transactions()).toHaveLength(2);
  });

  it('fills a nonce that has no bytes, for it would hold up all behind it', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 1);
    await world.query('insert into chain_senders (chain_id, address, next_nonce) values ($1, $2, 2)', [
      chain.chainId,
      Buffer.from(world.relayer.slice(2), 'hex'),
    ]);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    expect((await transactions()).map(({ nonce }) => nonce)).toEqual(['0', '1', '2']);
    expect(await chain.client.nonceOf(world.relayer)).toBe(3);
  });

  it('publishes anew when a transaction that we did not sign has taken the nonce', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 1);
    world.client.beforeBroadcast = () => {
      throw new Error('killed');
    };
    await expect(world.publishRoots.execute()).rejects.toThrow('killed');
    world.client.beforeBroadcast = () => undefined;
    const fees = await chain.client.suggestedFees();
    const key = world.settings.chainRelayerKey;
    await chain.client.broadcast(signFiller({ key, chainId: chain.chainId, nonce: 0, fees }).raw);
    // However old our own bytes are: one node may know of the nonce before another knows of the receipt.
    world.clock.advance(31_000);
    await world.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('submitted');
    world.clock.advance(31_000);
    await world.confirmRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'pending', last_error: SETBACKS.nonceTaken });
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    expect((await world.anchorOf(batchId)).nonce).toBe('1');
  });

  it('never takes a reverted transaction for an anchor, and does not burn gas again at once', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 1);
    const code = await chain.client.codeAt(factoryAddress());
    await chain.rpc('anvil_setCode', factoryAddress(), '0x60006000fd');
    await world.publishRoots.execute();
    await world.confirmRoots.execute();
    await chain.rpc('anvil_setCode', factoryAddress(), code);
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'pending', last_error: SETBACKS.reverted });
    await world.publishRoots.execute();
    expect((await transactions()).map(({ state }) => state)).toEqual(['reverted']);
    world.clock.advance(301_000);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
  });

  it('holds a root back whose store is gone with the block that had created it', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    const store = world.directory.stores.get(id) ?? '';
    const code = await chain.client.codeAt(store);
    await chain.rpc('anvil_setCode', store, '0x');
    await world.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('submitted');
    world.clock.advance(31_000);
    await world.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('pending');
    await world.publishRoots.execute();
    expect((await world.anchorOf(batchId)).last_error).toBe('chain.store-not-found');
    await chain.rpc('anvil_setCode', store, code);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
  });

  it('anchors again on a chain that was started anew', async () => {
    const { id } = await world.addIssuer();
    const snapshot = await chain.rpc('evm_snapshot');
    const { batchId } = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    await chain.rpc('evm_revert', snapshot);
    await world.confirmRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    expect(await chain.client.nonceOf(world.relayer)).toBe(1);
  });

  it('asks again for the blocks it watches when the chain has gone on, and not before', async () => {
    const { id } = await world.addIssuer();
    await chain.mine(100);
    const { batchId } = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    const asked = vi.spyOn(world.client, 'block');
    const questionsOfAPass = async (): Promise<number> => {
      asked.mockClear();
      await world.confirmRoots.execute();
      return asked.mock.calls.length;
    };
    const first = await questionsOfAPass();
    expect(first).toBeGreaterThan(0);
    expect(await questionsOfAPass()).toBeLessThan(first);
    await chain.mine();
    expect(await questionsOfAPass()).toBe(first);
  });

  it('says why nothing moves while the chain is another one or cannot be asked, and forgets it afterwards', async () => {
    const { id } = await world.addIssuer();
    await chain.rpc('evm_setAutomine', false);
    const { batchId: sent } = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    const { batchId: waiting } = await world.sealedBatchOf(id, 1);
    const told = async (): Promise<unknown[]> =>
      Promise.all([sent, waiting].map(async (batchId) => (await world.anchorOf(batchId)).last_error));
    for (const [url, chainId, reason] of [
      ['http://127.0.0.1:1', chain.chainId, 'chain.unreachable'],
      [chain.url, 5, 'chain.wrong-chain'],
      ['http://127.0.0.1:1', chain.chainId, 'chain.unreachable'],
    ] as const) {
      const client = new ChainClient({ rpcUrls: [url], chainId, timeoutMs: 500 });
      await assemble(client, world).confirmRoots.execute();
      expect(await told()).toEqual([reason, reason]);
      client.close();
    }
    await chain.rpc('evm_setAutomine', true);
    await chain.mine();
    await world.publishRoots.execute();
    await world.confirmUntil(sent, 'anchored');
    await world.confirmUntil(waiting, 'anchored');
    expect(await told()).toEqual([null, null]);
  });

  it('counts for the operator what is under way and what it cost', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 1);
    expect(await world.metrics.text()).toContain(
      `chopmark_anchor_unfinished{chain="${chain.chainId}",state="pending"} 1`,
    );
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    const text = await world.metrics.text();
    expect(text).toContain(`chopmark_anchor_unfinished{chain="${chain.chainId}",state="pending"} 0`);
    expect(text).toContain(`chopmark_anchor_unfinished{chain="${chain.chainId}",state="anchored"} 1`);
    expect(text).toContain(`chopmark_anchor_transactions_total{chain="${chain.chainId}",outcome="succeeded"} 1`);
    expect(text).toMatch(/chopmark_anchor_gas_total\{chain="\d+"\} \d{5}/);
    expect(text).toContain('chopmark_anchor_oldest_open_leaf_seconds 0');
    expect(text).toMatch(/chopmark_anchor_relayer_balance_ether\{chain="\d+",relayer="0x\w+"\} 0\.99/);
  });
});

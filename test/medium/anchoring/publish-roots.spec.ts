import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SETBACKS } from '../../../src/anchoring/index.js';
import { to0x } from '../../../src/kernel/index.js';
import { ChainClient } from '../../../src/platform/chain/index.js';
import { verifyInclusion } from '../../../src/proof/index.js';
import { assemble, useWorld } from './anchoring-world.js';

describe('publishing roots', () => {
  const { chain, world } = useWorld();

  const transactions = (): Promise<{ nonce: string; attempt: number; state: string; hash: Buffer }[]> =>
    world.query('select nonce, attempt, state, hash from anchor_transactions order by nonce, attempt');

  it.each([1, 2, 3, 300])('anchors a batch of %i, and every proof leads to what the chain holds', async (size) => {
    const { id, store } = await world.addIssuer();
    const { batchId, leaves } = await world.sealedBatchOf(id, size);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    const proofs = await world.proofsOf(id, leaves);
    for (const [index, { root, proof, batchSize, leafIndex, anchors }] of proofs.entries()) {
      const leaf = leaves[index] ?? root;
      expect(verifyInclusion({ leaf, proof, root, size: batchSize, index: leafIndex })).toBe(true);
      expect(anchors).toMatchObject([{ chainId: chain.chainId, state: 'anchored' }]);
      if (index % 50 === 0) {
        expect(await chain.client.isIssued(store, root)).toBe(true);
      }
    }
    const anchor = await world.anchorOf(batchId);
    const receipt = await chain.client.receipt(anchor.transaction_hash ?? '');
    expect(receipt).toMatchObject({ blockNumber: Number(anchor.block_number), gasUsed: BigInt(anchor.gas_used ?? 0) });
    expect(receipt?.blockHash).toBe(to0x(anchor.block_hash ?? new Uint8Array()));
  });

  it('becomes confirmed, and final, by the blocks on top', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    await world.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('anchored');
    await chain.mine(2);
    await world.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('confirmed');
    await chain.mine(200);
    world.clock.advance(61_000);
    await world.confirmUntil(batchId, 'final');
  });

  it('carries the roots of many issuers in one transaction', async () => {
    const issuers = [];
    for (let count = 0; count < 5; count += 1) {
      issuers.push(await world.addIssuer());
    }
    const batches = [];
    for (const { id } of issuers) {
      batches.push(await world.sealedBatchOf(id, 2));
    }
    await world.publishRoots.execute();
    for (const { batchId } of batches) {
      await world.confirmUntil(batchId, 'anchored');
    }
    expect(await transactions()).toHaveLength(1);
    expect((await world.anchorOf(batches[0]?.batchId ?? '')).roots_in_transaction).toBe(5);
  });

  it('anchors a batch with one transaction when two workers publish it', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    const second = assemble(world.client, world);
    await Promise.all([
      world.publishRoots.execute(),
      second.publishRoots.execute(),
      world.publishRoots.execute(),
      second.confirmRoots.execute(),
    ]);
    await Promise.all([world.confirmRoots.execute(), second.confirmRoots.execute()]);
    await world.confirmUntil(batchId, 'anchored');
    expect(await transactions()).toHaveLength(1);
    expect(await chain.client.nonceOf(world.relayer)).toBe(1);
  });

  it('anchors once when the process dies after the bytes were sent', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    world.client.afterBroadcast = () => {
      throw new Error('killed');
    };
    await expect(world.publishRoots.execute()).rejects.toThrow('killed');
    world.client.afterBroadcast = () => undefined;
    const reborn = assemble(world.client, world);
    await reborn.publishRoots.execute();
    await reborn.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('anchored');
    expect(await transactions()).toHaveLength(1);
    expect(await chain.client.nonceOf(world.relayer)).toBe(1);
  });

  it('anchors once when the process dies between storing the bytes and sending them', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    world.client.beforeBroadcast = () => {
      throw new Error('killed');
    };
    await expect(world.publishRoots.execute()).rejects.toThrow('killed');
    expect((await world.anchorOf(batchId)).state).toBe('submitted');
    expect(await chain.client.nonceOf(world.relayer)).toBe(0);
    world.client.beforeBroadcast = () => undefined;
    const reborn = assemble(world.client, world);
    await reborn.publishRoots.execute();
    const { broadcasts } = world.client;
    // Whoever stored the bytes may live and be about to send them: nobody else sends them at once.
    await reborn.confirmRoots.execute();
    expect(world.client.broadcasts).toBe(broadcasts);
    world.clock.advance(5 * world.settings.anchorPollMs);
    await reborn.confirmRoots.execute();
    await reborn.confirmRoots.execute();
    expect((await world.anchorOf(batchId)).state).toBe('anchored');
    expect(await transactions()).toHaveLength(1);
    expect(await chain.client.nonceOf(world.relayer)).toBe(1);
  });

  it('keeps roots pending while the chain is down, and publishes them when it is back', async () => {
    const { id } = await world.addIssuer();
    const nowhere = new ChainClient({ rpcUrls: ['http://127.0.0.1:1'], chainId: chain.chainId, timeoutMs: 500 });
    const cutOff = assemble(nowhere, world);
    const { batchId } = await world.sealedBatchOf(id, 3);
    await cutOff.publishRoots.execute();
    await cutOff.confirmRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'pending', last_error: 'chain.unreachable' });
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    expect((await world.anchorOf(batchId)).last_error).toBeNull();
    nowhere.close();
  });

  it('sends what an outage held up before what was sealed after it', async () => {
    const { id } = await world.addIssuer();
    const nowhere = new ChainClient({ rpcUrls: ['http://127.0.0.1:1'], chainId: chain.chainId, timeoutMs: 500 });
    const old = [await world.sealedBatchOf(id, 1), await world.sealedBatchOf(id, 1)];
    await assemble(nowhere, world).publishRoots.execute();
    const fresh = await world.sealedBatchOf(id, 1);
    const failed = await world.sealedBatchOf(id, 1);
    await world.query(`update anchors set last_error = 'chain.store-not-found' where batch_id = $1`, [failed.batchId]);
    const choice = { seen: [], limit: 10, rested: SETBACKS.reverted, restedSince: world.clock.now() };
    const order = await world.unitOfWork.run((tx) => world.repositories.anchors.findPending(tx, chain.chainId, choice));
    expect(order.map(({ batchId }) => batchId)).toEqual([...old, fresh, failed].map(({ batchId }) => batchId));
    nowhere.close();
  });

  it('signs nothing for a node that serves another chain', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    const elsewhere = new ChainClient({ rpcUrls: [chain.url], chainId: 5 });
    await assemble(elsewhere, world).publishRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'pending', last_error: 'chain.wrong-chain' });
    expect(await transactions()).toEqual([]);
    elsewhere.close();
  });

  it('needs no transaction for a root that the chain holds already', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    await world.publishRoots.execute();
    await world.confirmUntil(batchId, 'anchored');
    const before = await world.anchorOf(batchId);
    // What a database looks like that was restored from before the root was sent.
    await world.query('delete from anchors');
    await world.query('delete from anchor_transactions');
    await world.query('delete from chain_senders');
    await world.unitOfWork.run((tx) =>
      world.repositories.anchors.insertPending(tx, {
        issuerId: id,
        batchId,
        chainId: chain.chainId,
        at: world.clock.now(),
      }),
    );
    await world.publishRoots.execute();
    const after = await world.anchorOf(batchId);
    expect(after).toMatchObject({ state: 'anchored', transaction_hash: null, block_number: before.block_number });
    expect(after.block_hash).toEqual(before.block_hash);
    expect(await transactions()).toEqual([]);
    // And the next root takes the nonce that the chain expects.
    const next = await world.sealedBatchOf(id, 1);
    await world.publishRoots.execute();
    await world.confirmUntil(next.batchId, 'anchored');
    expect(await chain.client.nonceOf(world.relayer)).toBe(2);
  });

  it('names its own transaction when that turns out to have carried a root after all', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 3);
    await world.publishRoots.execute();
    await world.query(`update anchors set state = 'pending'`);
    await world.publishRoots.execute();
    const [sent, ...others] = await transactions();
    expect(others).toEqual([]);
    expect(await world.anchorOf(batchId)).toMatchObject({ state: 'anchored', transaction_hash: sent?.hash });
  });

  it('never calls a root anchored that the transaction left out, and says why', async () => {
    const stranger = await world.addIssuer({ admits: to0x(randomBytes(20)) });
    const good = await world.addIssuer();
    const refused = await world.sealedBatchOf(stranger.id, 2);
    const fine = await world.sealedBatchOf(good.id, 2);
    await world.publishRoots.execute();
    await world.confirmUntil(fine.batchId, 'anchored');
    const { state, last_error } = await world.anchorOf(refused.batchId);
    expect(state).toBe('pending');
    expect(last_error).toMatch(/^anchoring\.skipped: 0x[0-9a-f]{8}/);
    // Nothing more is paid for it.
    await world.publishRoots.execute();
    expect((await world.anchorOf(refused.batchId)).last_error).toBe(SETBACKS.unauthorised);
    expect(await transactions()).toHaveLength(1);
  });

  it('holds back a root whose store is not there, without holding up the others', async () => {
    const missing = await world.addIssuer({ deploy: false });
    const unknown = await world.addIssuer({ deploy: false });
    world.directory.stores.delete(unknown.id);
    const good = await world.addIssuer();
    const absent = await world.sealedBatchOf(missing.id, 2);
    const nameless = await world.sealedBatchOf(unknown.id, 2);
    const fine = await world.sealedBatchOf(good.id, 2);
    await world.publishRoots.execute();
    await world.confirmUntil(fine.batchId, 'anchored');
    expect(await world.anchorOf(absent.batchId)).toMatchObject({
      state: 'pending',
      last_error: 'chain.store-not-found',
    });
    expect(await world.anchorOf(nameless.batchId)).toMatchObject({
      state: 'pending',
      last_error: SETBACKS.unknownStore,
    });
  });

  it('says why the node refuses, and sends the same bytes once the relayer can pay', async () => {
    const { id } = await world.addIssuer();
    const { batchId } = await world.sealedBatchOf(id, 2);
    await chain.rpc('anvil_setBalance', world.relayer, '0x1');
    await world.publishRoots.execute();
    expect(await world.anchorOf(batchId)).toMatchObject({
      state: 'submitted',
      last_error: 'chain.transaction-refused: insufficient-funds',
    });
    await chain.rpc('anvil_setBalance', world.relayer, '0xde0b6b3a7640000');
    await world.confirmUntil(batchId, 'anchored');
    expect(await transactions()).toHaveLength(1);
  });

  it('keeps few transactions under way, and lets the rest travel together', async () => {
    const { id } = await world.addIssuer();
    await chain.rpc('evm_setAutomine', false);
    const batches = [];
    for (let count = 0; count < 18; count += 1) {
      batches.push(await world.sealedBatchOf(id, 1));
      await world.publishRoots.execute();
    }
    expect(await transactions()).toHaveLength(16);
    await chain.mine();
    await world.confirmRoots.execute();
    await world.publishRoots.execute();
    expect(await transactions()).toHaveLength(17);
    await chain.mine();
    for (const { batchId } of batches) {
      await world.confirmUntil(batchId, 'anchored');
    }
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SealBatchHandler } from '../../../src/anchoring/index.js';
import { buildTree, proofAt } from '../../../src/proof/index.js';
import { useWorld } from './anchoring-world.js';

describe('sealing a batch', () => {
  const { chain, world } = useWorld();

  const submit = (issuerId: string, leaves: Uint8Array[]): Promise<void> =>
    world.unitOfWork.run((tx) => world.submitLeaf.execute(tx, issuerId, leaves));
  const someLeaves = (count: number): Uint8Array[] =>
    Array.from({ length: count }, () => new Uint8Array(randomBytes(32)));
  const sizes = async (): Promise<number[]> =>
    (await world.query<{ size: number }>('select size from anchor_batches order by sequence')).map(({ size }) => size);

  it('waits until the oldest entry is old enough or the batch is full', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    world.settings.anchorBatchMaxAgeMs = 60_000;
    await submit(id, someLeaves(299));
    expect(await world.sealBatch.execute(id)).toEqual([]);
    await submit(id, someLeaves(1));
    expect(await world.sealBatch.execute(id)).toHaveLength(1);
    await submit(id, someLeaves(2));
    expect(await world.sealBatch.execute(id)).toEqual([]);
    world.clock.advance(60_000);
    expect(await world.sealBatch.execute(id)).toHaveLength(1);
    expect(await sizes()).toEqual([300, 2]);
  });

  it('makes several batches of more entries than fit one', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    await submit(id, someLeaves(700));
    world.clock.advance(100);
    expect(await world.sealBatch.execute(id)).toHaveLength(3);
    expect(await sizes()).toEqual([300, 300, 100]);
  });

  it('takes an entry once, however often it is submitted', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const [leaf = new Uint8Array(), other = new Uint8Array()] = someLeaves(2);
    await submit(id, [leaf, leaf]);
    await submit(id, [leaf, other]);
    world.clock.advance(100);
    await world.sealBatch.execute(id);
    await submit(id, [leaf]);
    world.clock.advance(100);
    expect(await world.sealBatch.execute(id)).toEqual([]);
    expect(await sizes()).toEqual([2]);
  });

  it('refuses what is not 32 bytes before anything is stored', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    await expect(submit(id, [...someLeaves(1), new Uint8Array(31)])).rejects.toMatchObject({
      code: 'proof.leaves-not-allowed',
    });
  });

  it('cuts the same proofs from tiles as from the whole tree', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await world.sealedBatchOf(id, 300);
    const tree = buildTree(leaves);
    const asBuffers = (nodes: readonly Uint8Array[]): Buffer[] => nodes.map((node) => Buffer.from(node));
    for (const [index, found] of (await world.proofsOf(id, leaves)).entries()) {
      const { root, proof, leafIndex, batchSize } = found;
      expect(asBuffers([root])).toEqual(asBuffers([tree.root]));
      expect([leafIndex, batchSize]).toEqual([index, 300]);
      expect(asBuffers(proof)).toEqual(asBuffers(proofAt(tree, index)));
    }
  });

  it('tells open entries from sealed and from unknown ones', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const [open = new Uint8Array(), unknown = new Uint8Array()] = someLeaves(2);
    await submit(id, [open]);
    const answers = await world.unitOfWork.run((tx) => world.readProof.executeMany(tx, id, [open, unknown]));
    expect(answers).toEqual([{ state: 'open' }, null]);
    expect(await world.unitOfWork.run((tx) => world.readProof.executeMany(tx, id, []))).toEqual([]);
    expect(await world.unitOfWork.run((tx) => world.readProof.execute(tx, id, unknown))).toBeNull();
  });

  it('puts each entry into one batch when two workers seal at once', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    await submit(id, someLeaves(900));
    world.clock.advance(100);
    const sealed = await Promise.all([1, 2, 3].map(() => world.sealBatch.execute(id)));
    expect(sealed.flat()).toHaveLength(3);
    expect(await sizes()).toEqual([300, 300, 300]);
    const [row] = await world.query<{ members: string }>(
      'select count(distinct (batch_id, leaf_index)) as members from anchor_leaves',
    );
    expect(Number(row?.members)).toBe(900);
  });

  it('keeps members, tiles, root, anchor and the wish to publish together', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    await submit(id, someLeaves(3));
    world.clock.advance(100);
    await world.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`,
    );
    await world.query('create trigger refuse before insert on outbox execute function refuse()');
    await expect(world.sealBatch.execute(id)).rejects.toThrow('the disk is full');
    for (const table of ['anchor_batches', 'anchor_tiles', 'anchors']) {
      expect(await world.query(`select 1 from ${table}`)).toEqual([]);
    }
    await world.query('drop trigger refuse on outbox');
    expect(await world.sealBatch.execute(id)).toHaveLength(1);
    expect(await world.query('select topic, payload from outbox')).toEqual([
      { topic: 'anchoring.publish-roots', payload: { chainId: String(chain.chainId) } },
    ]);
  });

  it('leaves an entry open that commits late, even below the positions that were sealed', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    let commitLate = (): void => undefined;
    const gate = new Promise<void>((open) => {
      commitLate = open;
    });
    let isSubmitted = (): void => undefined;
    const submitted = new Promise<void>((tell) => {
      isSubmitted = tell;
    });
    const late = world.unitOfWork.run(async (tx) => {
      await world.submitLeaf.execute(tx, id, someLeaves(1));
      isSubmitted();
      await gate;
    });
    await submitted;
    await world.sealedBatchOf(id, 2);
    commitLate();
    await late;
    world.clock.advance(100);
    expect(await world.sealBatch.execute(id)).toHaveLength(1);
    expect(await sizes()).toEqual([2, 1]);
  });

  it('finds the issuers whose entries are due, and no others', async () => {
    const [full, old, young] = [
      await world.addIssuer({ deploy: false }),
      await world.addIssuer({ deploy: false }),
      await world.addIssuer({ deploy: false }),
    ];
    world.settings.anchorBatchMaxAgeMs = 60_000;
    await submit(old.id, someLeaves(1));
    world.clock.advance(60_000);
    await submit(full.id, someLeaves(301));
    await submit(young.id, someLeaves(299));
    const { sealBatch, repositories, timing, unitOfWork, settings } = world;
    const handler = new SealBatchHandler(sealBatch, repositories.batches, timing, unitOfWork, settings);
    const due = await handler.findDue();
    expect(due.map(({ issuerId }) => issuerId).sort()).toEqual([full.id, old.id].sort());
    for (const payload of due) {
      await handler.handle(payload);
    }
    expect((await sizes()).sort()).toEqual([1, 300]);
    expect(await handler.findDue()).toEqual([]);
  });
});

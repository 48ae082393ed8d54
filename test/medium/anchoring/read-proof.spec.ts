import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProofOfLeaf, ReadProof } from '../../../src/anchoring/index.js';
import { ProofsRepository } from '../../../src/anchoring/proofs.repository.js';
import { makeDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import { buildTree, type MerkleTree, proofAt } from '../../../src/proof/index.js';
import { useWorld } from './anchoring-world.js';

/** More than 256 tiles of leaves: its proofs need three tiles. */
const LARGE = 300 * 256 + 7;

describe('reading a proof', () => {
  const { chain, world } = useWorld();
  let api: DataSource;
  let asApi: UnitOfWork;
  let reader: ReadProof;

  beforeEach(async () => {
    api = await makeDataSource({ url: world.settings.databaseUrl, role: 'chopmark_api', poolSize: 2 }).initialize();
    asApi = new UnitOfWork(api, world.settings);
    reader = new ReadProof(new ProofsRepository());
  });
  afterEach(() => api.destroy());

  /** One sealed batch of so many leaves, as large ones are sealed. */
  const largeBatch = async (issuerId: string, size: number): Promise<{ tree: MerkleTree; leaves: Uint8Array[] }> => {
    const leaves = Array.from({ length: size }, (_, index) => createHash('sha256').update(`leaf ${index}`).digest());
    world.settings.anchorBatchMaxSize = size;
    await world.unitOfWork.run((tx) => world.submitLeaf.execute(tx, issuerId, leaves));
    world.clock.advance(world.settings.anchorBatchMaxAgeMs);
    expect(await world.sealBatch.execute(issuerId)).toHaveLength(1);
    return { tree: buildTree(leaves), leaves };
  };
  const read = (issuerId: string, leaf: Uint8Array | undefined): Promise<ProofOfLeaf | null> =>
    asApi.run((tx) => reader.execute(tx, issuerId, leaf ?? new Uint8Array()), { issuerId });
  const hashesOf = (nodes: readonly Uint8Array[]): Buffer[] => nodes.map((node) => Buffer.from(node));

  it('gives the proof of the tree, wherever in the tiles the leaf lies', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { tree, leaves } = await largeBatch(id, LARGE);
    for (const index of [0, 5, 15, 16, 255, 256, 65_535, 65_536, 76_799, 76_800, LARGE - 1]) {
      const found = await read(id, leaves[index]);
      expect(found).toMatchObject({ state: 'sealed', leafIndex: index, batchSize: LARGE });
      expect(hashesOf(found?.state === 'sealed' ? found.proof : [])).toEqual(hashesOf(proofAt(tree, index)));
    }
    const some = leaves.filter((_, index) => index % 256 === 3);
    const found = await asApi.run((tx) => reader.executeMany(tx, id, some), { issuerId: id });
    const cut = found.map((proof) => (proof?.state === 'sealed' ? hashesOf(proof.proof) : null));
    expect(cut).toEqual(some.map((_, index) => hashesOf(proofAt(tree, index * 256 + 3))));
  });

  it('reads as many parts of tiles as a batch has levels of them, and of each an eighth', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await largeBatch(id, LARGE);
    const wanted = [leaves[70_000] ?? new Uint8Array()];
    const members = await asApi.run((tx) => new ProofsRepository().findMembers(tx, id, wanted), { issuerId: id });
    const [member] = [...members.values()];
    const lengths = [...(member?.batch?.parts ?? [])].map(([level, { group, middle }]) => [
      ...[level, group.length / 32, middle.length / 32],
    ]);
    expect(lengths).toEqual([
      [0, 16, 16],
      [8, 16, 3],
      [16, 2, 1],
    ]);
  });

  it('reads with each proof the anchors of its batch', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await world.sealedBatchOf(id, 300);
    const found = await asApi.run((tx) => reader.executeMany(tx, id, leaves), { issuerId: id });
    const pending = { chainId: chain.chainId, state: 'pending', blockTime: null, transactionHash: null };
    expect(found.every((proof) => proof?.state === 'sealed' && proof.anchors.length === 1)).toBe(true);
    expect(found[0]).toMatchObject({ anchors: [pending] });
  });

  it('shows nobody another issuer’s proof', async () => {
    const [mine, theirs] = [await world.addIssuer({ deploy: false }), await world.addIssuer({ deploy: false })];
    const { leaves } = await world.sealedBatchOf(mine.id, 300);
    expect(await read(mine.id, leaves[7])).not.toBeNull();
    const asOther = (named: string): Promise<ProofOfLeaf | null> =>
      asApi.run((tx) => reader.execute(tx, named, leaves[7] ?? new Uint8Array()), { issuerId: theirs.id });
    expect(await asOther(mine.id)).toBeNull();
    expect(await asOther(theirs.id)).toBeNull();
  });

  it('answers no proof that does not lead to the root', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { batchId, leaves } = await world.sealedBatchOf(id, 300);
    const damage = (level: number, column: string): Promise<unknown> =>
      world.query(
        `update anchor_tiles set ${column} = set_byte(${column}, 40, get_byte(${column}, 40) # 1) where level = $1`,
        [level],
      );
    await damage(8, 'hashes');
    await expect(read(id, leaves[0])).rejects.toThrow(
      `Batch ${batchId}: Tile 8/0 of a batch of 300 does not lead to its root. Run \`cli fsck\``,
    );
    await damage(8, 'hashes');
    expect(await read(id, leaves[0])).toMatchObject({ state: 'sealed' });
    for (const column of ['hashes', 'middle']) {
      await damage(0, column);
      await expect(read(id, leaves[1])).rejects.toThrow('Tile 0/0 of a batch of 300 does not lead to its root');
      await damage(0, column);
    }
    await world.query('delete from anchor_tiles');
    await expect(read(id, leaves[1])).rejects.toThrow('missing or cut short');
  });

  it('needs no tile for a batch of one', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await world.sealedBatchOf(id, 1);
    expect(await read(id, leaves[0])).toMatchObject({ state: 'sealed', batchSize: 1, proof: [] });
  });
});

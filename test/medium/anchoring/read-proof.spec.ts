import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ProofOfLeaf, ReadProof } from '../../../src/anchoring/index.js';
import { ProofsRepository } from '../../../src/anchoring/proofs.repository.js';
import { makeDataSource, type Tx, UnitOfWork } from '../../../src/platform/database/index.js';
import { buildTree, type MerkleTree, proofAt } from '../../../src/proof/index.js';
import { makeWorld, startChain, type TestChain, type World } from './anchoring-world.js';

/** More than 256 tiles of leaves: its proofs need three tiles, and more tiles than are kept. */
const LARGE = 300 * 256 + 7;

/** Tells which tiles were read, as `level/index`. */
class WatchedProofs extends ProofsRepository {
  tilesRead: string[] = [];

  override async findMembers(
    ...question: Parameters<ProofsRepository['findMembers']>
  ): ReturnType<ProofsRepository['findMembers']> {
    const found = await super.findMembers(...question);
    this.note(found.tiles.keys());
    return found;
  }

  override async findTiles(
    ...question: Parameters<ProofsRepository['findTiles']>
  ): ReturnType<ProofsRepository['findTiles']> {
    const tiles = await super.findTiles(...question);
    this.note(tiles.keys());
    return tiles;
  }

  private note(names: Iterable<string>): void {
    this.tilesRead.push(...[...names].map((name) => name.split('/').slice(2).join('/')));
  }
}

describe('reading a proof', () => {
  let chain: TestChain;
  let world: World;
  let api: DataSource;
  let asApi: UnitOfWork;
  let proofs: WatchedProofs;
  let reader: ReadProof;

  beforeAll(async () => {
    chain = await startChain();
  });
  afterAll(() => chain.stop());
  beforeEach(async () => {
    world = await makeWorld(chain);
    api = await makeDataSource({ url: world.settings.databaseUrl, role: 'chopmark_api', poolSize: 2 }).initialize();
    asApi = new UnitOfWork(api, world.settings);
    proofs = new WatchedProofs();
    reader = new ReadProof(proofs);
  });
  afterEach(async () => {
    await api.destroy();
    await world.close();
  });

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

  it('reads the leaf’s own tile each time, and those above it once a batch', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { tree, leaves } = await largeBatch(id, LARGE);
    const places: readonly [number, string[]][] = [
      [5, ['0/0', '8/0', '16/0']],
      [255, ['0/0']],
      [LARGE - 1, ['0/300', '8/1']],
      [256 * 256 - 1, ['0/255']],
    ];
    for (const [index, tiles] of places) {
      proofs.tilesRead = [];
      const found = await read(id, leaves[index]);
      expect(found).toMatchObject({ state: 'sealed', leafIndex: index, batchSize: LARGE });
      expect(hashesOf(found?.state === 'sealed' ? found.proof : [])).toEqual(hashesOf(proofAt(tree, index)));
      expect(proofs.tilesRead).toEqual(tiles);
    }
  });

  it('stays right when more tiles were used than are kept', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { tree, leaves } = await largeBatch(id, LARGE);
    const one = leaves.filter((_, index) => index % 256 === 3);
    const readAll = (tx: Tx): Promise<(ProofOfLeaf | null)[]> => reader.executeMany(tx, id, one);
    for (const found of [await asApi.run(readAll, { issuerId: id }), await asApi.run(readAll, { issuerId: id })]) {
      const cut = found.map((proof) => (proof?.state === 'sealed' ? hashesOf(proof.proof) : null));
      expect(cut).toEqual(one.map((_, index) => hashesOf(proofAt(tree, index * 256 + 3))));
    }
    proofs.tilesRead = [];
    await read(id, leaves[LARGE - 1]);
    expect(proofs.tilesRead).toEqual(['0/300']);
  });

  it('reads a tile once for all leaves that lie in it, and with each the anchors of its batch', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await world.sealedBatchOf(id, 300);
    const found = await asApi.run((tx) => reader.executeMany(tx, id, leaves), { issuerId: id });
    expect(proofs.tilesRead.sort()).toEqual(['0/0', '0/1', '8/0']);
    const pending = { chainId: chain.chainId, state: 'pending', blockTime: null, transactionHash: null };
    expect(found.every((proof) => proof?.state === 'sealed' && proof.anchors.length === 1)).toBe(true);
    expect(found[0]).toMatchObject({ anchors: [pending] });
  });

  it('shows nobody another issuer’s proof, also while its tiles are kept', async () => {
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
    const damage = (level: number): Promise<unknown> =>
      world.query('update anchor_tiles set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where level = $1', [
        level,
      ]);
    await damage(8);
    await expect(read(id, leaves[0])).rejects.toThrow(
      `Batch ${batchId}: Tile 8/0 of a batch of 300 does not lead to its root. Run \`cli fsck\``,
    );
    await damage(8);
    expect(await read(id, leaves[0])).toMatchObject({ state: 'sealed' });
    // What it has read before was right, and is right for ever.
    await damage(0);
    expect(await read(id, leaves[1])).toMatchObject({ state: 'sealed' });
    reader = new ReadProof(proofs);
    await expect(read(id, leaves[1])).rejects.toThrow('does not lead to its root');
    await world.query('delete from anchor_tiles');
    await expect(read(id, leaves[1])).rejects.toThrow('missing or cut short');
  });

  it('needs no tile for a batch of one', async () => {
    const { id } = await world.addIssuer({ deploy: false });
    const { leaves } = await world.sealedBatchOf(id, 1);
    expect(await read(id, leaves[0])).toMatchObject({ state: 'sealed', batchSize: 1, proof: [] });
  });
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../kernel/index.js';
import { rootFromProof, verifyInclusion } from './inclusion-proof.js';
import { keccak256 } from './keccak.js';
import { buildTree, depthOf, hashFromHex, pairHash, proofAt, proofLength, type MerkleTree } from './merkle-tree.js';
import { LeavesNotAllowed, NotInTree } from './proof.errors.js';
import { TILE_SIZE, partFor, partLengths, proofFromTiles, tilesNeededFor, tilesOf, type Tile } from './tiles.js';

type Vector = { size: number; root: string; depth: number; proofs: { index: number; proof: string[] }[] };
/** Made with ethers and the rule written the naive way. */
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/proof/merkle-tree.json', import.meta.url), 'utf8'),
) as Vector[];

const text = new TextEncoder();
const leavesOf = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, index) => keccak256(text.encode(`leaf ${index}`)));
const sizes = fc.integer({ min: 1, max: 700 });

describe('the tree of a batch', () => {
  it.each(vectors)('keeps its root for ever: $size leaves', ({ size, root, depth, proofs }) => {
    const tree = buildTree(leavesOf(size));
    expect(toHex(tree.root)).toBe(root);
    expect([tree.size, tree.depth, depthOf(size)]).toEqual([size, depth, depth]);
    for (const { index, proof } of proofs) {
      expect(proofAt(tree, index).map(toHex)).toEqual(proof);
    }
  });

  it('proves each leaf, with a proof of exactly the length its position has, and no other leaf with it', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const leaves = leavesOf(size);
        const tree = buildTree(leaves);
        const { root } = tree;
        leaves.forEach((leaf, index) => {
          const proof = proofAt(tree, index);
          expect(proof).toHaveLength(proofLength(index, size));
          expect(verifyInclusion({ leaf, proof, root, size, index })).toBe(true);
          const stranger = leaves[(index + 1) % size];
          if (stranger !== undefined && stranger !== leaf && (index ^ 1) >= size) {
            expect(verifyInclusion({ leaf: stranger, proof, root, size })).toBe(false);
          }
        });
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a sibling's proof", () => {
    const leaves = leavesOf(7);
    const tree = buildTree(leaves);
    leaves.forEach((leaf, index) => {
      const other = index ^ 1;
      if (other < 7) {
        expect(verifyInclusion({ leaf, proof: proofAt(tree, other), root: tree.root, size: 7 })).toBe(false);
      }
    });
  });

  it('takes leaves one by one or in one piece, and copies them', () => {
    const leaves = leavesOf(5);
    const joined = new Uint8Array(160);
    leaves.forEach((leaf, index) => {
      joined.set(leaf, index * 32);
    });
    const tree = buildTree(joined);
    expect(tree.root).toEqual(buildTree(leaves).root);
    joined.fill(0);
    expect(rootFromProof(leaves[2] ?? joined, proofAt(tree, 2))).toEqual(tree.root);
  });

  it('promotes an odd node instead of pairing it with itself', () => {
    const [a, b, c] = leavesOf(3) as [Uint8Array, Uint8Array, Uint8Array];
    expect(buildTree([a, b, c]).root).toEqual(pairHash(pairHash(a, b), c));
  });

  it('refuses no leaves, leaves of another length, and any leaf twice', () => {
    expect(() => buildTree([])).toThrow(LeavesNotAllowed);
    expect(() => buildTree(new Uint8Array(33))).toThrow(LeavesNotAllowed);
    expect(() => buildTree([new Uint8Array(31)])).toThrow(/Leaf 0 has 31 bytes/);
    expect(() => pairHash(new Uint8Array(32), new Uint8Array(64))).toThrow(LeavesNotAllowed);
    expect(() => hashFromHex('0x12')).toThrow(LeavesNotAllowed);
    expect(hashFromHex(`0x${'ab'.repeat(32)}`)).toEqual(fromHex('ab'.repeat(32)));
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, from, to) => {
        const leaves = leavesOf(size);
        fc.pre(from % size !== to % size);
        leaves[to % size] = (leaves[from % size] ?? new Uint8Array(32)).slice();
        expect(() => buildTree(leaves)).toThrow(/are the same/);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses an index that is not in it', () => {
    const tree = buildTree(leavesOf(3));
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      expect(() => proofAt(tree, index)).toThrow(NotInTree);
      expect(() => tilesNeededFor(index, 3)).toThrow(NotInTree);
    }
  });
});

type Damage = { readonly tile: string; readonly of: 'hashes' | 'middle'; readonly byte: number };

/** Reads parts of tiles for a leaf as they are stored, with a bit flipped in one of them if so wished. */
function storedTiles(tree: MerkleTree, damage?: Damage): (leafIndex: number) => Parameters<typeof proofFromTiles>[1] {
  const stored = new Map(tilesOf(tree).map((tile): [string, Tile] => [`${tile.level}/${tile.index}`, tile]));
  if (damage !== undefined) {
    const bytes = stored.get(damage.tile)?.[damage.of] ?? new Uint8Array();
    bytes.set([(bytes[damage.byte] ?? 0) ^ 1], damage.byte);
  }
  return (leafIndex) =>
    ({ level, index }) => {
      const tile = stored.get(`${level}/${index}`);
      return tile && partFor(leafIndex, tile);
    };
}

describe('tiles', () => {
  it.each([1, 2, 15, 16, 17, 255, 256, 257, 273, 513, 65_536, 65_537, 70_000])(
    'give the proofs of the tree of %i leaves',
    (size) => {
      const leaves = new Uint8Array(size * 32);
      new Uint32Array(leaves.buffer).forEach((_, index, words) => {
        words[index] = Math.imul(index + 1, 0x9e3779b1);
      });
      const tree = buildTree(leaves);
      const partsFor = storedTiles(tree);
      for (const index of new Set([0, 1, 15, 16, 255, 256, size >> 1, size - 2, size - 1])) {
        if (index < 0 || index >= size) {
          continue;
        }
        const proof = proofFromTiles({ index, size, root: tree.root }, partsFor(index));
        expect(proof).toEqual(proofAt(tree, index));
      }
    },
  );

  it('are at most three for a million leaves, and one for a batch of 256', () => {
    expect(tilesNeededFor(999_999, 1_000_000)).toEqual([
      { level: 0, index: 3906 },
      { level: 8, index: 15 },
      { level: 16, index: 0 },
    ]);
    expect(tilesNeededFor(255, TILE_SIZE)).toHaveLength(1);
    expect(tilesNeededFor(0, 1)).toEqual([]);
  });

  it('are refused when one is missing or cut short', () => {
    const tree = buildTree(leavesOf(300));
    const place = { index: 290, size: 300, root: tree.root };
    const partOf = storedTiles(tree)(place.index);
    expect(partLengths({ level: 0, index: 1 }, place)).toEqual({ group: 12, middle: 3 });
    expect(() => proofFromTiles(place, () => undefined)).toThrow(/missing or cut short/);
    for (const side of ['group', 'middle'] as const) {
      const cut: typeof partOf = (position) => {
        const part = partOf(position);
        return part && { ...part, [side]: part[side].subarray(32) };
      };
      expect(() => proofFromTiles(place, cut)).toThrow(/missing or cut short/);
    }
  });

  it('are refused when what a proof goes through does not lead to the root, in whatever of its hashes', () => {
    const tree = buildTree(leavesOf(600));
    const place = { index: 0, size: 600, root: tree.root };
    const damages: Damage[] = [
      { tile: '0/0', of: 'hashes', byte: 15 * 32 },
      { tile: '0/0', of: 'middle', byte: 15 * 32 },
      { tile: '8/0', of: 'hashes', byte: 2 * 32 },
      { tile: '8/0', of: 'middle', byte: 31 },
    ];
    for (const damage of damages) {
      expect(() => proofFromTiles(place, storedTiles(tree, damage)(0))).toThrow(/does not lead to its root/);
    }
    const partOf = storedTiles(tree)(0);
    expect(() => proofFromTiles({ ...place, root: tree.root.map((byte) => byte ^ 1) }, partOf)).toThrow(NotInTree);
  });

  it('do not stand in the way of a proof that goes past what is damaged', () => {
    const tree = buildTree(leavesOf(600));
    const partOf = storedTiles(tree, { tile: '0/0', of: 'hashes', byte: 16 * 32 })(0);
    expect(proofFromTiles({ index: 0, size: 600, root: tree.root }, partOf)).toEqual(proofAt(tree, 0));
  });
});

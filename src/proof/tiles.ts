import { HASH_LENGTH, depthOf, isSameHash, levelsAbove, requireIndex } from './merkle-tree.js';
import type { MerkleTree } from './merkle-tree.js';
import { NotInTree } from './proof.errors.js';

/** Levels a tile spans, and so the hashes it holds: 2^8. */
const TILE_HEIGHT = 8;
export const TILE_SIZE = 2 ** TILE_HEIGHT;

/** Where a tile is: `level` is 0, 8, 16, …; `index` counts the tiles of that level. */
export type TilePosition = { readonly level: number; readonly index: number };
/** Up to 256 hashes of one level, one after another; only a level's last tile holds fewer. */
export type Tile = TilePosition & { readonly hashes: Uint8Array };

/**
 * What to store of a tree so that any proof can be cut later: rows of 256 hashes of every eighth level. The seven
 * levels between are hashed again when a proof is cut (255 hashes a tile, some 0.2 ms), for this keeps a million
 * leaves at 33 MB where proofs would be 640 MB, and a proof at three reads.
 *
 * It works because a tile starts at a multiple of 256: all siblings on the way through its eight levels lie in it,
 * and a node is promoted in the tile exactly when it is promoted in the tree.
 */
export function tilesOf(tree: MerkleTree): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; level === 0 || level < tree.depth; level += TILE_HEIGHT) {
    const nodes = tree.levels[level] ?? tree.root;
    for (let index = 0; index * TILE_SIZE * HASH_LENGTH < nodes.length; index += 1) {
      const start = index * TILE_SIZE * HASH_LENGTH;
      tiles.push({ level, index, hashes: nodes.slice(start, start + TILE_SIZE * HASH_LENGTH) });
    }
  }
  return tiles;
}

/** How many tiles each stored level of a batch of `size` leaves has, lowest first. */
export function tileCounts(size: number): { level: number; tiles: number }[] {
  const counts: { level: number; tiles: number }[] = [];
  for (let level = 0; level === 0 || level < depthOf(size); level += TILE_HEIGHT) {
    counts.push({ level, tiles: Math.ceil(Math.ceil(size / 2 ** level) / TILE_SIZE) });
  }
  return counts;
}

/** The tiles a leaf's proof is cut from, lowest first: one for each eight levels, three for a million leaves. */
export function tilesNeededFor(index: number, size: number): TilePosition[] {
  requireIndex(index, size);
  const depth = depthOf(size);
  const needed: TilePosition[] = [];
  for (let level = 0; level < depth; level += TILE_HEIGHT) {
    needed.push({ level, index: Math.floor(index / 2 ** (level + TILE_HEIGHT)) });
  }
  return needed;
}

/** The nodes of one tile: its hashes, then each level above, up to the one node that the tile stands for in the tree. */
export type TileNodes = readonly Uint8Array[];

/** Hashes the levels between a stored tile and the next one: 255 hashes for a full tile. */
export function nodesOfTile(hashes: Uint8Array): TileNodes {
  return levelsAbove(hashes, TILE_HEIGHT);
}

/** A leaf's place in a batch. */
export type LeafPlace = { readonly index: number; readonly size: number; readonly root: Uint8Array };

/**
 * The proof of a leaf, the same as `proofAt` gives on the whole tree. `getTile` returns the nodes of a stored tile; it is
 * asked from the root downwards, and a tile may be asked for with one proof and kept for the next.
 *
 * Throws `NotInTree` when a tile is missing, does not have the length that this batch size gives it, or does not lead to
 * the root: what is returned proves what it says, and each tile it was cut from is that of this root, whole.
 */
export function proofFromTiles(
  { index, size, root }: LeafPlace,
  getTile: (position: TilePosition) => TileNodes | undefined,
): Uint8Array[] {
  const proof: Uint8Array[][] = [];
  let top = root;
  for (const position of tilesNeededFor(index, size).reverse()) {
    const nodes = getTile(position);
    const [hashes] = nodes ?? [];
    if (nodes === undefined || hashes?.length !== tileLength(position, size) * HASH_LENGTH) {
      throw new NotInTree(`Tile ${position.level}/${position.index} of a batch of ${size} is missing or cut short`);
    }
    if (!isSameHash(nodes.at(-1) ?? hashes, top)) {
      throw new NotInTree(`Tile ${position.level}/${position.index} of a batch of ${size} does not lead to its root`);
    }
    const place = Math.floor(index / 2 ** position.level) % TILE_SIZE;
    proof.unshift(siblingsIn(nodes, place));
    top = hashes.subarray(place * HASH_LENGTH, (place + 1) * HASH_LENGTH);
  }
  return proof.flat();
}

function tileLength(position: TilePosition, size: number): number {
  const nodesOfLevel = Math.ceil(size / 2 ** position.level);
  return Math.min(TILE_SIZE, nodesOfLevel - position.index * TILE_SIZE);
}

function siblingsIn(nodes: TileNodes, place: number): Uint8Array[] {
  return nodes.flatMap((level, height) => {
    const sibling = ((place >> height) ^ 1) * HASH_LENGTH;
    return sibling < level.length ? [level.slice(sibling, sibling + HASH_LENGTH)] : [];
  });
}

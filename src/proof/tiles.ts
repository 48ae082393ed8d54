import { HASH_LENGTH, depthOf, isSameHash, requireIndex, writeLevelAbove } from './merkle-tree.js';
import type { MerkleTree } from './merkle-tree.js';
import { NotInTree } from './proof.errors.js';

/** Levels a tile spans, and so the hashes it holds: 2^8. */
const TILE_HEIGHT = 8;
export const TILE_SIZE = 2 ** TILE_HEIGHT;
/** Where its middle lies, and so how many of its hashes stand under one of the middle: 2^4. */
const MIDDLE_HEIGHT = TILE_HEIGHT / 2;
export const GROUP_SIZE = 2 ** MIDDLE_HEIGHT;

/** Where a tile is: `level` is 0, 8, 16, …; `index` counts the tiles of that level. */
export type TilePosition = { readonly level: number; readonly index: number };
export type Tile = TilePosition & {
  /** Up to 256 of one level, one after another; only a level's last tile holds fewer. */
  readonly hashes: Uint8Array;
  /** The nodes of the tree four levels above them: up to 16, each over a group of 16 hashes. */
  readonly middle: Uint8Array;
};

/**
 * What to store of a tree so that any proof can be cut later: rows of 256 hashes of every eighth level, each with its
 * middle. The levels between are hashed again when a proof is cut: 15 hashes below the middle and 15 above it. This keeps
 * a million leaves at 35 MB where proofs would be 640 MB, and a proof at three reads of 1 kB.
 *
 * It works because a tile starts at a multiple of 256, and a group at one of 16: all siblings on the way through the four
 * levels of a group lie in it, those on the way from there to the top of the tile lie in its middle, and a node is promoted
 * there exactly when it is promoted in the tree.
 */
export function tilesOf(tree: MerkleTree): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; level === 0 || level < tree.depth; level += TILE_HEIGHT) {
    const nodes = tree.levels[level] ?? tree.root;
    const middles = tree.levels[level + MIDDLE_HEIGHT] ?? tree.root;
    for (let index = 0; index * TILE_SIZE * HASH_LENGTH < nodes.length; index += 1) {
      tiles.push({ level, index, hashes: run(nodes, index, TILE_SIZE), middle: run(middles, index, GROUP_SIZE) });
    }
  }
  return tiles;
}

/** The `index`th run of `count` hashes, a copy; the last one of `hashes` may be shorter. */
function run(hashes: Uint8Array, index: number, count: number): Uint8Array {
  return hashes.slice(index * count * HASH_LENGTH, (index + 1) * count * HASH_LENGTH);
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

/** What a proof needs of a tile: the group that the way to the root comes from, and the middle that it goes through. */
export type TilePart = Pick<Tile, 'middle'> & {
  /** Up to 16 hashes, from a multiple of 16 on. */
  readonly group: Uint8Array;
};

/** The part of a tile that the proof of this leaf needs. */
export function partFor(leafIndex: number, { level, hashes, middle }: Tile): TilePart {
  return { middle, group: run(hashes, Math.floor(placeIn(level, leafIndex) / GROUP_SIZE), GROUP_SIZE) };
}

/** How many hashes each side of the part has in a batch of this size. */
export function partLengths(
  { level, index }: TilePosition,
  { index: leafIndex, size }: Pick<LeafPlace, 'index' | 'size'>,
): { middle: number; group: number } {
  const hashes = Math.min(TILE_SIZE, Math.ceil(size / 2 ** level) - index * TILE_SIZE);
  const before = Math.floor(placeIn(level, leafIndex) / GROUP_SIZE) * GROUP_SIZE;
  return { middle: Math.ceil(hashes / GROUP_SIZE), group: Math.min(GROUP_SIZE, hashes - before) };
}

/** Which of a tile's hashes the way from the leaf to the root comes through. */
function placeIn(level: number, leafIndex: number): number {
  return Math.floor(leafIndex / 2 ** level) % TILE_SIZE;
}

/** A leaf's place in a batch. */
export type LeafPlace = { readonly index: number; readonly size: number; readonly root: Uint8Array };

/**
 * The proof of a leaf, the same as `proofAt` gives on the whole tree. `getPart` returns what `partFor` gives of a stored
 * tile; it is asked from the root downwards.
 *
 * Throws `NotInTree` when a part is missing, does not have the length that this batch size gives it, or does not lead to
 * the root: what is returned proves what it says. Of a tile's other groups it says nothing.
 */
export function proofFromTiles(
  place: LeafPlace,
  getPart: (position: TilePosition) => TilePart | undefined,
): Uint8Array[] {
  const proof: Uint8Array[][] = [];
  let top = place.root;
  for (const position of tilesNeededFor(place.index, place.size).reverse()) {
    const part = getPart(position);
    if (part === undefined || !isWhole(part, position, place)) {
      throw new NotInTree(`${nameOf(position, place)} is missing or cut short`);
    }
    const at = placeIn(position.level, place.index);
    const upper = climb(part.middle, Math.floor(at / GROUP_SIZE), top);
    const lower = upper && climb(part.group, at % GROUP_SIZE, upper.from);
    if (lower === undefined) {
      throw new NotInTree(`${nameOf(position, place)} does not lead to its root`);
    }
    proof.unshift(lower.siblings, upper?.siblings ?? []);
    top = lower.from;
  }
  return proof.flat();
}

const nameOf = ({ level, index }: TilePosition, { size }: LeafPlace): string =>
  `Tile ${level}/${index} of a batch of ${size}`;

function isWhole({ group, middle }: TilePart, position: TilePosition, place: LeafPlace): boolean {
  const lengths = partLengths(position, place);
  return group.length === lengths.group * HASH_LENGTH && middle.length === lengths.middle * HASH_LENGTH;
}

/** Where a way is climbed: a group, then each level above it in place. Nothing is left over for the garbage collector. */
const climbed = new Uint8Array(GROUP_SIZE * HASH_LENGTH);

/** The way from one of up to 16 hashes to the node over them all; undefined when that is not `top`. */
function climb(
  hashes: Uint8Array,
  at: number,
  top: Uint8Array,
): { readonly from: Uint8Array; readonly siblings: Uint8Array[] } | undefined {
  const siblings: Uint8Array[] = [];
  climbed.set(hashes);
  let place = at;
  for (let count = hashes.length / HASH_LENGTH; count > 1; count = writeLevelAbove(climbed, count, climbed)) {
    const sibling = place ^ 1;
    if (sibling < count) {
      siblings.push(hashAt(climbed, sibling).slice());
    }
    place >>= 1;
  }
  return isSameHash(hashAt(climbed, 0), top) ? { from: hashAt(hashes, at), siblings } : undefined;
}

/** A view, not a copy. */
const hashAt = (hashes: Uint8Array, at: number): Uint8Array =>
  hashes.subarray(at * HASH_LENGTH, (at + 1) * HASH_LENGTH);

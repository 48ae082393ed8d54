import { buildTree, HASH_LENGTH, type MerkleTree, type Tile, tilesOf } from '../proof/index.js';
import type { Finding, FindingCode, Place } from './finding.js';

export type AuditedBatch = {
  readonly issuerId: string;
  readonly id: string;
  readonly size: number;
  readonly depth: number;
  readonly root: Uint8Array;
};

/** What a batch's rows hold: its entries by their places, and its tiles by `level/index`. */
export type BatchContent = {
  /** 32 bytes each, in the order of their places. */
  readonly leaves: Uint8Array;
  /** How many rows name a place, and how many places they name; the highest of them. */
  readonly rows: number;
  readonly places: number;
  readonly highest: number;
  readonly tiles: ReadonlyMap<string, Pick<Tile, 'hashes' | 'middle'>>;
};

/** Derives root and tiles of a batch again from its entries. A function of its arguments. */
export function checkBatch(batch: AuditedBatch, content: BatchContent): Finding[] {
  const place = { issuerId: batch.issuerId, batchId: batch.id, documents: batch.size };
  const found = (code: FindingCode, more: Place = {}): Finding => ({ code, ...place, ...more });
  const tree = treeOf(batch, content);
  if (typeof tree === 'string') {
    return [
      found(tree, { detail: `${content.rows} entries at ${content.places} places; the batch has ${batch.size}` }),
    ];
  }
  if (!Buffer.from(tree.root).equals(batch.root)) {
    return [found('batch.root-wrong', { detail: `the entries give 0x${Buffer.from(tree.root).toString('hex')}` })];
  }
  const shape = tree.depth === batch.depth ? [] : [found('batch.shape-wrong')];
  return [...shape, ...tileProblems(tree, content).map(({ code, detail }) => found(code, { detail }))];
}

function treeOf(batch: AuditedBatch, { leaves, rows, places, highest }: BatchContent): MerkleTree | FindingCode {
  if (rows === 0 || rows !== places || highest !== rows - 1) {
    return 'batch.leaves-wrong';
  }
  if (leaves.length !== batch.size * HASH_LENGTH) {
    return isRootOf(batch.root, leaves) ? 'batch.shape-wrong' : 'batch.leaves-wrong';
  }
  return treeOver(leaves) ?? 'batch.leaves-wrong';
}

function isRootOf(root: Uint8Array, leaves: Uint8Array): boolean {
  const tree = treeOver(leaves);
  return tree !== null && Buffer.from(tree.root).equals(root);
}

/** Null when two leaves are the same. */
function treeOver(leaves: Uint8Array): MerkleTree | null {
  try {
    return buildTree(leaves);
  } catch {
    return null;
  }
}

/** Sorted pairs let two neighbours change places without the root noticing: the tiles tell. */
function tileProblems(tree: MerkleTree, { tiles }: BatchContent): { code: FindingCode; detail: string }[] {
  const expected = new Set<string>();
  const problems: { code: FindingCode; detail: string }[] = [];
  for (const tile of tilesOf(tree)) {
    const name = `${tile.level}/${tile.index}`;
    expected.add(name);
    const stored = tiles.get(name);
    if (stored === undefined || !isSame(stored.hashes, tile.hashes) || !isSame(stored.middle, tile.middle)) {
      problems.push({ code: stored === undefined ? 'tile.missing' : 'tile.wrong', detail: `tile ${name}` });
    }
  }
  const strange = [...tiles.keys()].filter((name) => !expected.has(name));
  return [
    ...problems,
    ...strange.map((name) => ({ code: 'tile.wrong' as const, detail: `tile ${name} is one too many` })),
  ];
}

function isSame(stored: Uint8Array, expected: Uint8Array): boolean {
  return Buffer.from(stored).equals(expected);
}

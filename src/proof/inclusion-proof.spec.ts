import { describe, expect, it } from 'vitest';
import { toHex } from '../kernel/index.js';
import { documentEntry, nodesOnPath, rootFromProof, verifyInclusion } from './inclusion-proof.js';
import { keccak256 } from './keccak.js';
import { buildTree, pairHash, proofAt } from './merkle-tree.js';

const leaves = Array.from({ length: 5 }, (_, index) => keccak256(Uint8Array.of(index)));
const [first = leaves[0] as unknown as Uint8Array, second = first, , , fifth = first] = leaves;
const tree = buildTree(leaves);
const { root } = tree;

describe('an inclusion proof', () => {
  it('does not accept a 64-byte preimage of a node as a leaf', () => {
    const preimage = new Uint8Array(64);
    const isSorted = toHex(first) < toHex(second);
    preimage.set(isSorted ? first : second);
    preimage.set(isSorted ? second : first, 32);
    const proof = proofAt(tree, 0).slice(1);
    expect(rootFromProof(keccak256(preimage), proof)).toEqual(root);
    expect(verifyInclusion({ leaf: preimage, proof, root, size: 5 })).toBe(false);
  });

  it('does not accept an inner node as the leaf of a known position', () => {
    const node = pairHash(first, second);
    const proof = proofAt(tree, 0).slice(1);
    expect(verifyInclusion({ leaf: node, proof, root, size: 5, index: 0 })).toBe(false);
  });

  it('may be no longer than the batch is deep, and exactly as long as its position says', () => {
    const proof = proofAt(tree, 0);
    const longer = [...proof, first];
    const longerRoot = rootFromProof(first, longer);
    expect(verifyInclusion({ leaf: first, proof: longer, root: longerRoot })).toBe(true);
    expect(verifyInclusion({ leaf: first, proof: longer, root: longerRoot, size: 5 })).toBe(false);
    expect(verifyInclusion({ leaf: fifth, proof: proofAt(tree, 4), root, size: 5, index: 4 })).toBe(true);
    expect(verifyInclusion({ leaf: fifth, proof: proofAt(tree, 4), root, size: 5, index: 0 })).toBe(false);
    expect(verifyInclusion({ leaf: fifth, proof: proofAt(tree, 4), root, size: 5, index: 5 })).toBe(false);
    expect(verifyInclusion({ leaf: first, proof, root, size: 0 })).toBe(false);
  });

  it('never throws: what has not 32 bytes is not included', () => {
    expect(verifyInclusion({ leaf: first, proof: [new Uint8Array(31)], root })).toBe(false);
    expect(verifyInclusion({ leaf: first, proof: [], root: new Uint8Array(0) })).toBe(false);
  });

  it('of one leaf is empty', () => {
    expect(verifyInclusion({ leaf: first, proof: [], root: first, size: 1, index: 0 })).toBe(true);
  });

  it('names every node on the way up', () => {
    const path = nodesOnPath(first, proofAt(tree, 0));
    expect(path).toHaveLength(4);
    expect([path.at(0), path.at(-1)]).toEqual([first, root]);
  });
});

describe("a document's entry", () => {
  it('binds the leaf to its docId: no other docId leads to the root', () => {
    const [leaf, docId, otherDocId] = [first, second, fifth];
    const batch = buildTree([documentEntry(leaf, docId), ...leaves.slice(2)]);
    const rest = proofAt(batch, 0);
    expect(verifyInclusion({ leaf, proof: [docId, ...rest], root: batch.root })).toBe(true);
    expect(verifyInclusion({ leaf, proof: [otherDocId, ...rest], root: batch.root })).toBe(false);
  });
});

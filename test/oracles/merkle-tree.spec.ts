import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { describe, expect, it } from 'vitest';
import { to0x } from '../../src/kernel/index.js';
import { buildTree, keccak256, proofAt } from '../../src/proof/index.js';

describe('@openzeppelin/merkle-tree', () => {
  it.each([1, 2, 3, 5, 7, 100, 1000])('accepts our proofs for %i entries, and no proof for another entry', (size) => {
    const leaves = Array.from({ length: size }, (_, index) => keccak256(Uint8Array.of(index >> 8, index & 255)));
    const tree = buildTree(leaves);
    const verify = (leaf: Uint8Array, index: number): boolean =>
      SimpleMerkleTree.verify(to0x(tree.root), to0x(leaf), proofAt(tree, index).map(to0x));
    leaves.forEach((leaf, index) => {
      expect(verify(leaf, index)).toBe(true);
    });
    expect(verify(keccak256(Uint8Array.of(1, 2, 3)), 0)).toBe(false);
  });
});

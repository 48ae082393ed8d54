import { HASH_LENGTH, depthOf, isSameHash, pairHash, proofLength } from './merkle-tree.js';

/** What to check: that `leaf` is in the batch whose root is `root`. All hashes are 32 bytes. */
export type InclusionClaim = {
  readonly leaf: Uint8Array;
  /** Sibling hashes, lowest first. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
  /** Leaves in the batch, when known: the proof must not be longer than such a tree is deep. */
  readonly size?: number;
  /** Position in the batch, when known too: then the proof's length is known exactly. */
  readonly index?: number;
};

/** Climbs from a leaf: the root that this proof leads to. Source of the rule: OpenZeppelin `MerkleProof.processProof`. */
export function rootFromProof(leaf: Uint8Array, proof: readonly Uint8Array[]): Uint8Array {
  return proof.reduce<Uint8Array>((node, sibling) => pairHash(node, sibling), leaf);
}

/** Every node on the way, the leaf first and the root last: what a verifier must ask the store about. */
export function nodesOnPath(leaf: Uint8Array, proof: readonly Uint8Array[]): Uint8Array[] {
  const nodes = [leaf];
  let node = leaf;
  for (const sibling of proof) {
    node = pairHash(node, sibling);
    nodes.push(node);
  }
  return nodes;
}

/**
 * Tells whether a leaf is in a batch. Never throws: what is not 32 bytes is simply not included.
 *
 * MUST refuse a proof longer than the tree is deep, or it would prove a "leaf" that is really the 64-byte preimage of
 * a node; and, with `index`, one of another length than that position has.
 */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { leaf, proof, root, size, index } = claim;
  if ([leaf, root, ...proof].some((hash) => hash.length !== HASH_LENGTH)) {
    return false;
  }
  if (size !== undefined && !hasFittingLength(proof.length, size, index)) {
    return false;
  }
  return isSameHash(rootFromProof(leaf, proof), root);
}

function hasFittingLength(length: number, size: number, index: number | undefined): boolean {
  if (!Number.isSafeInteger(size) || size < 1) {
    return false;
  }
  if (index === undefined) {
    return length <= depthOf(size);
  }
  return Number.isSafeInteger(index) && index >= 0 && index < size && length === proofLength(index, size);
}

/**
 * What of a document goes into a batch: the pair of its leaf and its docId.
 *
 * So the docId is the leaf's first sibling, and an OpenAttestation proof of a document is
 * `[docId, ...proof of the entry in the batch]`. This is what lets a store check on chain, from the proof alone, that a
 * leaf belongs to a docId: the document address follows from the docId, and without the pairing anybody who holds any
 * anchored leaf could materialise it at another document's address and squat there.
 */
export function documentEntry(leaf: Uint8Array, docId: Uint8Array): Uint8Array {
  return pairHash(leaf, docId);
}

import { fromHex, toHex } from '../kernel/index.js';
import type { DocumentUnderTest } from './document-under-test.js';
import type { EvidenceAnchor } from './evidence-bundle.js';
import { documentEntry, verifyInclusion } from './inclusion-proof.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/** Does the proof lead from the document's leaf, paired with its docId, to the root that is said to be anchored? */
export function checkInclusion(document: DocumentUnderTest): Fact {
  const { bundle, leaf, proof } = document;
  const broken = checkProof(document);
  if (broken !== undefined) {
    return broken;
  }
  if (bundle.anchors.length === 0) {
    return unknown('inclusion', 'pending');
  }
  const entry = documentEntry(leaf, proof[0] ?? new Uint8Array());
  if (!bundle.anchors.every((anchor) => isIncluded(entry, proof.slice(1), anchor))) {
    return fails('inclusion', 'anchor-mismatch');
  }
  return holds('inclusion', 'holds');
}

/** What is wrong with the proof by itself, wherever in the batch the document stands. */
export function checkProof(document: DocumentUnderTest): Fact | undefined {
  const { leaf, proof, root } = document;
  const [docId] = proof;
  if (docId === undefined || `0x${toHex(docId)}` !== document.field('docId')) {
    return fails('inclusion', 'doc-id-not-paired');
  }
  return verifyInclusion({ leaf, proof, root }) ? undefined : fails('inclusion', 'proof-broken');
}

/** Whether the proof leads from the entry to the anchor's root, at the place in the batch that the anchor names. */
export function isIncluded(leaf: Uint8Array, proof: readonly Uint8Array[], anchor: EvidenceAnchor): boolean {
  return verifyInclusion({ leaf, proof, root: fromHex(anchor.root), size: anchor.batchSize, index: anchor.leafIndex });
}

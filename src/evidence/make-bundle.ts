import { evidenceAnchors, type PlaceInBatch } from '../anchoring/index.js';
import type { DocumentEvent } from '../documents/index.js';
import { to0x, toHex } from '../kernel/index.js';
import {
  documentEntry,
  EVIDENCE_VERSION,
  unsaltData,
  wrapDocument,
  type EvidenceBundle,
  type EvidenceEvent,
  type SaltedData,
  type StatusEntry,
} from '../proof/index.js';

/** An event with its salted content, unless it is the first or its leaf is not fixed, and where its entry stands. */
export type BundleEvent = DocumentEvent & {
  readonly data: SaltedData | undefined;
  readonly place: PlaceInBatch | null;
};

export type BundleParts = {
  readonly data: SaltedData;
  readonly docId: Uint8Array;
  readonly leaf: Uint8Array;
  readonly pdfSha256: Uint8Array;
  readonly events: readonly BundleEvent[];
  /** Of the issuer. */
  readonly store: string;
  /** Null while the entry waits for its batch. */
  readonly place: PlaceInBatch | null;
  readonly statusEntries: readonly StatusEntry[];
};

/** The bundle of a document whose leaf is fixed. MUST be given the leaf that was handed over for anchoring. */
export function makeBundle(parts: BundleParts): EvidenceBundle {
  const { data, docId, leaf, place } = parts;
  return {
    version: EVIDENCE_VERSION,
    document: wrapDocument({
      saltedData: data,
      targetHash: leaf,
      proof: [docId, ...(place?.proof ?? [])],
      merkleRoot: place?.root ?? documentEntry(leaf, docId),
    }),
    docId: to0x(docId),
    documentAddress: addressIn(data),
    leaf: to0x(leaf),
    pdf: { sha256: toHex(parts.pdfSha256) },
    events: parts.events.map((event) => eventOf(event, parts.store)),
    anchors: place === null ? [] : evidenceAnchors(place, parts.store),
    credentialStatus: parts.statusEntries,
  };
}

function addressIn(data: SaltedData): string {
  return String((unsaltData(data) as Record<string, unknown>)['documentAddress']);
}

function eventOf(event: BundleEvent, store: string): EvidenceEvent {
  const { seq, type, at, leaf, previousLeaf, data, place } = event;
  return {
    seq,
    type,
    at: at.toISOString(),
    leaf: leaf === null ? null : to0x(leaf),
    ...(previousLeaf === null ? {} : { previousLeaf: to0x(previousLeaf) }),
    ...(data === undefined ? {} : { data }),
    // Those of the first are the document's.
    ...(seq === 0 || place === null ? {} : { proof: place.proof.map(to0x), anchors: evidenceAnchors(place, store) }),
  };
}

import type { AnchorOfRoot, ProofOfLeaf } from '../anchoring/index.js';
import type { DocumentEvent } from '../documents/index.js';
import { to0x, toHex } from '../kernel/index.js';
import {
  documentEntry,
  EVIDENCE_VERSION,
  formatCaip2,
  unsaltData,
  wrapDocument,
  type EvidenceAnchor,
  type EvidenceBundle,
  type EvidenceEvent,
  type SaltedData,
} from '../proof/index.js';

/** Where the anchored entry of a document stands. */
export type PlaceInBatch = Extract<ProofOfLeaf, { state: 'sealed' }>;

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
    anchors: place === null ? [] : anchorsOf(place, parts.store),
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
    ...(seq === 0 || place === null ? {} : { proof: place.proof.map(to0x), anchors: anchorsOf(place, store) }),
  };
}

/** Without those that no transaction carries: there is nothing that a verifier could ask for yet. */
function anchorsOf(place: PlaceInBatch, store: string): EvidenceAnchor[] {
  return place.anchors.flatMap((anchor) => anchorOf(place, anchor, store));
}

function anchorOf(place: PlaceInBatch, anchor: AnchorOfRoot, store: string): EvidenceAnchor[] {
  const { state } = anchor;
  if (state === 'pending') {
    return [];
  }
  return [
    {
      chainId: formatCaip2(anchor.chainId),
      store,
      root: to0x(place.root),
      batchSize: place.batchSize,
      leafIndex: place.leafIndex,
      state,
      transactionHash: anchor.transactionHash,
      blockNumber: anchor.blockNumber,
      blockHash: anchor.blockHash,
      blockTime: anchor.blockTime?.toISOString() ?? null,
    },
  ];
}

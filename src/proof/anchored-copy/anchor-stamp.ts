import { canonicalJson, isSameJson } from '../canonical-json.js';
import { isEnvelopePath } from '../envelope.js';
import { EVIDENCE_VERSION, parseEvidenceBundle } from '../evidence-bundle.js';
import type { EvidenceBundle } from '../evidence-bundle.js';
import { OA_VERSION } from '../oa-document.js';
import type { OpenAttestationDocument } from '../oa-document.js';
import { unsaltData } from '../salted-digest.js';
import type { SaltedData } from '../salted-digest.js';
import { stampCodes } from './stamp-alphabet.js';
import { placeOf } from './stamped-anchor.js';
import type { StampedAnchor } from './stamped-anchor.js';
import { statusText } from './status-line.js';

/** The format of what an anchored copy carries, and its version: another one is refused, not guessed at. */
export const ANCHORED_COPY_VERSION = 'chopmark.anchored-copy/1';

/**
 * What is stamped on a copy: with the salted core data, which is attached to the issued file, all of an evidence bundle.
 * It proves itself (leaf, proof, root) but for the place in the chain, which only the chain can confirm.
 */
export type AnchorStamp = {
  /** The envelope's own fields, salted. */
  readonly envelope: SaltedData;
  readonly docId: string;
  /** Instant of event 0, with offset. */
  readonly issuedAt: string;
  readonly signature: OpenAttestationDocument['signature'];
  /** One at least. */
  readonly anchors: readonly StampedAnchor[];
};

/** A stamp with the file it was made for: what `anchor.proof` holds. */
export type StampedProof = {
  readonly issued: { readonly length: number; readonly sha256: string };
  readonly stamp: AnchorStamp;
};

const IN_THE_CHAIN: ReadonlySet<string> = new Set(['anchored', 'confirmed', 'final']);

/** The stamp for a document; null while no chain holds its root. */
export function stampOf({
  document,
  docId,
  events,
  anchors,
}: Pick<EvidenceBundle, 'document' | 'docId' | 'events' | 'anchors'>): AnchorStamp | null {
  const held = anchors.filter(({ state }) => IN_THE_CHAIN.has(state));
  if (held.length === 0) {
    return null;
  }
  return {
    envelope: envelopeIn(document),
    docId,
    issuedAt: events[0]?.at ?? '',
    signature: document.signature,
    anchors: held.map(placeOf),
  };
}

/**
 * Whether a stamp says of the document what the bundle says, its place in the chain aside. It may name fewer chains than the
 * bundle, which was made later, and none that the bundle does not know.
 */
export function isStampOf({ bundle }: { readonly bundle: EvidenceBundle }, stamp: AnchorStamp): boolean {
  const { document, docId, anchors, events } = bundle;
  const isInBundle = ({ chainId, store, root, batchSize, leafIndex }: StampedAnchor): boolean =>
    anchors.some(
      (anchor) =>
        anchor.chainId === chainId &&
        anchor.store === store &&
        anchor.root === root &&
        anchor.batchSize === batchSize &&
        anchor.leafIndex === leafIndex,
    );
  const own = { docId, envelope: envelopeIn(document), signature: proofIn(document.signature) };
  const said = { docId: stamp.docId, envelope: stamp.envelope, signature: proofIn(stamp.signature) };
  return (
    isSameJson(own, said) &&
    Date.parse(stamp.issuedAt) === Date.parse(events[0]?.at ?? '') &&
    stamp.anchors.every(isInBundle)
  );
}

function envelopeIn({ data }: OpenAttestationDocument): SaltedData {
  return Object.fromEntries(Object.entries(data).filter(([key]) => isEnvelopePath(key)));
}

function proofIn({ targetHash, proof, merkleRoot }: AnchorStamp['signature']): Omit<AnchorStamp['signature'], 'type'> {
  return { targetHash, proof, merkleRoot };
}

/** The SHA-256 of the issued file that the envelope commits to; hex. Throws `NotSalted` on an envelope that is none. */
export function issuedSha256Of({ envelope }: AnchorStamp): string {
  const { pdf } = unsaltData({ pdf: envelope['pdf'] ?? '' }) as { pdf: { sha256?: unknown } };
  return String(pdf.sha256);
}

/**
 * The text of `anchor.proof`: canonical JSON (RFC 8785) of which every character outside ASCII is written `\uXXXX`, so that
 * each of its bytes is a character in every encoding a PDF may have.
 */
export function proofText({ issued, stamp }: StampedProof): string {
  const { envelope, docId, issuedAt, signature, anchors } = stamp;
  const json = canonicalJson({
    version: ANCHORED_COPY_VERSION,
    issued: { length: issued.length, sha256: issued.sha256 },
    docId,
    issuedAt,
    envelope,
    signature: proofIn(signature),
    anchors: anchors.map(placeOf),
  });
  return json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A stamp as it was read, and the evidence it makes with the core data, which is still missing in it. */
export type ReadProof = StampedProof & { readonly withoutCore: EvidenceBundle };

/** Reads what `proofText` wrote. Says nothing about its truth. Undefined for any other text. */
export function parseProof(text: string): ReadProof | undefined {
  try {
    const { issued, envelope, docId, issuedAt, signature, anchors } = JSON.parse(text) as AnchorStamp & {
      readonly issued: StampedProof['issued'];
    };
    const stamp = { envelope, docId, issuedAt, signature: { ...signature, type: SIGNATURE_TYPE }, anchors };
    // Whatever is not of its form throws here; and since only one text says the same, nothing is left over.
    const withoutCore = bundleWithoutCore(stamp);
    const isOfForm = isIssued(issued) && canBeDrawn(stamp) && proofText({ issued, stamp }) === text;
    return isOfForm ? { issued, stamp, withoutCore } : undefined;
  } catch {
    return undefined;
  }
}

/** The evidence bundle of a stamp and the core data. */
export function bundleOf({ withoutCore }: ReadProof, core: SaltedData): EvidenceBundle {
  const { document } = withoutCore;
  return { ...withoutCore, document: { ...document, data: { ...core, ...document.data } } };
}

/** Throws `BundleMalformed`, or `NotSalted`. */
function bundleWithoutCore(stamp: AnchorStamp): EvidenceBundle {
  const { envelope, docId, issuedAt, signature, anchors } = stamp;
  const { documentAddress, pdf } = unsaltData(envelope) as { documentAddress?: unknown; pdf?: unknown };
  const leaf = `0x${signature.targetHash}`;
  return parseEvidenceBundle({
    version: EVIDENCE_VERSION,
    document: { version: OA_VERSION, data: envelope, signature },
    docId,
    documentAddress,
    leaf,
    pdf,
    events: [{ seq: 0, type: 'issued', at: issuedAt, leaf }],
    anchors: anchors.map((place) => ({ ...placeOf(place), state: 'anchored' })),
  });
}

const SIGNATURE_TYPE = 'SHA3MerkleProof' as const;

function isIssued({ length, sha256 }: StampedProof['issued']): boolean {
  return Number.isSafeInteger(length) && length > 0 && /^[0-9a-f]{64}$/.test(sha256);
}

/** Throws `RangeError` when its line has a character that the stamp font has not, or a time that is none. */
function canBeDrawn({ anchors }: AnchorStamp): boolean {
  const [first] = anchors;
  return first !== undefined && stampCodes(statusText(first)).length > 0;
}

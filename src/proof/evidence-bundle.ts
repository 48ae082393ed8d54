import { BundleMalformed } from './proof.errors.js';
import { OA_VERSION } from './oa-document.js';
import type { OpenAttestationDocument } from './oa-document.js';
import type { SaltedData } from './salted-digest.js';
import type { StatusEntry } from './status-list.js';

/** The format's name, and its version: a bundle of another one is refused, not guessed at. */
export const EVIDENCE_VERSION = 'chopmark.evidence/1';

/** How far the anchoring of a root has come. `submitted` may still be undone; from `anchored` on the chain holds it. */
export type AnchorState = 'submitted' | 'anchored' | 'confirmed' | 'final';

/**
 * A root in the issuer's store on one chain. It proves nothing by itself: a verifier asks the store. Transaction and
 * block tell people where to look, and are `null` until they are known.
 */
export type EvidenceAnchor = {
  /** CAIP-2: `eip155:1337`. */
  readonly chainId: string;
  /** The issuer's store, with checksum. */
  readonly store: string;
  readonly root: string;
  /** Entries in the batch, and which of them is the document's. */
  readonly batchSize: number;
  readonly leafIndex: number;
  readonly state: AnchorState;
  readonly transactionHash: string | null;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  /** Instant in UTC. */
  readonly blockTime: string | null;
};

/**
 * Something that happened to the document. Event 0 is `issued`: its leaf is the document's, and its proof and anchors are
 * those of the document. Each later event has its own, and is anchored in a batch of its own time.
 */
export type EvidenceEvent = {
  readonly seq: number;
  readonly type: string;
  /** Instant with offset. */
  readonly at: string;
  /** `0x` and 64 hex digits; `null` until the event has one. */
  readonly leaf: string | null;
  /** The leaf of the event before. */
  readonly previousLeaf?: string;
  /** Of events after the first: what the leaf is the salted digest of, the leaf before it included. */
  readonly data?: SaltedData;
  /** Hashes of the fields of the payload that the holder has taken out of `data`: hex without `0x`. */
  readonly hidden?: readonly string[];
  /** Of events after the first: sibling hashes from the leaf to the root, lowest first. */
  readonly proof?: readonly string[];
  /** Of events after the first: where that root is recorded; absent or empty while the event waits for its batch. */
  readonly anchors?: readonly EvidenceAnchor[];
};

/** All that a stand-alone verifier needs of one document, the chain aside. Hashes are `0x` and 64 hex digits. */
export type EvidenceBundle = {
  readonly version: typeof EVIDENCE_VERSION;
  readonly document: OpenAttestationDocument;
  readonly docId: string;
  /** CAIP-10: `eip155:1337:0x…`. */
  readonly documentAddress: string;
  readonly leaf: string;
  /** SHA-256 of the PDF as issued, hex without `0x`. */
  readonly pdf: { readonly sha256: string };
  readonly events: readonly EvidenceEvent[];
  /** Empty while the document waits for its batch. */
  readonly anchors: readonly EvidenceAnchor[];
  /** Where the document stands in the issuer's status lists. Not under the leaf: see `StatusEntry`. */
  readonly credentialStatus?: readonly StatusEntry[];
};

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isHash: Check = (value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value);
const isBareHash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isOneOf =
  (...allowed: unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isNullOr =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isShaped =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([key, check]) => check((value as Record<string, unknown>)[key]));

const isDocument = isShaped({
  version: isOneOf(OA_VERSION),
  data: isShaped({}),
  signature: isShaped({
    type: isOneOf('SHA3MerkleProof'),
    targetHash: isBareHash,
    proof: isListOf(isBareHash),
    merkleRoot: isBareHash,
  }),
  privacy: isOptional(isShaped({ obfuscatedData: isListOf(isBareHash) })),
});

/** Tells whether what `JSON.parse` gave has the form of an OpenAttestation v2 document. Says nothing about truth. */
export function isOaDocument(value: unknown): value is OpenAttestationDocument {
  return isDocument(value);
}

const isAnchor = isShaped({
  chainId: isText,
  store: isText,
  root: isHash,
  batchSize: isCount,
  leafIndex: isCount,
  state: isOneOf('submitted', 'anchored', 'confirmed', 'final'),
  transactionHash: isNullOr(isHash),
  blockNumber: isNullOr(isCount),
  blockHash: isNullOr(isHash),
  blockTime: isNullOr(isText),
});

const isEvent = isShaped({
  seq: isCount,
  type: isText,
  at: isText,
  leaf: isNullOr(isHash),
  previousLeaf: isOptional(isHash),
  data: isOptional(isShaped({})),
  hidden: isOptional(isListOf(isBareHash)),
  proof: isOptional(isListOf(isHash)),
  anchors: isOptional(isListOf(isAnchor)),
});

const isStatusEntry = isShaped({
  type: isOneOf('BitstringStatusListEntry'),
  statusPurpose: isOneOf('revocation', 'message'),
  statusListIndex: (value) => typeof value === 'string' && /^(0|[1-9]\d{0,5})$/.test(value),
  statusListCredential: isText,
});

const PARTS: Readonly<Record<string, Check>> = {
  document: isDocument,
  docId: isHash,
  documentAddress: isText,
  leaf: isHash,
  pdf: isShaped({ sha256: isBareHash }),
  events: isListOf(isEvent),
  anchors: isListOf(isAnchor),
  credentialStatus: isOptional(isListOf(isStatusEntry)),
};

/** Reads what `JSON.parse` gave. Checks forms only, says nothing about truth. Throws `BundleMalformed`. */
export function parseEvidenceBundle(value: unknown): EvidenceBundle {
  if (!isShaped({ version: isOneOf(EVIDENCE_VERSION) })(value)) {
    throw new BundleMalformed(`This is not an evidence bundle of version ${EVIDENCE_VERSION}`);
  }
  const bundle = value as Record<string, unknown>;
  for (const [part, check] of Object.entries(PARTS)) {
    if (!check(bundle[part])) {
      throw new BundleMalformed(`"${part}" of the evidence bundle is missing or not of its form`);
    }
  }
  return bundle as EvidenceBundle;
}

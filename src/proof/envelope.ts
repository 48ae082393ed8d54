import { to0x } from '../kernel/index.js';
import { checksumAddress, formatCaip10 } from './document-address.js';
import { flatten } from './flatten.js';
import type { CoreData } from './flatten.js';
import { KeyNotAllowed } from './proof.errors.js';

/** The top-level keys that the envelope adds to the core data. MUST NOT be keys of any core data. */
export const ENVELOPE_KEYS: ReadonlySet<string> = new Set(['docId', 'documentAddress', 'issuers', 'network', 'pdf']);

/** What is known of a document besides what it says. */
export type EnvelopeFacts = {
  /** 32 bytes: the digest of the salted core data alone. */
  readonly docId: Uint8Array;
  readonly documentAddress: string;
  readonly chainId: number;
  /** SHA-256 of the issued PDF, 32 bytes. */
  readonly pdfSha256: Uint8Array;
  readonly issuer: { readonly name: string; readonly store: string; readonly domain: string };
};

/**
 * The envelope's own fields, as data to salt. They have nine paths, always the same, so a leaf needs
 * `ENVELOPE_FIELD_COUNT` salts besides those of the core data, and its digest is
 * `digestOf([...core.fieldHashes, ...envelope.fieldHashes])`: the core data is not hashed again.
 *
 * `issuers` and `network` are what OpenAttestation verifiers look for; all else is ours.
 */
export function envelopeFields(facts: EnvelopeFacts): CoreData {
  const { chainId, issuer } = facts;
  return {
    docId: to0x(facts.docId),
    documentAddress: formatCaip10({ chainId, address: facts.documentAddress }),
    issuers: [
      {
        name: issuer.name,
        documentStore: checksumAddress(issuer.store),
        identityProof: { type: 'DNS-TXT', location: issuer.domain },
      },
    ],
    network: { chain: 'ETH', chainId: String(chainId) },
    pdf: { sha256: to0x(facts.pdfSha256).slice(2) },
  };
}

/** Fields of `envelopeFields`, and so the salts it needs. */
export const ENVELOPE_FIELD_COUNT = 9;

/** Throws `KeyNotAllowed` when core data uses a key that belongs to the envelope. */
export function requireCoreKeys(core: CoreData): void {
  for (const key of Object.keys(core)) {
    if (ENVELOPE_KEYS.has(key)) {
      throw new KeyNotAllowed(key);
    }
  }
}

/** Tells whether a path of a document's data is one of the envelope's. */
export function isEnvelopePath(path: string): boolean {
  const dot = path.indexOf('.');
  return ENVELOPE_KEYS.has(dot < 0 ? path : path.slice(0, dot));
}

/** The paths an envelope always has; a document that lacks one was redacted by other means than `redact`. */
export const ENVELOPE_PATHS: readonly string[] = flatten(
  envelopeFields({
    docId: new Uint8Array(32),
    documentAddress: `0x${'00'.repeat(20)}`,
    chainId: 1,
    pdfSha256: new Uint8Array(32),
    issuer: { name: 'name', store: `0x${'00'.repeat(20)}`, domain: 'domain' },
  }),
).map(([path]) => path);

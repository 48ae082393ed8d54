import { flatten, isContainer } from './flatten.js';
import { HASH_LENGTH } from './merkle-tree.js';
import { CannotRedact } from './proof.errors.js';
import { fieldHashesOf } from './salted-digest.js';
import type { SaltedData, SaltedValue } from './salted-digest.js';
import { ENVELOPE_KEYS } from './envelope.js';
import { toHex } from '../kernel/index.js';

/** What every OpenAttestation v2 document says in `version`. */
export const OA_VERSION = 'https://schema.openattestation.com/2.0/schema.json';

/** An OpenAttestation v2 document, as `tt-verify` and `oa-verify` read it. All hashes are hex without `0x`. */
export type OpenAttestationDocument = {
  readonly version: typeof OA_VERSION;
  readonly data: SaltedData;
  readonly signature: {
    readonly type: 'SHA3MerkleProof';
    /** The leaf: digest of all fields, shown and hidden. */
    readonly targetHash: string;
    /** Siblings from the leaf to the root; of ours the first is always the docId. */
    readonly proof: readonly string[];
    readonly merkleRoot: string;
  };
  readonly privacy?: {
    /** Hashes of the fields that the holder has taken out. */
    readonly obfuscatedData: readonly string[];
  };
};

/** What a document is wrapped from; hashes as 32 bytes, or hex with or without `0x`. */
export type DocumentParts = {
  readonly saltedData: SaltedData;
  readonly targetHash: string | Uint8Array;
  /** `[docId, ...proof of the entry in the batch]`. */
  readonly proof: readonly (string | Uint8Array)[];
  /** Before there is a batch: `documentEntry(leaf, docId)`, a batch of one. */
  readonly merkleRoot: string | Uint8Array;
};

/** Puts an OpenAttestation v2 document together. Checks the form of the hashes, not that they fit. */
export function wrapDocument({ saltedData, targetHash, proof, merkleRoot }: DocumentParts): OpenAttestationDocument {
  return {
    version: OA_VERSION,
    data: saltedData,
    signature: {
      type: 'SHA3MerkleProof',
      targetHash: bareHex(targetHash),
      proof: proof.map(bareHex),
      merkleRoot: bareHex(merkleRoot),
    },
  };
}

/**
 * A copy without the field, or all fields, at `path` (`buyer.taxId`, `lines.1`); their hashes move to
 * `privacy.obfuscatedData`, sorted, for their order would tell of which fields they are; digest, proof and anchor still hold. Who hides a field cannot be told, nor
 * can it be shown again from the copy alone.
 *
 * An object that loses its last field goes with it, for an empty one would count as a field. An array that loses an
 * element before its last becomes an object keyed by the old indexes, for the paths of the others must stay.
 *
 * Throws `CannotRedact` for a path that is not there, for the fields of the envelope (without them nobody could tell
 * issuer, chain, PDF or docId), and when nothing would be left of what the document says.
 */
export function redact(document: OpenAttestationDocument, path: string): OpenAttestationDocument {
  const parts = path.split('.');
  if (ENVELOPE_KEYS.has(parts[0] ?? '')) {
    throw new CannotRedact(`"${path}" is needed to verify the document and cannot be hidden`);
  }
  const data = without(document.data, parts, path);
  if (data === undefined || Object.keys(data).every((key) => ENVELOPE_KEYS.has(key))) {
    throw new CannotRedact('At least one field of the document has to stay');
  }
  const kept = new Set(flatten(data as SaltedData, 'received').map(([keptPath]) => keptPath));
  const hashes = fieldHashesOf(document.data);
  const hidden = flatten(document.data, 'received').flatMap(([old], index) =>
    kept.has(old) ? [] : [hashes[index] ?? ''],
  );
  return {
    ...document,
    data: data as SaltedData,
    privacy: { ...document.privacy, obfuscatedData: [...(document.privacy?.obfuscatedData ?? []), ...hidden].sort() },
  };
}

/** The container without what lies at `parts`; `undefined` when nothing is left of it. */
function without(container: SaltedValue, parts: readonly string[], path: string): SaltedValue | undefined {
  const [key = '', ...rest] = parts;
  if (!isContainer(container) || !Object.hasOwn(container, key)) {
    throw new CannotRedact(`"${path}" is not in the document`);
  }
  const entries = Object.entries(container as Record<string, SaltedValue>).flatMap(([name, value]) => {
    const left = name !== key ? value : rest.length === 0 ? undefined : without(value, rest, path);
    return left === undefined ? [] : [[name, left] as const];
  });
  if (entries.length === 0) {
    return undefined;
  }
  const isWithoutHoles = entries.every(([name], index) => name === String(index));
  return Array.isArray(container) && isWithoutHoles ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function bareHex(hash: string | Uint8Array): string {
  const hex = (typeof hash === 'string' ? hash.replace(/^0x/, '') : toHex(hash)).toLowerCase();
  if (hex.length !== HASH_LENGTH * 2 || !/^[0-9a-f]+$/.test(hex)) {
    throw new TypeError('A hash is 32 bytes, or 64 hex digits');
  }
  return hex;
}

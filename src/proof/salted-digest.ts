import { keccak256Hex } from './keccak.js';
import { checkPrimitive, flatten, isContainer } from './flatten.js';
import type { CoreData, Primitive } from './flatten.js';
import { NotSalted, SaltsDoNotFit } from './proof.errors.js';
import { FieldHasher, hexTexts, writeSalt } from './field-hasher.js';

/**
 * OpenAttestation (OA) v2 salted digest: the rule by which a document becomes 32 bytes.
 * Source: open-attestation `2.0/salt`, `2.0/digest`; `@govtechsg/oa-verify` and `@tradetrust-tt/tt-verify` recompute it.
 *
 * 1. Each primitive becomes the text `<uuid v4>:<type>:<value>`; type is `string`, `number`, `boolean` or `null`.
 * 2. Each field is hashed alone: keccak-256 of the JSON text `{"<dotted path>":"<salted text>"}`.
 * 3. The digest is keccak-256 of the JSON array of all field hashes (hex, no `0x`), sorted.
 *
 * So a field can be replaced by its hash (redaction) and the digest stays; and as no preimage is 64 bytes long that
 * begins like an inner node, a digest can never be passed off as a node of a tree.
 */

/** The bytes of one salt. */
export const SALT_LENGTH = 16;

/** A salted document: the same shape as its data, each primitive a salted text. */
export type SaltedData = { readonly [key: string]: SaltedValue };
export type SaltedValue = string | readonly SaltedValue[] | SaltedData;

/** `hash` of one field, hex without `0x`. */
export function fieldHash(path: string, salted: string): string {
  return keccak256Hex(`{${JSON.stringify(path)}:${JSON.stringify(salted)}}`);
}

/** `fieldHash`, or one that gives the same. */
export type HashOfField = typeof fieldHash;

/** Remembers, for each path, the hash of the last text: what is asked of one document is asked again and again. */
export function rememberingFieldHash(): HashOfField {
  const known = new Map<string, { readonly salted: string; readonly hash: string }>();
  return (path, salted) => {
    const last = known.get(path);
    if (last?.salted === salted) {
      return last.hash;
    }
    const hash = fieldHash(path, salted);
    known.set(path, { salted, hash });
    return hash;
  };
}

/**
 * The digest of field hashes (hex without `0x`), in any order; 64 hex digits. Fields of two documents' parts may be
 * hashed apart and joined here: this is how the hashes made for a docId serve its leaf again.
 */
export function digestOf(fieldHashes: readonly string[]): string {
  return keccak256Hex(`["${[...fieldHashes].sort().join('","')}"]`);
}

/** OA's `targetHash`, 64 hex digits: of what is shown, and of the hashes of what is hidden. */
export function targetHash(data: SaltedData, obfuscated: readonly string[] = []): string {
  return digestOf([...fieldHashesOf(data), ...obfuscated]);
}

/** Hash of each field of a salted document, in canonical order. Throws `NotSalted` when a field is not a text. */
export function fieldHashesOf(data: SaltedData, hashOf: HashOfField = fieldHash): string[] {
  return flatten(data, 'received').map(([path, value]) => {
    if (typeof value !== 'string') {
      throw new NotSalted(path);
    }
    return hashOf(path, value);
  });
}

function typedText(path: string, value: Primitive): string {
  checkPrimitive(path, value);
  return `${value === null ? 'null' : typeof value}:${String(value)}`;
}

/** A salted copy. `nextSalt` gives a version 4 UUID for each path; it is called in canonical order. */
export function saltData(data: CoreData, nextSalt: (path: string) => string): SaltedData {
  const salted = new Map<string, string>();
  for (const [path, value] of flatten(data)) {
    salted.set(path, `${nextSalt(path)}:${typedText(path, value)}`);
  }
  return copyWith(data, '', (path) => salted.get(path)) as SaltedData;
}

/** The data behind a salted document. Throws `NotSalted` on a field of another form. */
export function unsaltData(data: SaltedData): CoreData {
  return copyWith(data, '', unsaltField) as CoreData;
}

const SALTED =
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}:(string|number|boolean|null):(.*)$/s;

/** What one salted field says. Throws `NotSalted` on a field of another form. */
export function unsaltField(path: string, salted: unknown): Primitive {
  const [, type, value = ''] = (typeof salted === 'string' ? SALTED.exec(salted) : null) ?? [];
  if (type === undefined || (type === 'number' && !Number.isFinite(Number(value)))) {
    throw new NotSalted(path);
  }
  if (type === 'string') {
    return value;
  }
  if (type === 'null') {
    return null;
  }
  return type === 'number' ? Number(value) : value === 'true';
}

/** What {@link saltedDigest} made of a document. */
export type SaltedDigest = {
  /** Hash of each field in canonical order, hex without `0x`. */
  readonly fieldHashes: readonly string[];
  /** The digest of them all, hex without `0x`. */
  readonly digest: string;
  /** The salted copy, made when first asked for: issuing only needs the digest. */
  readonly salted: SaltedData;
};

const hashField = new FieldHasher();
const decoder = new TextDecoder();

/**
 * The hot path of issuing: salts, hashes and digests in one pass.
 *
 * The salts, given or made for a number of fields, are 16 bytes for each, in the order of `flatten(data)`; the version and variant bits are set here,
 * so any 16 bytes do (122 of the 128 bits count). The same data and salts give the same digest for ever.
 * `data` MUST NOT be changed before `salted` was read. Throws `SaltsDoNotFit` and the errors of `flatten`.
 */
export function saltedDigest(
  data: CoreData,
  saltsFor: Uint8Array | ((fieldCount: number) => Uint8Array),
): SaltedDigest {
  const fields = flatten(data);
  const salts = typeof saltsFor === 'function' ? saltsFor(fields.length) : saltsFor;
  if (salts.length !== fields.length * SALT_LENGTH) {
    throw new SaltsDoNotFit(fields.length, salts.length);
  }
  const hashes = new Uint8Array(fields.length * 32);
  let index = 0;
  for (const [path, value] of fields) {
    hashes.set(hashField.hash(path, value, salts, index), index * 32);
    index += 1;
  }
  const fieldHashes = hexTexts(hashes, 32);
  let salted: SaltedData | undefined;
  return {
    fieldHashes,
    digest: digestOf(fieldHashes),
    get salted() {
      let next = 0;
      salted ??= saltData(data, () => saltText(salts, next++));
      return salted;
    },
  };
}

/** Reads one salt as the text of a version 4 UUID. */
export function saltText(salts: Uint8Array, index: number): string {
  const text = new Uint8Array(36);
  writeSalt(text, 0, salts, index * SALT_LENGTH);
  return decoder.decode(text);
}

function copyWith(value: unknown, path: string, leaf: (path: string, value: unknown) => unknown): unknown {
  if (!isContainer(value)) {
    return leaf(path, value);
  }
  const prefix = path === '' ? '' : `${path}.`;
  if (Array.isArray(value)) {
    return value.map((item, index) => copyWith(item, `${prefix}${index}`, leaf));
  }
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = copyWith((value as Record<string, unknown>)[key], prefix + key, leaf);
    if (key === '__proto__') {
      // Set like any other it would not be a key.
      Object.defineProperty(copy, key, { value: item, enumerable: true, configurable: true, writable: true });
    } else {
      copy[key] = item;
    }
  }
  return copy;
}

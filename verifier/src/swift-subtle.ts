import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { ExaminationTools } from '../../src/proof/index.js';

type Subtle = NonNullable<ExaminationTools['subtle']>;

/** Keys that were read already, by their bytes: a pile has few signers. Emptied when somebody makes them up. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 256;

/**
 * What checking signatures needs of WebCrypto, by Node's own functions: the same answers, without a trip to another thread for
 * each, and a key is read once.
 */
export const swiftSubtle = {
  digest: (algorithm: string, data: Uint8Array) => Promise.resolve(digestOf(algorithm, [data])),
  digestOfParts: (algorithm: string, parts: readonly Uint8Array[]) => Promise.resolve(digestOf(algorithm, parts)),
  importKey: (_format: string, spki: Uint8Array, algorithm: object) =>
    Promise.resolve({ key: keyFrom(spki), hash: hashOf(algorithm) }),
  verify: (algorithm: { name: string }, { key, hash }: ReadKey, signature: Uint8Array, data: Uint8Array) =>
    Promise.resolve(verify(hash, data, { key, ...encodingOf(algorithm) }, signature)),
} as unknown as Subtle;

function digestOf(algorithm: string, parts: readonly Uint8Array[]): ArrayBuffer {
  const hash = createHash(algorithm.replace('-', ''));
  for (const part of parts) {
    hash.update(part);
  }
  return bufferOf(hash.digest());
}

type ReadKey = { readonly key: KeyObject; readonly hash: string };

function hashOf(algorithm: object): string {
  return 'hash' in algorithm && typeof algorithm.hash === 'string' ? algorithm.hash.replace('-', '') : 'SHA256';
}

/** WebCrypto writes r and s of ECDSA one after another; RSA here is PKCS #1 v1.5, which is the default. */
function encodingOf({ name }: { name: string }): { dsaEncoding?: 'ieee-p1363' } {
  return name === 'ECDSA' ? { dsaEncoding: 'ieee-p1363' } : {};
}

function keyFrom(spki: Uint8Array): KeyObject {
  const name = Buffer.from(spki).toString('latin1');
  const known = keys.get(name);
  if (known !== undefined) {
    return known;
  }
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  if (keys.size >= MOST_KEYS) {
    keys.clear();
  }
  keys.set(name, key);
  return key;
}

function bufferOf(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

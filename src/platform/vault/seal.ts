import { createCipheriv, createDecipheriv } from 'node:crypto';
import { DomainError, type IdSource } from '../../kernel/index.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The stored bytes were altered, or belong to another key or place. */
export class SealBroken extends DomainError {
  override readonly code = 'vault.seal-broken';
  override readonly kind = 'unavailable';

  constructor() {
    super('Stored content could not be decrypted: it was altered, or MASTER_KEY is not the one it was written with');
  }
}

/**
 * Encrypts and authenticates `plain` (AES-256-GCM, NIST SP 800-38D) as `nonce ‖ ciphertext ‖ tag`.
 * `place` says where the result is stored and must be the same when it is opened: a row cannot be moved elsewhere.
 */
export function seal(ids: IdSource, key: Uint8Array, plain: Uint8Array, place: string): Buffer {
  const nonce = ids.bytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undoes `seal`. Throws `SealBroken` when key, place or bytes are not the ones that were sealed. */
export function unseal(key: Uint8Array, sealed: Uint8Array, place: string): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) {
    throw new SealBroken();
  }
  const tagAt = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
}

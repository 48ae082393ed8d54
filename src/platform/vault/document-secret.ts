import { createHash, createHmac } from 'node:crypto';
import type { IdSource } from '../../kernel/index.js';
import { seal, unseal } from './seal.js';

export type SecretPurpose = 'core' | 'event' | 'issued-file' | 'import-row';
export type SaltLabel = 'core' | 'envelope' | `event:${number}`;

/**
 * The 32 random bytes behind one document. Its salts and the keys its content is encrypted under all follow from them,
 * so erasing this one value makes the content unreadable and the anchored digest meaningless.
 */
export class DocumentSecret {
  constructor(private readonly secret: Uint8Array) {}

  static generate(ids: IdSource): DocumentSecret {
    return new DocumentSecret(ids.bytes(32));
  }

  /** `count` salts of 16 bytes, one after the other; the same for the same secret and label (SHAKE-256, FIPS 202). */
  salts(label: SaltLabel, count: number): Uint8Array {
    return createHash('shake256', { outputLength: 16 * count })
      .update(this.secret)
      .update(`salts:${label}`)
      .digest();
  }

  seal(ids: IdSource, purpose: SecretPurpose, plain: Uint8Array): Buffer {
    return seal(ids, this.keyFor(purpose), plain, purpose);
  }

  unseal(purpose: SecretPurpose, sealed: Uint8Array): Buffer {
    return unseal(this.keyFor(purpose), sealed, purpose);
  }

  /** The secret itself under its issuer's key, bound to the document's id. */
  wrap(ids: IdSource, issuerKey: Uint8Array, documentId: string): Buffer {
    return seal(ids, issuerKey, this.secret, `document:${documentId}`);
  }

  static unwrap(issuerKey: Uint8Array, wrapped: Uint8Array, documentId: string): DocumentSecret {
    return new DocumentSecret(unseal(issuerKey, wrapped, `document:${documentId}`));
  }

  private keyFor(purpose: SecretPurpose): Buffer {
    return createHmac('sha256', this.secret).update(`key:${purpose}`).digest();
  }
}

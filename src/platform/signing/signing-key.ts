import type { KeyObject } from 'node:crypto';

/** ECDSA on P-256, RSA PKCS#1 v1.5; both over SHA-256. */
export type SignatureAlgorithm = 'ES256' | 'RS256';

/** A private key that documents are signed with, wherever it is kept, and its certificates. */
export interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  /** DER, the key's own first, then those that lead to a root; the root itself need not be there. */
  readonly certificates: readonly Uint8Array[];
  /** A signature over `data` (which is hashed here): ECDSA as a DER sequence of r and s, RSA as bytes. Throws `CannotSignNow`. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A key that has no certificate yet. */
export type BareKey = Pick<SigningKey, 'algorithm' | 'sign'> & { readonly publicKey: KeyObject };

/** Where the issuers' keys are kept. */
export abstract class SigningKeys {
  /**
   * The key that `issuerId` signs with now. Asked for every chunk of documents, so it MUST be cheap, and MUST notice a key
   * that was put in place by another process within some seconds. Throws `CannotSignNow`.
   */
  abstract forIssuer(issuerId: string): Promise<SigningKey>;

  /**
   * A new key for `issuerId`, which waits for its certificate; documents are signed with the one before until `install`.
   * Throws `CannotSignNow` where keys can only be made elsewhere and there is none that waits.
   */
  abstract newKey(issuerId: string, algorithm: SignatureAlgorithm): Promise<BareKey>;

  /**
   * Signs the issuer's documents from now on with the key that the first of `certificates` belongs to: `privateKey`, the one
   * that waits, or the one in use. Throws `CertificateRefused` when it belongs to none of them.
   */
  abstract install(issuerId: string, certificates: readonly Uint8Array[], privateKey?: KeyObject): Promise<void>;
}

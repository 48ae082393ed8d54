import { createPublicKey, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { DeterministicEcdsa } from './deterministic-ecdsa.js';
import { CertificateRefused } from './signing.errors.js';
import type { SignatureAlgorithm, SigningKey } from './signing-key.js';

const LEAST_RSA_BITS = 2_048;

/**
 * A key in this process's memory. `certificates` as in `SigningKey`. Each signature is checked before it leaves: one that
 * a fault had spoilt would be anchored for ever, and a spoilt deterministic one can give the key away.
 * Throws `CertificateRefused` when the key is of another kind, or the first certificate is not its own.
 */
export function softwareKey(privateKey: KeyObject, certificates: readonly Uint8Array[]): SigningKey {
  requireOwnCertificate(privateKey, certificates[0]);
  return { ...bareKey(privateKey), certificates };
}

/** A key that has no certificate yet: to make its own, or to ask for one. Throws `CertificateRefused`. */
export function bareKey(privateKey: KeyObject): Pick<SigningKey, 'algorithm' | 'sign'> {
  const algorithm = algorithmOf(privateKey);
  const makeSignature = signerFor(algorithm, privateKey);
  return {
    algorithm,
    sign: (data) =>
      new Promise((resolve) => {
        resolve(makeSignature(data));
      }),
  };
}

/** Throws `CertificateRefused` when documents cannot be signed with this kind of key. */
export function algorithmOf(key: KeyObject): SignatureAlgorithm {
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') {
    return 'ES256';
  }
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_RSA_BITS) {
    return 'RS256';
  }
  throw new CertificateRefused('Documents are signed with keys on P-256, or with RSA keys of 2048 bits or more');
}

/** Makes signatures, and throws when one is spoilt. */
function signerFor(algorithm: SignatureAlgorithm, key: KeyObject): (data: Uint8Array) => Uint8Array {
  if (algorithm === 'ES256') {
    const ecdsa = new DeterministicEcdsa(key);
    return (data) => ecdsa.sign(data);
  }
  const publicKey = createPublicKey(key);
  return (data) => {
    const signature = sign('sha256', data, key);
    if (!verify('sha256', data, publicKey, signature)) {
      throw new Error('A signature was spoilt while it was made');
    }
    return signature;
  };
}

function requireOwnCertificate(key: KeyObject, certificate: Uint8Array | undefined): void {
  if (certificate === undefined || !new X509Certificate(certificate).checkPrivateKey(key)) {
    throw new CertificateRefused('The first certificate is not the one of this key');
  }
}

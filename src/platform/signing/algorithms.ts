import { asnNull, objectId, sequence } from './der.js';
import type { SignatureAlgorithm } from './signing-key.js';

/** AlgorithmIdentifier of the digest; parameters are left out (RFC 5754, 2). */
export const SHA256 = sequence(objectId('2.16.840.1.101.3.4.2.1'));

/** AlgorithmIdentifiers of signatures: ECDSA has no parameters, RSA has NULL (RFC 5754, 3.2 and 3.3). */
export const SIGNATURE_ALGORITHMS: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  ES256: sequence(objectId('1.2.840.10045.4.3.2')),
  RS256: sequence(objectId('1.2.840.113549.1.1.11'), asnNull),
};

export { DocumentSecret } from './document-secret.js';
export type { SaltLabel, SecretPurpose } from './document-secret.js';
export { IssuerKeys } from './issuer-key.js';
export { RandomIdSource } from './random-id-source.js';
export { seal, SealBroken, unseal } from './seal.js';

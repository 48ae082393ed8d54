/** Signing of PDFs: PAdES signatures, the keys they are made with, and time stamps. */
export { DevelopmentAuthority } from './development-authority.js';
export { openSigning, Timestamps } from './open-signing.js';
export type { Signing } from './open-signing.js';
export { pem, readCertificates } from './key-file.js';
export { signPdf, signatureRoom } from './sign-pdf.js';
export {
  CannotSignNow,
  CertificateRefused,
  SigningDeviceFailed,
  SigningKeyMissing,
  SigningKeyUnusable,
  TimestampUnavailable,
} from './signing.errors.js';
export { makeAuthority, makeCertificateRequest, makeLeaf } from './make-certificate.js';
export { SigningKeys } from './signing-key.js';
export type { SignatureAlgorithm, SigningKey } from './signing-key.js';
export { bareKey, softwareKey } from './software-key.js';
export { HttpTimestampAuthority } from './timestamp-authority.js';
export type { TimestampAuthority } from './timestamp-authority.js';
export { BYTE_RANGE_PLACEHOLDER, contentsPlaceholder } from './unsigned-pdf.js';
export type { SignaturePlaces, UnsignedPdf } from './unsigned-pdf.js';

/** Signing of PDFs: PAdES signatures, the keys they are made with, and time stamps. */
export { FileSigningKeys, KeyDirectory } from './file-signing-keys.js';
export { pem } from './key-file.js';
export {
  BYTE_RANGE_PLACEHOLDER,
  SIGNATURE_CONTENTS_BYTES,
  contentsPlaceholder,
  signPdf,
  signatureRoom,
} from './sign-pdf.js';
export type { UnsignedPdf } from './sign-pdf.js';
export {
  CannotSignNow,
  CertificateRefused,
  SignatureTooLong,
  SigningDeviceFailed,
  SigningKeyMissing,
  SigningKeyUnusable,
  TimestampUnavailable,
} from './signing.errors.js';
export { makeAuthority, makeCertificateRequest, makeLeaf } from './make-certificate.js';
export { SigningKeys } from './signing-key.js';
export type { SigningKey } from './signing-key.js';
export { bareKey, softwareKey } from './software-key.js';
export type { TimestampAuthority } from './timestamp-authority.js';

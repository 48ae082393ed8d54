export { CertificateKind } from './certificate.kind.js';
export { CertificatesApiModule } from './certificates.module.js';
export { PropertyProofKind } from './property-proof.kind.js';

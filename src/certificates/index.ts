export { CertificateKind } from './certificate.kind.js';
export { CertificatesApiModule, CertificatesWorkerModule } from './certificates.module.js';
export { LapseBurdensHandler } from './certificates.processor.js';
export { PropertyProofKind } from './property-proof.kind.js';

export type { VerificationReport } from './verification-report.js';
export { VerifyDocument } from './verify-document.js';
export { VerificationApiModule } from './verification.module.js';
export { registerMultipart } from './uploads.js';

export { VerificationApiModule } from './verification.module.js';
export { registerMultipart } from './uploads.js';

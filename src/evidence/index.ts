export { AssembleEvidence } from './assemble-evidence.js';
export type { Evidence } from './assemble-evidence.js';
export { EvidenceAnchorDto, EvidenceBundleDto } from './evidence.dto.js';
export { EvidenceApiModule, EvidenceModule } from './evidence.module.js';

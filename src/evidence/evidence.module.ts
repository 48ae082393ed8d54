import { Module } from '@nestjs/common';
import { AnchoringModule } from '../anchoring/index.js';
import { DocumentsModule } from '../documents/index.js';
import { AssembleEvidence } from './assemble-evidence.js';
import { DisclosuresController } from './disclosures.controller.js';
import { EvidenceController } from './evidence.controller.js';

@Module({
  imports: [DocumentsModule, AnchoringModule],
  providers: [AssembleEvidence],
  exports: [AssembleEvidence],
})
export class EvidenceModule {}

@Module({
  imports: [EvidenceModule],
  controllers: [EvidenceController, DisclosuresController],
})
export class EvidenceApiModule {}

import { Module } from '@nestjs/common';
import { AnchoringModule } from '../anchoring/index.js';
import { DocumentsModule, StampDocument } from '../documents/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { VerificationApiModule } from '../verification/index.js';
import { CollectBlocks } from './collect-blocks.js';
import { CollectDocument } from './collect-document.js';
import { CourtController } from './court.controller.js';
import { MakePackage } from './make-package.js';

@Module({
  imports: [DocumentsModule, AnchoringModule, EvidenceModule, VerificationApiModule],
  controllers: [CourtController],
  providers: [StampDocument, CollectDocument, CollectBlocks, MakePackage],
})
export class CourtApiModule {}

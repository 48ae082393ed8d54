import { Module } from '@nestjs/common';
import { AnchoringModule } from '../../anchoring/index.js';
import { DocumentsModule } from '../documents.module.js';
import { RevocationDesk } from './revocation-desk.js';
import { RevocationRegister } from './revocation-register.js';
import { RevocationsController } from './revocations.controller.js';
import { RevocationsMetrics } from './revocations.metrics.js';
import { RevocationsRepository } from './revocations.repository.js';
import { RevokeOnChain, RevokeOnChainHandler } from './revocations.processor.js';
import { RevocationRequests, RevokeDocument } from './revoke-document.js';
import { SendRevocations } from './send-revocations.js';
import { SettleRevocations } from './settle-revocations.js';

@Module({
  imports: [DocumentsModule],
  controllers: [RevocationsController],
  providers: [RevocationsRepository, RevocationRequests, RevokeDocument],
})
export class RevocationsApiModule {}

/** Composition provides `StoreDirectory` and `ChainClient`. */
@Module({
  imports: [AnchoringModule],
  providers: [
    RevocationsRepository,
    RevocationDesk,
    RevocationRegister,
    SendRevocations,
    SettleRevocations,
    RevokeOnChain,
    RevokeOnChainHandler,
    RevocationsMetrics,
  ],
  exports: [RevokeOnChainHandler, RevokeOnChain],
})
export class RevocationsWorkerModule {}

import { Module } from '@nestjs/common';
import { AnchoringModule } from '../../anchoring/index.js';
import { DocumentsModule } from '../documents.module.js';
import { BackRevoke, BackRevokeHandler } from './back-revoke.js';
import { RevocationRows } from './revocation-rows.js';
import { RevocationsController } from './revocations.controller.js';
import { RevocationsMetrics } from './revocations.metrics.js';
import { RevocationsRepository } from './revocations.repository.js';
import { RevocationGround, RevokeOnChain, RevokeOnChainHandler } from './revocations.processor.js';
import { RevocationRequests, RevokeDocument } from './revoke-document.js';

@Module({
  imports: [DocumentsModule],
  controllers: [RevocationsController],
  providers: [RevocationsRepository, RevocationRequests, RevokeDocument],
})
export class RevocationsApiModule {}

/** Composition provides `StoreDirectory` and `Chains`. */
@Module({
  imports: [AnchoringModule],
  providers: [
    RevocationsRepository,
    RevocationRows,
    RevocationGround,
    RevokeOnChain,
    RevokeOnChainHandler,
    BackRevoke,
    BackRevokeHandler,
    RevocationsMetrics,
  ],
  exports: [BackRevokeHandler, RevokeOnChainHandler, RevokeOnChain],
})
export class RevocationsWorkerModule {}

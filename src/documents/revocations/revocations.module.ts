import { Module } from '@nestjs/common';
import { AnchoringModule } from '../../anchoring/index.js';
import { DocumentsModule } from '../documents.module.js';
import { RevocationDesk } from './revocation-desk.js';
import { RevocationsController } from './revocations.controller.js';
import { RevocationsRepository } from './revocations.repository.js';
import { RevokeOnChain, RevokeOnChainHandler } from './revocations.processor.js';
import { RevocationPlace, RevokeDocument } from './revoke-document.js';
import { SendRevocations } from './send-revocations.js';
import { SettleRevocations } from './settle-revocations.js';

@Module({
  imports: [DocumentsModule],
  controllers: [RevocationsController],
  providers: [RevocationsRepository, RevocationPlace, RevokeDocument],
})
export class RevocationsApiModule {}

/** Composition provides `StoreDirectory` and `ChainClient`. */
@Module({
  imports: [AnchoringModule],
  providers: [
    RevocationsRepository,
    RevocationDesk,
    SendRevocations,
    SettleRevocations,
    RevokeOnChain,
    RevokeOnChainHandler,
  ],
  exports: [RevokeOnChainHandler, RevokeOnChain],
})
export class RevocationsWorkerModule {}

import { Module } from '@nestjs/common';
import { AnchorDesk } from './anchor-desk.js';
import { AnchoringMetrics, AnchoringRows } from './anchoring.metrics.js';
import { ConfirmRootsHandler, PublishRootsHandler, SealBatchHandler } from './anchoring.processor.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesController } from './batches.controller.js';
import { BatchesRepository } from './batches.repository.js';
import { BroadcastAttempt } from './broadcast-attempt.js';
import { CheckPending } from './check-pending.js';
import { ConfirmRoots } from './confirm-roots.js';
import { ListBatches } from './list-batches.js';
import { ProofsRepository } from './proofs.repository.js';
import { PublishRoots } from './publish-roots.js';
import { PushTransactions } from './push-transactions.js';
import { ReadProof } from './read-proof.js';
import { SealBatch } from './seal-batch.js';
import { SealTiming } from './seal-timing.js';
import { SettleTransactions } from './settle-transactions.js';
import { StoreRegister } from './store-register.js';
import { SubmitLeaf } from './submit-leaf.js';
import { TransactionsRepository } from './transactions.repository.js';
import { WatchBlocks } from './watch-blocks.js';

/** What other features do with anchoring: submit entries, and read what became of them. */
@Module({
  providers: [BatchesRepository, ProofsRepository, TransactionsRepository, SubmitLeaf, ReadProof, ListBatches],
  exports: [BatchesRepository, TransactionsRepository, SubmitLeaf, ReadProof, ListBatches],
})
export class AnchoringModule {}

@Module({ imports: [AnchoringModule], controllers: [BatchesController] })
export class BatchesApiModule {}

/** The job handlers that a worker runs. */
export const anchoringHandlers = [SealBatchHandler, PublishRootsHandler, ConfirmRootsHandler];

/** The road from open leaves to the chain; composition provides `StoreDirectory` and `ChainClient`. */
@Module({
  imports: [AnchoringModule],
  providers: [
    AnchorDesk,
    AnchorsRepository,
    StoreRegister,
    AnchoringRows,
    AnchoringMetrics,
    SealTiming,
    SealBatch,
    CheckPending,
    BroadcastAttempt,
    PublishRoots,
    WatchBlocks,
    SettleTransactions,
    PushTransactions,
    ConfirmRoots,
    ...anchoringHandlers,
  ],
  exports: [...anchoringHandlers, SealBatch, PublishRoots, ConfirmRoots],
})
export class AnchoringWorkerModule {}

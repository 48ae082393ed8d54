import { Module } from '@nestjs/common';
import { AnchorRoads, RoadGround } from './anchor-roads.js';
import { AnchoringMetrics } from './anchoring.metrics.js';
import {
  BackAnchorHandler,
  ConfirmRootsHandler,
  PublishRootsHandler,
  SealBatchHandler,
} from './anchoring.processor.js';
import { AnchoringRows } from './anchoring-rows.js';
import { BackAnchor } from './back-anchor.js';
import { AnchorRepairs } from './anchor-repairs.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesController } from './batches.controller.js';
import { BatchesRepository } from './batches.repository.js';
import { GasAccounts } from './gas-accounts.js';
import { ListBatches } from './list-batches.js';
import { ProofsRepository } from './proofs.repository.js';
import { PublicBatchesController } from './public-batches.controller.js';
import { ReadProof } from './read-proof.js';
import { ReadTiles } from './read-tiles.js';
import { SealBatch } from './seal-batch.js';
import { SealTiming } from './seal-timing.js';
import { StuckBatchesController } from './stuck-batches.controller.js';
import { StuckBatchesRepository } from './stuck-batches.repository.js';
import { SubmitLeaf } from './submit-leaf.js';
import { TransactionsRepository } from './transactions.repository.js';

/** What other features do with anchoring: submit entries, and read what became of them. */
@Module({
  providers: [
    BatchesRepository,
    ProofsRepository,
    TransactionsRepository,
    SubmitLeaf,
    ReadProof,
    ReadTiles,
    ListBatches,
  ],
  exports: [BatchesRepository, TransactionsRepository, SubmitLeaf, ReadProof, ReadTiles, ListBatches],
})
export class AnchoringModule {}

@Module({
  imports: [AnchoringModule],
  providers: [StuckBatchesRepository, GasAccounts],
  controllers: [BatchesController, PublicBatchesController, StuckBatchesController],
})
export class BatchesApiModule {}

/** What an operator's command may put right. */
@Module({ imports: [AnchoringModule], providers: [AnchorRepairs], exports: [AnchorRepairs] })
export class AnchorRepairsModule {}

/** The job handlers that a worker runs. */
export const anchoringHandlers = [SealBatchHandler, PublishRootsHandler, ConfirmRootsHandler, BackAnchorHandler];

/** The road from open leaves to the chain; composition provides `StoreDirectory` and `Chains`. */
@Module({
  imports: [AnchoringModule],
  providers: [
    AnchorsRepository,
    AnchoringRows,
    GasAccounts,
    AnchoringMetrics,
    RoadGround,
    AnchorRoads,
    SealTiming,
    SealBatch,
    BackAnchor,
    ...anchoringHandlers,
  ],
  exports: [...anchoringHandlers],
})
export class AnchoringWorkerModule {}

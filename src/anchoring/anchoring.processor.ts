import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { confirmRootsJob, publishRootsJob, sealBatchJob } from './anchoring.jobs.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesRepository } from './batches.repository.js';
import { ConfirmRoots } from './confirm-roots.js';
import { PublishRoots } from './publish-roots.js';
import { SealBatch } from './seal-batch.js';
import { SealTiming } from './seal-timing.js';

/** What failed is left alone for this many polls, so that an issuer whose store is missing costs little. */
const POLLS_OF_REST = 5;

@Injectable()
export class SealBatchHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = sealBatchJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly sealBatch: SealBatch,
    private readonly batches: BatchesRepository,
    private readonly timing: SealTiming,
    private readonly unitOfWork: UnitOfWork,
    settings: Settings,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ issuerId }: { issuerId: string }): Promise<void> {
    await this.sealBatch.execute(issuerId);
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    const { batchSize } = this.timing;
    const issuers = await this.unitOfWork.run((tx) =>
      this.batches.findIssuersDue(tx, batchSize, this.timing.dueBefore()),
    );
    return issuers.map((issuerId) => ({ issuerId }));
  }
}

@Injectable()
export class PublishRootsHandler extends JobHandler<{ chainId: string }> {
  override readonly job = publishRootsJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly publishRoots: PublishRoots,
    private readonly anchors: AnchorsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    if (chainId === String(this.settings.chainId)) {
      await this.publishRoots.execute();
    }
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    const { chainId, anchorPollMs } = this.settings;
    const failedBefore = new Date(this.clock.now().getTime() - POLLS_OF_REST * anchorPollMs);
    const isDue = await this.unitOfWork.run((tx) => this.anchors.hasPendingDue(tx, chainId, failedBefore));
    return isDue ? [{ chainId: String(chainId) }] : [];
  }
}

@Injectable()
export class ConfirmRootsHandler extends JobHandler<{ chainId: string }> {
  override readonly job = confirmRootsJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly confirmRoots: ConfirmRoots,
    private readonly anchors: AnchorsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    if (chainId === String(this.settings.chainId)) {
      await this.confirmRoots.execute();
    }
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    const { chainId } = this.settings;
    const isDue = await this.unitOfWork.run((tx) => this.anchors.hasUnderWay(tx, chainId));
    return isDue ? [{ chainId: String(chainId) }] : [];
  }
}

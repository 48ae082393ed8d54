import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { AnchorRoads } from './anchor-roads.js';
import { backAnchorJob, confirmRootsJob, publishRootsJob, sealBatchJob } from './anchoring.jobs.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BackAnchor } from './back-anchor.js';
import { BatchesRepository } from './batches.repository.js';
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
    private readonly roads: AnchorRoads,
    private readonly anchors: AnchorsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    await this.roads.find(chainId)?.publish.execute();
  }

  override findDue(): Promise<{ chainId: string }[]> {
    const failedBefore = new Date(this.clock.now().getTime() - POLLS_OF_REST * this.settings.anchorPollMs);
    return this.unitOfWork.run((tx) =>
      chainsWhere(this.roads, (chainId) => this.anchors.hasPendingDue(tx, chainId, failedBefore)),
    );
  }
}

@Injectable()
export class ConfirmRootsHandler extends JobHandler<{ chainId: string }> {
  override readonly job = confirmRootsJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly roads: AnchorRoads,
    private readonly anchors: AnchorsRepository,
    private readonly unitOfWork: UnitOfWork,
    settings: Settings,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    await this.roads.find(chainId)?.confirm.execute();
  }

  override findDue(): Promise<{ chainId: string }[]> {
    return this.unitOfWork.run((tx) => chainsWhere(this.roads, (chainId) => this.anchors.hasUnderWay(tx, chainId)));
  }
}

/** Looks at every batch there is, so not often. At each start it is the first thing that is done. */
const BACK_ANCHOR_EVERY_MS = 600_000;

@Injectable()
export class BackAnchorHandler extends JobHandler<{ chainId: string }> {
  override readonly job = backAnchorJob;
  override readonly sweepEveryMs = BACK_ANCHOR_EVERY_MS;

  constructor(private readonly backAnchor: BackAnchor) {
    super();
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    await this.backAnchor.execute(Number(chainId));
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    return (await this.backAnchor.findLacking()).map((chainId) => ({ chainId: String(chainId) }));
  }
}

async function chainsWhere(
  roads: AnchorRoads,
  isDue: (chainId: number) => Promise<boolean>,
): Promise<{ chainId: string }[]> {
  const due: { chainId: string }[] = [];
  for (const { desk } of roads.all) {
    if (await isDue(desk.chainId)) {
      due.push({ chainId: String(desk.chainId) });
    }
  }
  return due;
}

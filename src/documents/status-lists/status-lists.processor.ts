import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { Logger } from '../../platform/observability/index.js';
import { JobHandler } from '../../platform/queue/index.js';
import { CannotSignNow } from '../../platform/signing/index.js';
import { buildStatusListsJob } from '../documents.jobs.js';
import { BuildStatusLists } from './build-status-lists.js';
import { StatusListTiming } from './status-list-timing.js';
import { StatusListsRepository } from './status-lists.repository.js';

/** Many documents that go out of force within these seconds make one new list, not many. */
const SWEEP_MS = 5_000;

@Injectable()
export class BuildStatusListsHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = buildStatusListsJob;
  override readonly sweepEveryMs = SWEEP_MS;

  constructor(
    private readonly build: BuildStatusLists,
    private readonly lists: StatusListsRepository,
    private readonly timing: StatusListTiming,
    private readonly unitOfWork: UnitOfWork,
    private readonly logger: Logger,
  ) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }, stopping: AbortSignal): Promise<void> {
    try {
      await this.build.execute(issuerId, stopping);
    } catch (error) {
      if (!(error instanceof CannotSignNow)) {
        throw error;
      }
      // The list before stays, and grows old, which is what its readers are told.
      this.logger.warn('status-list.waits', { issuerId, code: error.code, reason: error.message });
    }
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    const issuers = await this.unitOfWork.run((tx) => this.lists.issuersDue(tx, this.timing.builtBefore()));
    return issuers.map((issuerId) => ({ issuerId }));
  }
}

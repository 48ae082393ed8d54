import { Injectable } from '@nestjs/common';
import { JobHandler } from '../platform/queue/index.js';
import { lapseBurdensJob } from './certificates.jobs.js';
import { LapseDueBurdens } from './lapse-due-burdens.js';

/** Days end at midnight in China; whoever acts on a unit before the sweep comes finds the same. */
const SWEEP_EVERY_MS = 60_000;

@Injectable()
export class LapseBurdensHandler extends JobHandler<{ issuerId: string }> {
  override readonly job = lapseBurdensJob;
  override readonly sweepEveryMs = SWEEP_EVERY_MS;

  constructor(private readonly lapse: LapseDueBurdens) {
    super();
  }

  override async handle({ issuerId }: { issuerId: string }, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.lapse.execute(issuerId)) > 0) {
      // One look takes a hundred units.
    }
  }

  override async findDue(): Promise<{ issuerId: string }[]> {
    return (await this.lapse.issuers()).map((issuerId) => ({ issuerId }));
  }
}

import { expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { Logger } from '../../../src/platform/observability/index.js';
import { defineJob, JobHandler, JobQueues, JobRunner } from '../../../src/platform/queue/index.js';
import { TestInstance } from '../../support/running-instance.js';

/** Sweeps every ten minutes; the first time it cannot find out what is due. */
class RareWork extends JobHandler<{ which: string }> {
  override readonly job = defineJob<{ which: string }>({ name: 'test.rare-work', concurrency: 1, attempts: 1 });
  override readonly sweepEveryMs = 600_000;
  readonly done: string[] = [];
  asked = 0;

  override handle({ which }: { which: string }): Promise<void> {
    this.done.push(which);
    return Promise.resolve();
  }

  override findDue(): Promise<{ which: string }[]> {
    this.asked += 1;
    return this.asked === 1
      ? Promise.reject(new Error('the database is away'))
      : Promise.resolve([{ which: 'missed' }]);
  }
}

it('looks for what was missed as soon as it starts, and soon again when it could not look', async () => {
  const instance = await TestInstance.make();
  const { settings } = instance;
  const logger = new Logger(settings);
  const queues = new JobQueues(settings, logger);
  const runner = new JobRunner(queues, logger);
  const work = new RareWork();
  try {
    runner.start([work]);
    await waitUntil('it has looked', () => work.asked > 0);
    await waitUntil('what was missed is done', () => work.done.length > 0);
    expect(work.done).toEqual(['missed']);
  } finally {
    await runner.beforeApplicationShutdown();
    await queues.onApplicationShutdown();
    await instance.close();
  }
});

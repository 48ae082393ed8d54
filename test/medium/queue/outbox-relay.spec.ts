import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { makeDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import { Logger } from '../../../src/platform/observability/index.js';
import { Outbox, OutboxRelay } from '../../../src/platform/outbox/index.js';
import { defineJob, JobQueues, type JobPayload } from '../../../src/platform/queue/index.js';
import { loadSettings } from '../../../src/platform/config/index.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { TestInstance } from '../../support/running-instance.js';

const job = defineJob<{ id: string }>({ name: 'test.ring', concurrency: 1, attempts: 1 });

/** The queue accepted the job, and the process died before the row could be deleted. */
class DyingQueues extends JobQueues {
  dies = true;

  override async addByName(name: string, payload: JobPayload): Promise<void> {
    await super.addByName(name, payload);
    if (this.dies) {
      throw new Error('died');
    }
  }
}

let instance: TestInstance;
let unitOfWork: UnitOfWork;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  instance = await TestInstance.make();
  const source = await makeDataSource({
    url: instance.settings.databaseUrl,
    role: 'chopmark_worker',
    poolSize: 4,
  }).initialize();
  unitOfWork = new UnitOfWork(source, instance.settings);
  closers.push(() => source.destroy());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) {
    await close();
  }
  await instance.close();
});

const wish = (...ids: string[]) =>
  unitOfWork.run(async (tx) => {
    for (const id of ids) {
      await new Outbox().append(tx, job, { id });
    }
  });
const rowsLeft = async (): Promise<number> => Number(await instance.value('select count(*) from outbox'));

function startRelay<Queues extends JobQueues>(queues: Queues): Queues {
  const relay = new OutboxRelay(unitOfWork, queues, new Logger(instance.settings));
  relay.start();
  closers.push(async () => {
    await relay.beforeApplicationShutdown();
    await queues.onApplicationShutdown();
  });
  return queues;
}
const queuesOf = <Queues extends JobQueues>(Kind: new (...args: ConstructorParameters<typeof JobQueues>) => Queues) =>
  new Kind(instance.settings, new Logger(instance.settings));

describe('the outbox', () => {
  it('holds nothing of a transaction that was rolled back', async () => {
    await expect(
      unitOfWork.run(async (tx) => {
        await new Outbox().append(tx, job, { id: 'x' });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await rowsLeft()).toBe(0);
  });

  it('is emptied into the queue, one alarm for wishes that say the same', async () => {
    await wish('a', 'b', 'a', 'a');
    const queues = startRelay(queuesOf(JobQueues));
    await waitUntil('it is empty', async () => (await rowsLeft()) === 0);
    expect(await queues.pendingCount(job.name)).toBe(2);
  });

  it('keeps a wish whose relay died after the queue had it: it is queued again, never not at all', async () => {
    await wish('a');
    const queues = startRelay(queuesOf(DyingQueues));
    await waitUntil('it was queued', async () => (await queues.pendingCount(job.name)) > 0);
    expect(await rowsLeft()).toBe(1);

    queues.dies = false;
    await waitUntil('it is empty', async () => (await rowsLeft()) === 0);
    expect(await queues.pendingCount(job.name)).toBeGreaterThanOrEqual(2);
  });

  it('gives each wish to one of several relays', async () => {
    await wish(...Array.from({ length: 1_000 }, (_, index) => `id-${index}`));
    const queues = [startRelay(queuesOf(JobQueues)), startRelay(queuesOf(JobQueues))];
    await waitUntil('it is empty', async () => (await rowsLeft()) === 0);
    expect(await queues[0]?.pendingCount(job.name)).toBe(1_000);
  });

  it.skipIf(inject('redisUrl') === null)('keeps every wish while the queue is away', async () => {
    const link = await CuttableLink.to(inject('redisUrl') ?? '');
    const settings = loadSettings({ ...instance.environment, REDIS_URL: link.url });
    await link.cut();
    await wish('a', 'b');
    const queues = startRelay(new JobQueues(settings, new Logger(instance.settings)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await rowsLeft()).toBe(2);

    await link.mend();
    closers.unshift(() => link.cut());
    await waitUntil('it is empty', async () => (await rowsLeft()) === 0);
    expect(await queues.pendingCount(job.name)).toBeGreaterThanOrEqual(2);
  });
});

import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  anchoringHandlers,
  BackAnchorHandler,
  ConfirmRootsHandler,
  PublishRootsHandler,
  SealBatchHandler,
} from '../../../src/anchoring/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { Logger } from '../../../src/platform/observability/index.js';
import { OutboxRelay } from '../../../src/platform/outbox/index.js';
import { JobQueues, JobRunner } from '../../../src/platform/queue/index.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { assemble, makeWorld, startChain, type TestChain, type World } from './anchoring-world.js';

const backends = [
  { name: 'Redis', redisUrl: inject('redisUrl') },
  { name: 'Postgres', redisUrl: '' },
].filter((backend): backend is { name: string; redisUrl: string } => backend.redisUrl !== null);

describe.each(backends)('a worker with its jobs in $name', ({ redisUrl }) => {
  let chain: TestChain;
  let world: World;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    chain = await startChain();
  });
  afterAll(() => chain.stop());
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop();
    }
  });

  const start = async (): Promise<void> => {
    world = await makeWorld(chain, {
      redisUrl,
      queuePrefix: `{test-${randomBytes(6).toString('hex')}}`,
      chainConfirmations: 1,
      anchorBatchMaxAgeMs: 100,
      anchorPollMs: 100,
    });
    stops.push(() => world.close());
  };

  /** What a worker process runs of anchoring. */
  const startWorker = (): void => {
    const { settings, unitOfWork, clock, client } = world;
    const parts = assemble(client, world);
    const { batches, anchors } = parts.repositories;
    const handlers = [
      new SealBatchHandler(parts.sealBatch, batches, parts.timing, unitOfWork, settings),
      new PublishRootsHandler(parts.roads, anchors, unitOfWork, settings, clock),
      new ConfirmRootsHandler(parts.roads, anchors, unitOfWork, settings),
      new BackAnchorHandler(parts.backAnchor),
    ];
    expect(handlers).toHaveLength(anchoringHandlers.length);
    const logger = new Logger(settings);
    const queues = new JobQueues(settings, logger);
    const runner = new JobRunner(queues, logger);
    const relay = new OutboxRelay(new UnitOfWork(world.source, settings), queues, logger);
    runner.start(handlers);
    relay.start();
    stops.push(async () => {
      await relay.beforeApplicationShutdown();
      await runner.beforeApplicationShutdown();
      await queues.onApplicationShutdown();
    });
  };

  const submit = (issuerId: string, count: number): Promise<void> =>
    world.unitOfWork.run((tx) =>
      world.submitLeaf.execute(
        tx,
        issuerId,
        Array.from({ length: count }, () => new Uint8Array(randomBytes(32))),
      ),
    );
  const confirmedLeaves = async (): Promise<number> => {
    const [row] = await world.query<{ size: string | null }>(
      `select sum(b.size) as size from anchors a join anchor_batches b on b.id = a.batch_id
       where a.state in ('confirmed', 'final')`,
    );
    return Number(row?.size ?? 0);
  };

  it('brings entries to the chain without being told', async () => {
    await start();
    const { id } = await world.addIssuer();
    startWorker();
    await submit(id, 700);
    await waitUntil('all entries are confirmed', async () => (await confirmedLeaves()) === 700);
  });

  it('anchors once with two workers, and loses nothing when all jobs are lost', async () => {
    await start();
    const issuers = [await world.addIssuer(), await world.addIssuer(), await world.addIssuer()];
    startWorker();
    startWorker();
    for (const { id } of issuers) {
      await submit(id, 50);
    }
    if (redisUrl === '') {
      await waitUntil('BullMQ has its tables', async () => (await jobTables()).length > 0);
      for (const { tablename } of await jobTables()) {
        await world.query(`delete from bull."${tablename}"`);
      }
    } else {
      const redis = new Redis(redisUrl);
      const keys = await redis.keys(`${world.settings.queuePrefix.replaceAll(/[{}]/g, '\\$&')}*`);
      await Promise.all(keys.map((key) => redis.del(key)));
      redis.disconnect();
    }
    await waitUntil('all entries are confirmed', async () => (await confirmedLeaves()) === 150);
    const [row] = await world.query<{ roots: string; carried: string }>(
      `select count(*) as roots, (select count(*) from anchor_transactions) as carried from anchors`,
    );
    expect(Number(row?.roots)).toBeGreaterThanOrEqual(3);
    expect(await chain.client.nonceOf(world.relayer)).toBe(Number(row?.carried));
  });

  const jobTables = (): Promise<{ tablename: string }[]> =>
    world.query(`select tablename from pg_tables where schemaname = 'bull' and tablename like '%job%'`);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../../scripts/embedded/anvil.js';
import { startRedis, type RunningRedis } from '../../../scripts/embedded/redis.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { rpcTo } from '../../../scripts/launch/chain-keys.js';
import { Logger } from '../../../src/platform/observability/index.js';
import { JobQueues } from '../../../src/platform/queue/index.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

const redisUrl = inject('redisUrl');
const BACKENDS = [
  ['PostgreSQL', ''],
  ['Redis', redisUrl],
] as const;

let anvil: RunningAnvil;
let instance: TestInstance;

beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());
afterEach(() => instance.close());

/** A chain of one's own, so that blocks can be put on top until anchors are final. */
async function makeInstance(environment: Record<string, string>): Promise<{ issuer: TestIssuer; api: Running }> {
  instance = await TestInstance.make({ CHAIN_RPC_URL: anvil.url, CHAIN_ID: String(anvil.chainId), ...environment });
  return { issuer: await instance.addIssuer(), api: await instance.startApi() };
}

async function expectAllAnchoredOnce(documents: number): Promise<void> {
  const isEmpty = 'select count(*) = 0 from outbox';
  await waitUntil('every wish was passed on', async () => (await instance.value(isEmpty)) === true);
  const counts = await instance.query<Record<string, string>>(
    `select (select count(*) from documents) as documents, (select count(*) from document_files) as files,
            (select count(*) from anchor_leaves) as leaves, (select count(distinct leaf) from document_events) as events,
            (select sum(size) from anchor_batches) as in_batches`,
  );
  const all = String(documents);
  expect(counts).toEqual([{ documents: all, files: all, leaves: all, events: all, in_batches: all }]);
}

describe.each(BACKENDS)('with its jobs in %s', (name, url) => {
  it.skipIf(url === null)('an invoice goes the whole road until its anchor is final', async () => {
    const { issuer, api } = await makeInstance({ REDIS_URL: url ?? '', CHAIN_CONFIRMATIONS: '3' });
    const worker = await instance.startWorker();
    expect(worker.app.get(JobQueues, { strict: false }).backend.kind).toBe(name === 'Redis' ? 'redis' : 'postgres');
    const caller = callerOf(api, issuer);

    const issued = await caller.issueMany(20);
    await instance.waitUntilAnchored('anchored');
    await rpcTo(anvil.url)('anvil_mine', '0x80');
    await instance.waitUntilAnchored('final');

    await expectAllAnchoredOnce(20);
    expect((await caller.file(issued[0]?.id ?? '')).status).toBe(200);
  });

  it.skipIf(url === null)('what was issued while no worker ran is drawn and anchored when one starts', async () => {
    const { issuer, api } = await makeInstance({ REDIS_URL: url ?? '' });
    await callerOf(api, issuer).issueMany(20);
    await instance.startWorker();
    await instance.waitUntilAnchored();
    await expectAllAnchoredOnce(20);
  });

  it.skipIf(url === null)('a job that died with its worker keeps nobody waiting for it', async () => {
    const { issuer, api } = await makeInstance({ REDIS_URL: url ?? '' });
    await callerOf(api, issuer).issueMany(3);
    const queues = new JobQueues(instance.settings, new Logger(instance.settings));
    await queues.addByName('documents.render', { issuerId: issuer.id });
    await instance.query('delete from outbox');
    let hasBegun = false;
    const never = new Promise<void>(() => undefined);
    const begin = (): Promise<void> => ((hasBegun = true), never);
    const dying = queues.backend.makeWorker('documents.render', begin, { concurrency: 1 });
    await waitUntil('it has begun', () => hasBegun);
    await dying.close(true);

    await instance.startWorker();

    await instance.waitUntilRendered(15_000);
    await queues.onApplicationShutdown();
  });
});

describe.skipIf(redisUrl === null)('Redis is only the alarm clock', () => {
  let redis: RunningRedis;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'chopmark-redis-'));
  beforeAll(async () => {
    redis = await startRedis({ dataDirectory });
  });
  afterAll(async () => {
    await redis.stop();
    rmSync(dataDirectory, { recursive: true });
  });

  const flush = async (): Promise<number> => {
    const client = new Redis(redis.url);
    const size = await client.dbsize();
    await client.flushall();
    client.disconnect();
    return size;
  };

  it('emptying it between issue and drawing, and between drawing and anchoring, loses nothing', async () => {
    const { issuer, api } = await makeInstance({ REDIS_URL: redis.url });
    // A worker that only passes the alarms on: they are in Redis, and nobody has acted on them.
    const relay = await instance.startWorker({ RENDER_ENABLED: 'false', ANCHOR_POLL_MS: '600000' });
    await callerOf(api, issuer).issueMany(30);
    await waitUntil(
      'the wishes are in Redis',
      async () => (await instance.value('select count(*) from outbox')) === '0',
    );
    await relay.stop();
    expect(await flush()).toBeGreaterThan(0);

    const drawer = await instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
    await instance.waitUntilRendered();
    await drawer.stop();
    await flush();
    expect(await instance.value('select count(*) from anchor_batches')).toBe('0');

    await instance.startWorker();
    await instance.waitUntilAnchored();
    await expectAllAnchoredOnce(30);
  });

  it('emptying it again and again while workers run loses nothing', async () => {
    const { issuer, api } = await makeInstance({ REDIS_URL: redis.url });
    await instance.startWorker();
    for (let round = 0; round < 5; round += 1) {
      await callerOf(api, issuer).issueMany(8);
      await flush();
    }
    await instance.waitUntilAnchored();
    await expectAllAnchoredOnce(40);
  });

  it('processes that start while it is away serve, and find it when it is there', async () => {
    const link = await CuttableLink.to(redis.url);
    await link.cut();
    const { issuer, api } = await makeInstance({ REDIS_URL: link.url });
    await instance.startWorker();
    await callerOf(api, issuer).issueMany(5);
    expect((await callerOf(api, issuer).get<{ status: string }>('/health/ready')).body.status).toBe('degraded');

    await link.mend();

    await instance.waitUntilAnchored();
    await expectAllAnchoredOnce(5);
    await instance.stopAll();
    await link.cut();
  });

  it('killing it and starting it again with nothing in it: issuing goes on, and the rest catches up', async () => {
    const link = await CuttableLink.to(redis.url);
    const { issuer, api } = await makeInstance({ REDIS_URL: link.url });
    const caller = callerOf(api, issuer);
    await instance.startWorker();
    await caller.issueMany(5);

    await link.cut();
    process.kill(redis.pid, 'SIGKILL');
    await caller.issueMany(20);
    expect((await caller.get<{ status: string }>('/health/ready')).body.status).toBe('degraded');
    rmSync(join(dataDirectory, 'appendonlydir'), { recursive: true, force: true });
    redis = await startRedis({ dataDirectory, port: redis.port });
    await link.mend();

    await instance.waitUntilAnchored();
    await expectAllAnchoredOnce(25);
    await waitUntil('all is ready', async () => {
      const { body } = await caller.get<{ status: string }>('/health/ready');
      return body.status === 'ready';
    });
    await instance.stopAll();
    await link.cut();
  });
});

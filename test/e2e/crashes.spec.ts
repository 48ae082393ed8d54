import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startAnvil, type RunningAnvil } from '../../scripts/embedded/anvil.js';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { ChainClient } from '../../src/platform/chain/index.js';
import type { ApiCaller, Issued } from '../support/api-caller.js';
import { ensureBuilt, startApp, type AppChild } from '../support/child-instance.js';
import { callerOf, TestInstance, type TestIssuer } from '../support/running-instance.js';

let anvil: RunningAnvil;
let instance: TestInstance;
let issuers: TestIssuer[];
const children: AppChild[] = [];

beforeAll(() => {
  ensureBuilt();
});

/** Reproduced by setting the seed; each run of the suite kills at other moments. */
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
let state = seed;
const random = (below: number): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return (state / 2_147_483_648) * below;
};

async function makeInstance(environment: Record<string, string> = {}): Promise<void> {
  anvil = await startAnvil({ blockTime: 1 });
  instance = await TestInstance.make({
    CHAIN_RPC_URL: anvil.url,
    CHAIN_ID: String(anvil.chainId),
    ...environment,
  });
  issuers = [await instance.addIssuer('tingtao'), await instance.addIssuer('yunfan')];
}

async function start(name: 'main' | 'worker', environment: Record<string, string> = {}): Promise<AppChild> {
  const child = await startApp(name, { ...instance.environment, ...environment });
  children.push(child);
  return child;
}

async function endAll(): Promise<void> {
  await Promise.all(children.splice(0).map((child) => Promise.race([child.terminate(), pause(12_000)])));
  await instance.close();
  await anvil.stop();
}

type Load = {
  /** Resolves when so many were answered with 201: on a slow machine that takes longer. */
  hasAnswered(count: number): Promise<void>;
  stop(): Promise<Issued[]>;
};

/** Each caller issues one after the other until told to stop; answers what was answered with 201. */
function load(callers: readonly ApiCaller[], pauseMs: number): Load {
  const answered: Issued[] = [];
  let isOver = false;
  const clients = callers.map(async (caller) => {
    while (!isOver) {
      try {
        const { status, body } = await caller.tryToIssue();
        if (status === 201) {
          answered.push(body);
        }
      } catch {
        // The process died under the request: the client knows nothing.
      }
      await pause(pauseMs);
    }
  });
  return {
    hasAnswered: async (count) => {
      while (answered.length < count) {
        await pause(20);
      }
    },
    stop: async () => {
      isOver = true;
      await Promise.all(clients);
      return answered;
    },
  };
}

type Row = { documents: string; files: string; leaves: string; entries: string; in_batches: string };

async function expectEachAnchoredOnce(): Promise<void> {
  const [row] = await instance.query<Row>(
    `select (select count(*) from documents) as documents, (select count(*) from document_files) as files,
            (select count(distinct leaf) from document_events where leaf is not null) as leaves,
            (select count(*) from anchor_leaves where batch_id is not null) as entries,
            (select sum(size) from anchor_batches) as in_batches`,
  );
  expect(new Set(Object.values(row ?? {})).size, JSON.stringify(row)).toBe(1);

  const batches = await instance.query<{ root: Buffer; store: Buffer; transaction_hash: Buffer | null }>(
    `select b.root, i.store_address as store, a.transaction_hash from anchor_batches b
     join issuers i on i.id = b.issuer_id join anchors a on a.batch_id = b.id`,
  );
  const chain = new ChainClient({ rpcUrls: [anvil.url], chainId: anvil.chainId });
  try {
    for (const { root, store, transaction_hash: hash } of batches) {
      expect(await chain.isIssued(store, root)).toBe(true);
      expect(hash === null ? null : (await chain.receipt(hash))?.status).toBe('succeeded');
    }
    await expectRootsSentOnce(
      chain,
      batches.map(({ root }) => root.toString('hex')),
    );
  } finally {
    chain.close();
  }
}

/** No two transactions that succeeded say that they anchored the same root. */
async function expectRootsSentOnce(chain: ChainClient, roots: readonly string[]): Promise<void> {
  const attempts = await instance.query<{ hash: Buffer }>('select hash from anchor_transactions');
  const seen = new Map(roots.map((root) => [root, 0]));
  for (const { hash } of attempts) {
    const receipt = await chain.receipt(hash);
    const said = JSON.stringify(
      (receipt?.status === 'succeeded' ? receipt.logs : []).map(({ address, ...log }) =>
        stores().has(address.toLowerCase()) ? log : null,
      ),
    );
    for (const root of roots.filter((each) => said.includes(each))) {
      seen.set(root, (seen.get(root) ?? 0) + 1);
    }
  }
  expect(
    [...seen.values()].every((times) => times === 1),
    JSON.stringify([...seen]),
  ).toBe(true);
}

const stores = (): Set<string> => new Set(issuers.map(({ store }) => store.toLowerCase()));

async function expectStoredWithoutGap(answered: readonly Issued[]): Promise<void> {
  const rows = await instance.query<{ id: string; number: string; issuer_id: string; serial: string }>(
    'select id, number, issuer_id, serial from documents order by serial',
  );
  const numbers = new Map(rows.map(({ id, number }) => [id, number]));
  expect(answered.filter(({ id, number }) => numbers.get(id) !== number)).toEqual([]);
  for (const { id } of issuers) {
    const serials = rows.filter((row) => row.issuer_id === id).map(({ serial }) => Number(serial));
    expect(serials).toEqual(serials.map((_, index) => index + 1));
  }
}

const BACKENDS = inject('redisUrl') === null ? [''] : ['', inject('redisUrl') ?? ''];

describe.each(BACKENDS)('under load, with jobs in %j', (redisUrl) => {
  beforeAll(() => makeInstance({ REDIS_URL: redisUrl }));
  afterAll(endAll);

  it(`workers killed at any moment draw and anchor each document exactly once (CHAOS_SEED=${seed})`, async () => {
    const api = await start('main');
    const clients = load(
      issuers.flatMap((issuer) => [callerOf(api, issuer), callerOf(api, issuer)]),
      150,
    );
    for (let round = 0; round < 4; round += 1) {
      const worker = await start('worker');
      await pause(200 + random(1_800));
      await worker.kill();
    }
    await clients.hasAnswered(51);
    const answered = await clients.stop();
    await start('worker');

    await instance.waitUntilAnchored('confirmed', 90_000);
    expect(answered.length).toBeGreaterThan(50);
    await expectStoredWithoutGap(answered);
    await expectEachAnchoredOnce();
  });
});

describe('an API that is killed', () => {
  beforeAll(() => makeInstance());
  afterAll(endAll);

  it(`has stored all that it answered with 201, and leaves no gap (CHAOS_SEED=${seed})`, async () => {
    const answered: Issued[] = [];
    for (let round = 0; round < 3; round += 1) {
      const api = await start('main');
      const callers = Array.from({ length: 16 }, (_, index) => callerOf(api, issuers[index % 2] as TestIssuer));
      const clients = load(callers, 0);
      await clients.hasAnswered(20);
      await pause(random(700));
      await api.kill();
      answered.push(...(await clients.stop()));
    }
    expect(answered.length).toBeGreaterThan(50);
    await expectStoredWithoutGap(answered);
    expect(await instance.value("select count(*) > 0 from outbox where topic = 'documents.render'")).toBe(true);
  });
});

describe('SIGTERM', () => {
  beforeAll(() => makeInstance());
  afterAll(endAll);

  it('lets an API answer the requests that it has taken: nothing is stored whose caller was not told', async () => {
    const api = await start('main');
    const caller = callerOf(api, issuers[0] as TestIssuer);
    const first = await caller.issue();
    const waiting = caller.file(first.id, 2);
    const issuing = Promise.allSettled(Array.from({ length: 60 }, () => caller.issue()));
    const stored = async (): Promise<number> => Number(await instance.value('select count(*) from documents'));
    await waitUntil('they are under way', async () => (await stored()) > 1, { intervalMs: 1 });

    const ended = api.terminate();

    const answered = (await issuing).flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect((await waiting).status).toBe(202);
    expect(await ended).toMatch(/^(SIGTERM|code 0)$/);
    await expectStoredWithoutGap(answered);
    expect(answered.length + 1).toBe(await stored());
  });

  it('lets a worker finish what it draws: nothing is rolled back, and it ends in time', async () => {
    const api = await start('main');
    await callerOf(api, issuers[0] as TestIssuer).issueMany(40);
    const worker = await start('worker', { RENDER_CHUNK: '16' });
    // It draws while it holds the rows that it has claimed.
    const isDrawing = `select count(*) > 0 from pg_stat_activity where datname = current_database()
      and state = 'idle in transaction' and query like '%rendered_at is null%for update skip locked'`;
    await waitUntil('it draws', async () => (await instance.value(isDrawing)) === true, { intervalMs: 5 });
    const started = performance.now();
    expect(await worker.terminate()).toMatch(/^(SIGTERM|code 0)$/);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await instance.value('select count(*) > 0 from documents where rendered_at is not null')).toBe(true);
    expect(worker.log()).not.toMatch(/"level":"(error|warn)"/);
  });

  it('ends a process whose work does not end, after the grace', async () => {
    const api = await start('main', { SHUTDOWN_GRACE_MS: '500' });
    const caller = callerOf(api, issuers[0] as TestIssuer);
    const { id } = await caller.issue();
    const endless = await waitForFile(api, issuers[0] as TestIssuer, id);

    const started = performance.now();
    expect(await api.terminate()).toBe('code 1');
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(await endless.answer).toBeNull();
  });
});

/** Asks for a file that nobody draws; returns as soon as the process has the question, with the status of its answer or null. */
async function waitForFile(
  { url }: AppChild,
  { apiKey }: TestIssuer,
  id: string,
): Promise<{ readonly answer: Promise<number | null> }> {
  const headers = { authorization: `Bearer ${apiKey}`, prefer: 'wait=30', expect: '100-continue' };
  const question = request(`${url}/v1/documents/${id}/file`, { headers });
  const answer = new Promise<number | null>((resolve) => {
    question.once('response', ({ statusCode = 0 }) => {
      resolve(statusCode);
    });
    question.once('error', () => {
      resolve(null);
    });
  });
  question.end();
  await once(question, 'continue');
  return { answer };
}

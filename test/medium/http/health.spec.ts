import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { ApiCaller } from '../../support/api-caller.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { callerOf, TestInstance, type Running } from '../../support/running-instance.js';

type Report = { status: string; database: string; migrations: string; queue: string; chain: string };

let instance: TestInstance;
let links: { database: CuttableLink; chain: CuttableLink };
let api: Running;
let caller: ApiCaller;

beforeAll(async () => {
  instance = await TestInstance.make();
  const issuer = await instance.addIssuer();
  links = {
    database: await CuttableLink.to(instance.settings.databaseUrl),
    chain: await CuttableLink.to(inject('chainRpcUrl')),
  };
  api = await instance.startApi({ DATABASE_URL: links.database.url, CHAIN_RPC_URL: links.chain.url, HOST: '0.0.0.0' });
  caller = callerOf(api, issuer);
});
afterAll(async () => {
  await instance.close();
  await Promise.all([links.database.cut(), links.chain.cut()]);
});

const ready = () => caller.get<Report>('/health/ready');

describe('readiness', () => {
  it('is whole while everything answers', async () => {
    const { status, body } = await ready();
    expect(status).toBe(200);
    expect(body).toEqual({ status: 'ready', database: 'ok', migrations: 'ok', queue: 'ok', chain: 'ok' });
  });

  it('is degraded, and serves on, while the chain is away', async () => {
    await links.chain.cut();
    try {
      const { status, body } = await ready();
      expect([status, body.status, body.chain]).toEqual([200, 'degraded', 'failing']);
      expect((await caller.tryToIssue()).status).toBe(201);
    } finally {
      await links.chain.mend();
    }
    await waitUntil('all is ready', async () => (await ready()).body.status === 'ready');
  });

  it('is 503 while the database is away; the process lives, says so, and serves again afterwards', async () => {
    await links.database.cut();
    try {
      const { status, body } = await ready();
      expect([status, body.status, body.database]).toEqual([503, 'not-ready', 'failing']);
      expect((await caller.get('/health/live')).body).toEqual({ status: 'alive' });
      const refused = await caller.tryToIssue();
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(refused.status).toBe(503);
    } finally {
      await links.database.mend();
    }
    await waitUntil('all is ready', async () => (await ready()).body.status === 'ready');
    expect((await caller.tryToIssue()).status).toBe(201);
  });
});

describe('metrics', () => {
  it('are told to this machine', async () => {
    await caller.issue();
    const { status, body } = await caller.get<string>('/metrics');
    expect(status).toBe(200);
    expect(body).toMatch(/^chopmark_documents_issued_total\{kind="invoice.vat"\} [1-9]/m);
    expect(body).toMatch(/chopmark_http_request_seconds_count\{method="POST",route="\/v1\/invoices",status="201"\}/);
    expect(body).not.toContain('深圳');
  });

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;
  it.skipIf(outside === undefined)('are told to no other machine', async () => {
    const stranger = new ApiCaller(`http://${outside ?? ''}:${new URL(api.url).port}`);
    expect((await stranger.get('/health/live')).status).toBe(200);
    expect((await stranger.get('/metrics')).status).toBe(401);
  });

  it('are told to nobody through a proxy on this machine, which comes from here too', async () => {
    const caller = new ApiCaller(api.url);
    expect((await caller.get('/metrics')).status).toBe(200);
    for (const header of ['forwarded', 'x-forwarded-for']) {
      expect((await caller.get('/metrics', { [header]: '203.0.113.9' })).status).toBe(401);
    }
  });

  it('are told to the bearer of the token only, where there is one', async () => {
    const guarded = new ApiCaller((await instance.startApi({ METRICS_TOKEN: 'let-me-see' })).url);
    const worker = new ApiCaller((await instance.startWorker({ METRICS_TOKEN: 'let-me-see' })).url);
    for (const process of [guarded, worker]) {
      const refused = await process.get('/metrics');
      expect([refused.status, refused.headers.get('content-type')]).toEqual([
        401,
        expect.stringContaining('application/problem+json'),
      ]);
      expect((await process.get('/metrics', { authorization: 'Bearer let-me-see' })).status).toBe(200);
    }
  });
});

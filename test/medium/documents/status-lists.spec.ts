import { gunzipSync } from 'node:zlib';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SubmitLeaf } from '../../../src/anchoring/index.js';
import { WorkerModule } from '../../../src/composition/worker.module.js';
import { BuildStatusLists, BuildStatusListsHandler } from '../../../src/documents/index.js';
import { fromHex, to0x } from '../../../src/kernel/index.js';
import { ChainClient } from '../../../src/platform/chain/index.js';
import { SigningKeyMissing, SigningKeys } from '../../../src/platform/signing/index.js';
import {
  openStatusList,
  parseEvidenceBundle,
  statusByList,
  statusListLeaf,
  verifyInclusion,
  type EvidenceBundle,
  type StatusList,
} from '../../../src/proof/index.js';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let caller: ApiCaller;
const opened: INestApplicationContext[] = [];

beforeEach(async () => {
  instance = await TestInstance.make();
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map((context) => context.close()));
  await instance.close();
});

/** What a worker process is made of, with nothing in it running by itself. */
async function idleWorker(): Promise<INestApplicationContext> {
  const context = await NestFactory.createApplicationContext(WorkerModule.for(instance.settings), { logger: false });
  opened.push(context);
  return context;
}

const revoke = ({ id }: Issued) => caller.post(`/v1/documents/${id}/revocation`, { reason: 'fraud' });
const idOf = (purpose: 'revocation' | 'message'): string => `${issuer.store.toLowerCase()}-${purpose}-0`;
const fetchList = (id: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}/v1/status-lists/${id}`, { headers });
const openToken = (token: string): Promise<StatusList> =>
  openStatusList(token, {
    subtle: globalThis.crypto.subtle,
    gunzip: (compressed, limit) => gunzipSync(compressed, { maxOutputLength: limit }),
    isBelieved: () => true,
  });
const listOf = async (purpose: 'revocation' | 'message'): Promise<StatusList> =>
  openToken(await (await fetchList(idOf(purpose))).text());
const indexOf = async ({ id }: Issued): Promise<number> =>
  Number(await instance.value('select status_index from documents where id = $1', [id]));

/** What a stranger finds out about a document with nothing but the lists. */
async function askLists(entries: EvidenceBundle['credentialStatus'] = []): Promise<string | undefined> {
  const lists = await Promise.all([listOf('revocation'), listOf('message')]);
  const find = (id: string): StatusList[] =>
    lists.filter(({ store, purpose, number }) => id === `${store}-${purpose}-${number}`);
  return (await statusByList({ store: issuer.store, entries }, { find, now: new Date() }))?.code;
}

async function bundleOf({ id }: Issued): Promise<EvidenceBundle> {
  return parseEvidenceBundle((await caller.get(`/v1/documents/${id}/evidence`)).body);
}

describe('places in status lists', () => {
  it('are given once each, without a gap, to 200 documents that are issued at once by two processes', async () => {
    const second = callerOf(await instance.startApi(), issuer);
    const issued = await Promise.all(
      Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? caller : second).issue()),
    );
    expect(new Set(issued.map(({ id }) => id)).size).toBe(200);
    const rows = await instance.query<{ status_index: number }>(
      'select status_index from documents order by status_index',
    );
    expect(rows.map(({ status_index }) => status_index)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('are counted for each issuer by itself', async () => {
    const other = await instance.addIssuer('yunfan');
    await caller.issueMany(2);
    await callerOf(api, other).issue();
    const rows = await instance.query('select issuer_id, next_index from status_counters order by next_index');
    expect(rows).toEqual([
      { issuer_id: other.id, next_index: 1 },
      { issuer_id: issuer.id, next_index: 2 },
    ]);
  });
});

describe('status lists', () => {
  it('show a revocation as soon as the job has run, to somebody who trusts the signature alone', async () => {
    const [kept, revoked] = (await caller.issueMany(2)) as [Issued, Issued];
    const worker = await instance.startWorker();
    await instance.waitUntilAnchored();
    await worker.stop();
    const build = (await idleWorker()).get(BuildStatusLists);
    await build.execute(issuer.id);
    const entries = {
      kept: (await bundleOf(kept)).credentialStatus,
      revoked: (await bundleOf(revoked)).credentialStatus,
    };
    expect(await askLists(entries.revoked)).toBe('status.by-list');

    expect((await revoke(revoked)).status).toBe(201);
    expect(await build.execute(issuer.id)).toBe(1);
    expect(await askLists(entries.revoked)).toBe('status.revocation-recorded');
    expect(await askLists(entries.kept)).toBe('status.by-list');
    expect(entries.revoked?.map(({ statusListIndex }) => Number(statusListIndex))).toEqual(
      Array(2).fill(await indexOf(revoked)),
    );
    expect(await build.execute(issuer.id)).toBe(0);
  });

  it('are made by a worker by itself, and their content is anchored with a proof that anybody may read', async () => {
    const issued = await caller.issue();
    await revoke(issued);
    await instance.startWorker();
    await vi.waitFor(
      async () => {
        expect((await fetchList(idOf('message'))).status).toBe(200);
      },
      { timeout: 30_000, interval: 200 },
    );
    await instance.waitUntilAnchored();
    for (const purpose of ['revocation', 'message'] as const) {
      const { bits } = await listOf(purpose);
      const leaf = statusListLeaf(idOf(purpose), bits);
      const { body } = await caller.get<{ versions: VersionBody[] }>(`/v1/status-lists/${idOf(purpose)}/versions`);
      const [version] = body.versions;
      expect(version?.leaf).toBe(to0x(leaf));
      const { proof } = version as VersionBody;
      const claim = {
        ...{ leaf, root: fromHex(proof.root), proof: proof.hashes.map(fromHex) },
        ...{ size: proof.batchSize, index: proof.leafIndex },
      };
      expect(verifyInclusion(claim)).toBe(true);
      const chain = (await idleWorker()).get(ChainClient, { strict: false });
      expect(await chain.isIssued(issuer.store, proof.root)).toBe(true);
    }
  });

  it('are signed anew when they grow old, under the same version and the same leaf', async () => {
    await revoke(await caller.issue());
    const build = (await idleWorker()).get(BuildStatusLists);
    await build.execute(issuer.id);
    const before = await fetchList(idOf('revocation'));
    await instance.query(`update status_lists set valid_from = valid_from - interval '2 hours'`);
    expect(await build.execute(issuer.id)).toBe(1);
    const after = await fetchList(idOf('revocation'));
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(await instance.value('select max(version) from status_list_versions')).toBe(1);
    expect(await instance.value('select count(*)::int from anchor_leaves')).toBe(2);
  });

  it('keep what they said before, each with its time', async () => {
    const build = (await idleWorker()).get(BuildStatusLists);
    for (const issued of await caller.issueMany(3)) {
      await revoke(issued);
      await build.execute(issuer.id);
    }
    const { body } = await caller.get<{ versions: VersionBody[] }>(`/v1/status-lists/${idOf('message')}/versions`);
    expect(body.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(new Set(body.versions.map(({ leaf }) => leaf)).size).toBe(3);
    const times = body.versions.map(({ firstAt }) => Date.parse(firstAt));
    expect(times).toEqual([...times].sort((left, right) => right - left));
  });

  it('are as they were when a worker dies between building and publishing; the next one finishes', async () => {
    const issued = await caller.issue();
    const dying = await idleWorker();
    await dying.get(BuildStatusLists).execute(issuer.id);
    const before = await (await fetchList(idOf('revocation'))).text();
    await revoke(issued);
    vi.spyOn(dying.get(SubmitLeaf, { strict: false }), 'execute').mockRejectedValueOnce(new Error('killed'));
    await expect(dying.get(BuildStatusLists).execute(issuer.id)).rejects.toThrow('killed');
    expect(await (await fetchList(idOf('revocation'))).text()).toBe(before);

    const next = (await idleWorker()).get(BuildStatusListsHandler);
    const due = await next.findDue();
    expect(due).toEqual([{ issuerId: issuer.id }]);
    await next.handle({ issuerId: issuer.id }, new AbortController().signal);
    expect((await listOf('revocation')).bits[0]).toBe(0b1000_0000);
    expect(await next.findDue()).toEqual([]);
  });

  it('lose no revocation to two workers that build at once while more come in', async () => {
    const issued = await caller.issueMany(30);
    const workers = [(await idleWorker()).get(BuildStatusLists), (await idleWorker()).get(BuildStatusLists)];
    const revoking = Promise.all(issued.map((one) => revoke(one)));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(workers.map((worker) => worker.execute(issuer.id)));
    }
    await revoking;
    await workers[0]?.execute(issuer.id);
    expect([...(await listOf('revocation')).bits.subarray(0, 4)]).toEqual([255, 255, 255, 252]);
    expect(await instance.value('select count(*)::int from document_ends where not listed')).toBe(0);
  });

  it('wait, and say why, while their issuer cannot sign', async () => {
    await revoke(await caller.issue());
    const worker = await idleWorker();
    vi.spyOn(worker.get(SigningKeys, { strict: false }), 'forIssuer').mockRejectedValueOnce(
      new SigningKeyMissing(issuer.id),
    );
    const handler = worker.get(BuildStatusListsHandler);
    await handler.handle({ issuerId: issuer.id }, new AbortController().signal);
    expect((await fetchList(idOf('revocation'))).status).toBe(404);
    expect(await handler.findDue()).toEqual([{ issuerId: issuer.id }]);
  });
});

type VersionBody = {
  readonly version: number;
  readonly leaf: string;
  readonly firstAt: string;
  readonly proof: {
    readonly root: string;
    readonly hashes: string[];
    readonly leafIndex: number;
    readonly batchSize: number;
  };
};

describe('GET /v1/status-lists/{id}', () => {
  beforeEach(async () => {
    await caller.issue();
    await (await idleWorker()).get(BuildStatusLists).execute(issuer.id);
  });

  it('answers anybody with a signed credential that caches may keep for a while', async () => {
    const response = await fetchList(idOf('revocation'));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/vc+jwt']);
    expect(response.headers.get('cache-control')).toBe('public, max-age=60, stale-if-error=3600');
    const { validFrom, validUntil } = await openToken(await response.text());
    expect(validUntil.getTime() - validFrom.getTime()).toBe(2 * 3_600_000);
    expect(response.headers.get('last-modified')).toBe(validFrom.toUTCString());
  });

  it('answers 304 to whoever has it', async () => {
    const { headers } = await fetchList(idOf('revocation'));
    const [etag, modified] = [headers.get('etag') ?? '', headers.get('last-modified') ?? ''];
    const statusWith = async (given: Record<string, string>) => (await fetchList(idOf('revocation'), given)).status;
    expect(await statusWith({ 'if-none-match': etag })).toBe(304);
    expect(await statusWith({ 'if-none-match': `"x", W/${etag}` })).toBe(304);
    expect(await statusWith({ 'if-modified-since': modified })).toBe(304);
    expect(await statusWith({ 'if-none-match': '"x"', 'if-modified-since': modified })).toBe(200);
    expect(await statusWith({ 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBe(200);
  });

  it('knows no other lists, and names what is wrong with an id', async () => {
    const missing = await caller.get<{ code: string }>(`/v1/status-lists/${idOf('revocation').replace(/0$/, '7')}`);
    expect([missing.status, missing.body.code]).toEqual([404, 'documents.status-list-not-found']);
    const wrong = await caller.get<{ errors: { field: string }[] }>('/v1/status-lists/x');
    expect([wrong.status, wrong.body.errors[0]?.field]).toEqual([422, 'id']);
  });
});

describe('verification while the chain is down', () => {
  it('answers the status of our own documents from the list, and says how old it is', async () => {
    const [kept, revoked] = (await caller.issueMany(2)) as [Issued, Issued];
    const worker = await instance.startWorker();
    await instance.waitUntilAnchored();
    await worker.stop();
    await (await idleWorker()).get(BuildStatusLists).execute(issuer.id);
    const cutOff = await instance.startApi({ CHAIN_RPC_URL: 'http://127.0.0.1:9', CHAIN_TIMEOUT_MS: '300' });
    const cut = callerOf(cutOff, issuer);
    const statusOf = async ({ documentAddress }: Issued) => {
      const { body } = await cut.post<{ facts: { question: string; code: string; detail?: object }[] }>(
        '/v1/verifications',
        { documentAddress },
      );
      return body.facts.find(({ question }) => question === 'status');
    };
    expect(await statusOf(kept)).toMatchObject({
      code: 'status.by-list',
      detail: { ageSeconds: expect.any(String) as string },
    });
    const page = await (await fetch(`${cutOff.url}/v/${kept.documentAddress}`)).text();
    expect(page).toMatch(/清单时间\s*<time datetime="20[^"]+">[^<]+<\/time>\s*·\s*有效期至\s*<time/);
    await revoke(revoked);
    expect((await statusOf(revoked))?.code).toMatch(/^status\.(revoked|revocation-recorded)$/);
  });
});

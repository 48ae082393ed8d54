import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { RenderDocuments } from '../../../src/documents/render-documents.js';
import type { ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let caller: ApiCaller;

beforeEach(async () => {
  instance = await TestInstance.make({ RENDER_CHUNK: '4', ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
});
afterEach(() => instance.close());

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const eventsOf = async ({ id }: Issued) =>
  (await caller.get<{ items: { leaf: string | null }[] }>(`/v1/documents/${id}/events`)).body.items;
const metric = async (worker: Running, name: string): Promise<number> => {
  const text = await (await fetch(`${worker.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
};
const hasDrawn = async (): Promise<Record<string, number>> => ({
  drawn: Number(await instance.value('select count(*) from documents where rendered_at is not null')),
  files: Number(await instance.value('select count(*) from document_files')),
  entries: Number(await instance.value('select count(*) from anchor_leaves')),
  fixedLeaves: Number(await instance.value('select count(distinct leaf) from document_events')),
});

describe('drawing', () => {
  it('answers the PDF to whoever waits for it, under the digest that is anchored', async () => {
    const issued = await caller.issue();
    const waiting = caller.file(issued.id);
    await instance.startWorker();

    const { status, headers, bytes } = await waiting;

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${issued.number}.pdf"`);
    expect(headers.get('etag')).toBe(`"${sha256(bytes)}"`);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const [event] = await eventsOf(issued);
    expect(event?.leaf).toMatch(/^0x[0-9a-f]{64}$/);
    expect(await instance.value("select encode(sha256, 'hex') from document_files")).toBe(sha256(bytes));
  });

  it('answers 304 without the file to whoever names the tag of it, and the file to everybody else', async () => {
    const issued = await caller.issue();
    const path = `/v1/documents/${issued.id}/file`;
    const ask = (tag: string, by = caller) => by.get<unknown>(path, { 'if-none-match': tag, prefer: 'wait=0' });
    expect((await ask('*')).status).toBe(202);
    await instance.startWorker();
    const { headers } = await caller.file(issued.id);
    const etag = headers.get('etag') ?? '';

    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, body, headers } = await ask(tag);
      expect([status, body, headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await ask('"other"')).status).toBe(200);
    const stranger = callerOf(api, await instance.addIssuer('xuelu'));
    expect((await ask(etag, stranger)).status).toBe(404);
  });

  it('stores every PDF under a key of its document, so the stored bytes are no PDF', async () => {
    await caller.issueMany(3);
    await instance.startWorker();
    await instance.waitUntilRendered();

    const found = await instance.value(
      `select count(*) from document_files where position('PDF' in encode(cipher, 'escape')) = 1`,
    );
    expect(found).toBe('0');
    expect(await hasDrawn()).toEqual({ drawn: 3, files: 3, entries: 3, fixedLeaves: 3 });
  });

  it('goes on past a document that cannot be drawn, gives that one up after five attempts, and tells', async () => {
    const issued = await caller.issueMany(9);
    const poisoned = issued[0] as Issued;
    await instance.query(
      `update documents set core_cipher = overlay(core_cipher placing '\\x00ff' from 20) where id = $1`,
      [poisoned.id],
    );
    const worker = await instance.startWorker();

    await waitUntil('eight are drawn and one is given up', async () => {
      const [row] = await instance.query<{ drawn: string; failures: number }>(
        'select count(rendered_at) as drawn, max(render_failures) as failures from documents',
      );
      return row?.drawn === '8' && row.failures === 5;
    });

    expect(await metric(worker, 'chopmark_documents_undrawn')).toBe(0);
    expect(await metric(worker, 'chopmark_documents_undrawable')).toBe(1);
    expect(await instance.value('select render_error from documents where id = $1', [poisoned.id])).toBe(
      'vault.seal-broken',
    );
    const refusal = await caller.get<Problem>(`/v1/documents/${poisoned.id}/file`);
    expect([refusal.status, refusal.body.code]).toEqual([503, 'documents.rendering-failed']);
    expect((await caller.file(issued[8]?.id ?? '')).status).toBe(200);
  });

  it('blames no document for what the database did: it is drawn as soon as that is over', async () => {
    await instance.query('revoke select on issuers from chopmark_worker');
    try {
      await instance.startWorker();
      await caller.issueMany(2);
      await waitUntil('drawing was tried', async () => (await instance.value('select count(*) from outbox')) === '0');
      await pause(500);
    } finally {
      await instance.query('grant select on issuers to chopmark_worker');
    }
    await instance.waitUntilRendered();
    expect(await instance.value('select sum(render_failures)::int from documents')).toBe(0);
  });

  it('draws no document twice when two workers draw for the same issuer', async () => {
    const workers = await Promise.all([
      instance.startWorker({ RENDER_ENABLED: 'false' }),
      instance.startWorker({ RENDER_ENABLED: 'false' }),
    ]);
    await caller.issueMany(40);

    const drawers = workers.map(({ app }) => app.get(RenderDocuments, { strict: false }));
    const drain = async (drawer: RenderDocuments): Promise<number> => {
      let total = 0;
      for (let drawn = -1; drawn !== 0; total += drawn) {
        drawn = await drawer.execute(issuer.id, instance.settings.renderChunk);
      }
      return total;
    };
    const drawn = await Promise.all(drawers.map(drain));

    expect(drawn.reduce((sum, count) => sum + count)).toBe(40);
    expect(drawn.every((count) => count > 0)).toBe(true);
    const metrics = await Promise.all(workers.map((worker) => metric(worker, 'chopmark_documents_rendered_total')));
    expect(metrics.reduce((sum, count) => sum + count)).toBe(40);
    expect(await hasDrawn()).toEqual({ drawn: 40, files: 40, entries: 40, fixedLeaves: 40 });
  });
});

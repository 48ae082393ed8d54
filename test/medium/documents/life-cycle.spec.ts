import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { ReadDocuments, RecordEvent, TransitionRefused, type EventRequest } from '../../../src/documents/index.js';
import { IssuerProfiles } from '../../../src/identity/index.js';
import { UnitOfWork } from '../../../src/platform/database/index.js';
import { targetHash, unsaltData, type EvidenceBundle } from '../../../src/proof/index.js';
import type { ApiCaller, Problem } from '../../support/api-caller.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type Event = {
  seq: number;
  type: string;
  leaf: string | null;
  previousLeaf: string | null;
  payload: Record<string, string>;
  anchoring: { state: string; blockNumber?: number };
};

let instance: TestInstance;
let issuer: TestIssuer;
let api: Running;
let caller: ApiCaller;

beforeEach(async () => {
  instance = await TestInstance.make({ RENDER_CHUNK: '7' });
  issuer = await instance.addIssuer();
  api = await instance.startApi();
  caller = callerOf(api, issuer);
});
afterEach(() => instance.close());

const PARTIAL: EventRequest = { type: 'partially-red-lettered', payload: { redNumber: '26322000000100000002' } };
const FULL: EventRequest = { type: 'red-lettered', payload: {} };

async function record(documentId: string, event: EventRequest, by = issuer): Promise<{ seq: number; status: string }> {
  const profile = await api.app.get(IssuerProfiles, { strict: false }).get(by.id);
  const recordEvent = api.app.get(RecordEvent, { strict: false });
  return api.app
    .get(UnitOfWork, { strict: false })
    .run((tx) => recordEvent.execute(tx, profile, documentId, event), { issuerId: by.id });
}

const eventsOf = async (id: string): Promise<Event[]> =>
  (await caller.get<{ items: Event[] }>(`/v1/documents/${id}/events`)).body.items;

describe('recording events', () => {
  it('numbers racing events without a gap and lets none pass after the one that ends it all', async () => {
    const { id } = await caller.issue();
    const racing = Array.from({ length: 50 }, (_, index) => (index === 25 ? FULL : PARTIAL));

    const outcomes = await Promise.allSettled(racing.map((event) => record(id, event)));

    const recorded = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    const events = await eventsOf(id);
    expect(recorded.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(recorded.map((_, index) => index + 1));
    expect(refused.every((error) => error instanceof TransitionRefused && error.status === 'red-lettered')).toBe(true);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: recorded.length + 1 }, (_, index) => index));
    expect(events.findIndex(({ type }) => type === 'red-lettered')).toBe(events.length - 1);
    expect(await instance.value('select status from documents where id = $1', [id])).toBe('red-lettered');
  });

  it('finds no document of another issuer, and stores nothing with a payload that cannot be hashed', async () => {
    const { id } = await caller.issue();
    const other = await instance.addIssuer('xuelu');
    await expect(record(id, FULL, other)).rejects.toMatchObject({ code: 'documents.not-found' });
    await expect(record(id, { type: 'red-lettered', payload: { 'a.b': 'x' } })).rejects.toThrow();
    expect(await eventsOf(id)).toHaveLength(1);
    expect(await instance.value('select count(*) from outbox')).toBe('1');
  });

  it('says what the payload was to nobody who reads the table', async () => {
    const { id } = await caller.issue();
    await record(id, PARTIAL);
    const found = await instance.value(
      `select count(*) from document_events where position('26322000000100000002' in encode(payload_cipher, 'escape')) > 0`,
    );
    expect(found).toBe('0');
    const stored = await api.app.get(ReadDocuments, { strict: false }).one(issuer.id, id);
    expect(stored.status).toBe('partially-red-lettered');
  });
});

describe('fixing leaves', () => {
  it('chains every event to the leaf before, anchors each once, with two workers at it', async () => {
    const documents = await caller.issueMany(6);
    await Promise.all(documents.flatMap(({ id }) => Array.from({ length: 5 }, () => record(id, PARTIAL))));
    await Promise.all([instance.startWorker(), instance.startWorker()]);

    const unfixed = 'select count(*) from document_events where leaf is null';
    await waitUntil('every leaf is fixed', async () => (await instance.value(unfixed)) === '0', { timeoutMs: 30_000 });

    for (const { id } of documents) {
      const events = await eventsOf(id);
      expect(events.map(({ previousLeaf }) => previousLeaf)).toEqual([
        null,
        ...events.slice(0, -1).map(({ leaf }) => leaf),
      ]);
    }
    expect(await instance.value('select count(distinct leaf)::int from document_events')).toBe(36);
    await instance.waitUntilAnchored();
    expect(await instance.value('select count(*)::int from anchor_leaves')).toBe(36);
  });
});

describe('reading what happened', () => {
  it('shows the issuer the payload, and how far each event is anchored', async () => {
    const { id } = await caller.issue();
    await record(id, PARTIAL);
    expect((await eventsOf(id)).map(({ anchoring }) => anchoring)).toEqual([
      { state: 'waiting' },
      { state: 'waiting' },
    ]);
    await instance.startWorker();
    await waitUntil('both are anchored', async () =>
      (await eventsOf(id)).every(({ anchoring }) => anchoring.blockNumber),
    );
    expect((await eventsOf(id)).map(({ payload }) => payload)).toEqual([{}, PARTIAL.payload]);
  });
});

describe('the marked copy', () => {
  it('is drawn when the document is out of force, and never stored', async () => {
    const { id, number } = await caller.issue();
    await instance.startWorker();
    await instance.waitUntilRendered();
    const inForce = await caller.get<Problem>(`/v1/documents/${id}/file?revision=marked`);
    expect([inForce.status, inForce.body.code]).toEqual([409, 'documents.in-force']);

    await record(id, FULL);
    const before = await instance.rowCounts();
    const marked = await caller.get<string>(`/v1/documents/${id}/file?revision=marked`);
    const issued = await caller.file(id);

    expect(marked.status).toBe(200);
    expect(marked.headers.get('content-type')).toBe('application/pdf');
    expect(marked.headers.get('content-disposition')).toBe(`attachment; filename="${number}.red-lettered.pdf"`);
    expect(marked.headers.get('cache-control')).toBe('private, no-store');
    expect(marked.body.length).not.toBe(issued.bytes.toString().length);
    expect((await instance.rowCounts())['document_files']).toBe(before['document_files']);
  });
});

describe('whoever verifies', () => {
  it('is told that the document is out of force, since when and by what, and nothing else of the events', async () => {
    const { id, documentAddress } = await caller.issue();
    await record(id, PARTIAL);
    const payload = { successorNumber: '26322000000100000003', note: '张三的备注' };
    await record(id, { type: 'red-lettered', payload });
    await instance.startWorker();
    await instance.waitUntilAnchored();

    const { body } = await caller.post<{
      verdict: string;
      facts: { question: string; code: string; detail?: Record<string, string> }[];
      document: { status: string; history: { type: string }[] };
    }>('/v1/verifications', { documentAddress });
    const page = await caller.get<string>(`/v/${documentAddress}?lang=zh-CN`);

    const status = body.facts.find(({ question }) => question === 'status');
    expect([body.verdict, status?.code]).toEqual(['not-valid', 'status.red-lettered']);
    expect(status?.detail?.['successorNumber']).toBe('26322000000100000003');
    expect(body.document.status).toBe('red-lettered');
    expect(body.document.history.map(({ type }) => type)).toEqual(['issued', 'partially-red-lettered', 'red-lettered']);
    expect(page.body).toContain('已红冲');
    expect(page.body).toContain('26322000000100000003');
    expect(JSON.stringify(body) + page.body).not.toContain('张三');
    expect(page.body).not.toContain(PARTIAL.payload['redNumber']);
  });

  it('derives the leaf of each event again from the evidence bundle', async () => {
    const { id } = await caller.issue();
    await record(id, PARTIAL);
    await instance.startWorker();
    await waitUntil('both are anchored', async () =>
      (await eventsOf(id)).every(({ anchoring }) => anchoring.blockNumber),
    );
    const { events } = (await caller.get<EvidenceBundle>(`/v1/documents/${id}/evidence`)).body;
    const data = events[1]?.data ?? {};
    expect(`0x${targetHash(data)}`).toBe(events[1]?.leaf);
    expect(unsaltData(data)).toMatchObject({ previousLeaf: events[0]?.leaf, seq: '1', payload: PARTIAL.payload });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, Answer, Issued, Problem } from '../../support/api-caller.js';
import { fineOf, sampleReceipt, sampleReceipts, type ReceiptBody } from '../../support/receipts.js';
import {
  callerOf,
  TestInstance,
  type PartyName,
  type Running,
  type TestIssuer,
} from '../../support/running-instance.js';
import { Verifier, type Verified } from '../verification/verifier.js';

type DocumentBody = { status: string; content: { totals: { amount: string }; kindVersion?: string } };
type Event = { seq: number; type: string };

let instance: TestInstance;
let apis: [Running, Running];
let issuers: Record<'traffic' | 'hospital' | 'xuelu' | 'parking', TestIssuer>;

beforeAll(async () => {
  instance = await TestInstance.make();
  const [traffic, hospital, xuelu, parking] = [
    await instance.addIssuer('traffic'),
    await instance.addIssuer('hospital'),
    await instance.addIssuer('xuelu'),
    await instance.addIssuer('parking'),
  ];
  issuers = { traffic, hospital, xuelu, parking };
  apis = [await instance.startApi(), await instance.startApi()];
  await instance.startWorker();
});
afterAll(() => instance.close());

const caller = (party: PartyName, api = 0): ApiCaller =>
  callerOf(apis[api] ?? apis[0], issuers[party as keyof typeof issuers]);
const issue = (
  party: PartyName,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Issued & Problem>> => caller(party).post('/v1/receipts', body, headers);
const status = async (party: PartyName, id: string): Promise<string> =>
  (await caller(party).get<DocumentBody>(`/v1/documents/${id}`)).body.status;
const contentOf = async (party: PartyName, id: string): Promise<DocumentBody['content']> =>
  (await caller(party).get<DocumentBody>(`/v1/documents/${id}`)).body.content;
const verify = ({ documentAddress }: Issued): Promise<Verified> => new Verifier(apis[0].url).byAddress(documentAddress);
/** Rows that only a stored request adds; the worker is still at work on others. */
const stored = (): Promise<unknown[]> =>
  Promise.all(
    ['documents', 'number_series', 'idempotency_keys', 'receipt_claims', 'receipt_kinds'].map((table) =>
      instance.value(`select count(*) from ${table}`),
    ),
  );

let serial = 0;
const fine = (changes: Record<string, unknown> = {}): ReceiptBody => fineOf((serial += 1), changes);
/** A sample without its requestSerialNo, by which it would be known. */
const anonymous = (name: string): ReceiptBody =>
  structuredClone({ ...sampleReceipt(name).request, requestSerialNo: undefined });
/** A sample whose tickets nobody else has. */
function tickets(): ReceiptBody {
  const body = anonymous('two-adults');
  serial += 1;
  body.particulars.tickets = [1, 2].map((place) => ({
    ticketNo: `T-${serial}-${place}`,
    type: 'adult',
    price: '100.00',
  }));
  return body;
}

describe('the samples', () => {
  it('are issued, drawn, anchored and verified', async () => {
    const issued: Issued[] = [];
    for (const { issuer, request, name } of sampleReceipts()) {
      const { status: answer, body } = await issue(issuer as PartyName, request);
      expect([name, answer, body.errors]).toEqual([name, 201, undefined]);
      issued.push(body);
    }
    await instance.waitUntilAnchored('confirmed');
    for (const each of issued) {
      expect((await verify(each)).verdict).toBe('valid');
    }
    const [first] = issued as [Issued];
    const file = await caller('traffic').file(first.id);
    expect(file.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(JSON.stringify(await verify(first))).not.toMatch(/粤BD12345|示例大道|440300198902141019/);
  });
});

describe('a decision', () => {
  it('gets one receipt from 100 simultaneous requests over two processes', async () => {
    const body = fine();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        caller('traffic', index % 2).post<Issued & Problem>('/v1/receipts', body),
      ),
    );
    expect(answers.filter(({ status: answer }) => answer === 201)).toHaveLength(1);
    const refused = answers.filter(({ status: answer }) => answer === 409);
    expect(refused).toHaveLength(99);
    expect(new Set(refused.map(({ body: problem }) => problem.code))).toEqual(
      new Set(['receipts.decision-has-receipt']),
    );
    const [gaps] = await instance.query<{ gaps: string }>(
      `select count(*) as gaps from (select serial - row_number() over (order by serial) as gap from documents
       where issuer_id = $1 and series = (select series from documents where issuer_id = $1 limit 1)) s where gap <> 0`,
      [issuers.traffic.id],
    );
    expect(gaps?.gaps).toBe('0');
  });

  it('answers the same receipt to the same key, and gets another after a write-off', async () => {
    const body = fine();
    const key = { 'idempotency-key': 'decision-1' };
    const [first, again] = [await issue('traffic', body, key), await issue('traffic', body, key)];
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect((await issue('traffic', body)).body.code).toBe('receipts.decision-has-receipt');
    // Not for another key either, however often that is sent in the same moment.
    const repeats = Array.from({ length: 20 }, () => issue('traffic', body, { 'idempotency-key': 'decision-2' }));
    const codes = (await Promise.all(repeats)).map((answer) => answer.body.code);
    expect(codes).toEqual(Array(20).fill('receipts.decision-has-receipt'));

    const off = await caller('traffic').post<Issued>(`/v1/receipts/${first.body.id}/write-off`, { reason: '金额有误' });
    expect(off.status).toBe(201);
    expect((await issue('traffic', body)).status).toBe(201);
  });

  it('that is not paid gets none, and nothing is stored', async () => {
    const before = await stored();
    const { status: answer, body } = await issue('traffic', fine({ paidAt: undefined }));
    expect([answer, body.errors?.[0]]).toMatchObject([422, { field: 'particulars.paidAt', code: 'receipts.not-paid' }]);
    expect(await stored()).toEqual(before);
  });
});

describe('a write-off', () => {
  it('is a negative bill and an event on the first, once', async () => {
    const { body: first } = await issue('hospital', sampleReceipt('insured').request);
    const path = `/v1/receipts/${first.id}/write-off`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => caller('hospital', index % 2).post<Issued & Problem>(path, {})),
    );
    const [done] = answers.filter(({ status: answer }) => answer === 201);
    expect(answers.filter(({ status: answer }) => answer === 409)).toHaveLength(9);
    expect(new Set(answers.filter(({ status: answer }) => answer === 409).map(({ body }) => body.code))).toEqual(
      new Set(['receipts.already-written-off']),
    );
    const id = done?.body.id ?? '';
    expect((await contentOf('hospital', id)).totals.amount).toBe('-243.00');
    expect(await status('hospital', first.id)).toBe('written-off');
    const events = await caller('hospital').get<{ items: Event[] }>(`/v1/documents/${first.id}/events`);
    expect(events.body.items.map(({ type }) => type)).toEqual(['issued', 'written-off']);
    expect((await caller('hospital').post<Problem>(`/v1/receipts/${id}/write-off`, {})).body.code).toBe(
      'receipts.is-write-off',
    );
  });

  it('answers the same bill to the same key', async () => {
    const { body: first } = await issue('traffic', fine());
    const path = `/v1/receipts/${first.id}/write-off`;
    const key = { 'idempotency-key': 'write-off-1' };
    const [one, two] = [
      await caller('traffic').post<Issued>(path, {}, key),
      await caller('traffic').post<Issued>(path, {}, key),
    ];
    expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id]);
  });

  it('is not for the receipts of others, nor for what is no receipt', async () => {
    const { body: first } = await issue('traffic', fine());
    const answer = await caller('hospital').post<Problem>(`/v1/receipts/${first.id}/write-off`, {});
    expect([answer.status, answer.body.code]).toEqual([404, 'receipts.not-found']);
    const invoice = await caller('xuelu').issue();
    const other = await caller('xuelu').post<Problem>(`/v1/receipts/${invoice.id}/write-off`, {});
    expect([other.status, other.body.code]).toEqual([404, 'receipts.not-found']);
  });
});

describe('tickets', () => {
  it('are used or refunded, once, and never both', async () => {
    const request = tickets();
    const [one, two] = (request.particulars.tickets as { ticketNo: string }[]).map(({ ticketNo }) => ticketNo) as [
      string,
      string,
    ];
    const { body: receipt } = await issue('xuelu', request);
    const path = (ticketNo: string, what: string): string => `/v1/receipts/${receipt.id}/tickets/${ticketNo}/${what}`;
    const uses = await Promise.all(
      [1, 2, 3].map(() => caller('xuelu').post<Problem>(path(one, 'use'), { gate: 'G1' })),
    );
    expect(uses.map(({ status: answer }) => answer).sort()).toEqual([204, 409, 409]);
    const refused = await caller('xuelu').post<Problem>(path(one, 'refund'), {});
    expect([refused.status, refused.body.code]).toEqual([409, 'receipts.ticket-used']);

    const refund = await caller('xuelu').post<Issued>(path(two, 'refund'), { reason: '天气' });
    expect(refund.status).toBe(201);
    expect((await contentOf('xuelu', refund.body.id)).totals.amount).toBe('-100.00');
    expect(await status('xuelu', receipt.id)).toBe('partially-refunded');
    expect((await caller('xuelu').post<Problem>(path(two, 'use'), {})).body.code).toBe('receipts.ticket-refunded');
    const listed = await caller('xuelu').get<{ items: { state: string }[] }>(`/v1/receipts/${receipt.id}/tickets`);
    expect(listed.body.items.map(({ state }) => state)).toEqual(['used', 'refunded']);
    expect((await caller('xuelu').post<Problem>(`/v1/receipts/${receipt.id}/write-off`, {})).body.code).toBe(
      'receipts.tickets-touched',
    );
    expect((await caller('xuelu').post<Problem>(path('T-0', 'use'), {})).body.code).toBe('receipts.ticket-not-found');
  });

  it('bring the receipt out of force with the last refund, and are not sold twice', async () => {
    const request = tickets();
    const { body: receipt } = await issue('xuelu', request);
    expect((await issue('xuelu', request)).body.code).toBe('receipts.ticket-already-sold');
    for (const { ticketNo } of request.particulars.tickets as { ticketNo: string }[]) {
      await caller('xuelu').post(`/v1/receipts/${receipt.id}/tickets/${ticketNo}/refund`, {});
    }
    expect(await status('xuelu', receipt.id)).toBe('refunded');
  });
});

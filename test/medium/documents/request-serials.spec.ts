import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import type { ApiCaller, Answer, Issued, Problem } from '../../support/api-caller.js';
import { invoiceRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type Row = { readonly documentId?: string; readonly errors?: readonly { readonly code: string }[] };

let instance: TestInstance;
let apis: Running[];
let issuer: TestIssuer;
let stranger: TestIssuer;
let caller: ApiCaller;

beforeAll(async () => {
  instance = await TestInstance.make();
  [issuer, stranger] = [await instance.addIssuer(), await instance.addIssuer('xuelu')];
  apis = [await instance.startApi(), await instance.startApi()];
  caller = callerOf(apis[0] as Running, issuer);
});
afterAll(() => instance.close());

const withSerial = (serial: string, remark = '同一内容') => invoiceRequest({ requestSerialNo: serial, remark });
const documents = async (): Promise<number> =>
  Number(await instance.value('select count(*) from documents where issuer_id = $1', [issuer.id]));
const told = ({ status, body }: Answer<Issued & Problem>): unknown => [status, status === 201 ? body.id : body.code];

/** With a worker for as long as it takes: what one does meanwhile would look stored by whatever else is asked. */
async function importRows(rows: readonly unknown[]): Promise<readonly Row[]> {
  const worker = await instance.startWorker();
  const ndjson = rows.map((row) => JSON.stringify(row)).join('\n');
  const headers = { 'content-type': 'application/x-ndjson' };
  const { body } = await caller.post<{ id: string }>('/v1/imports?kind=invoice.vat', ndjson, headers);
  const path = `/v1/imports/${body.id}`;
  const isDone = async (): Promise<boolean> => (await caller.get<{ state: string }>(path)).body.state === 'done';
  await waitUntil('the import is done', isDone);
  await worker.stop();
  return (await caller.get<{ items: Row[] }>(`${path}/rows`)).body.items;
}

describe('a requestSerialNo', () => {
  it('is issued once, however often and under whatever Idempotency-Key it is sent', async () => {
    const before = await documents();
    const first = await caller.issue(withSerial('A-1'));
    const again = await Promise.all([
      caller.tryToIssue(withSerial('A-1')),
      caller.tryToIssue(withSerial('A-1'), randomUUID()),
      callerOf(apis[1] as Running, issuer).tryToIssue(withSerial('A-1')),
    ]);
    expect(again.map(told)).toEqual(Array(3).fill([201, first.id]));
    expect(await documents()).toBe(before + 1);
  });

  it('with other content is refused with 409, the field is named, and nothing is stored', async () => {
    await caller.issue(withSerial('A-2'));
    const before = await instance.rowCounts();
    const { status, body } = await caller.tryToIssue(withSerial('A-2', '别的内容'), randomUUID());
    expect([status, body.code]).toEqual([409, 'documents.request-serial-no-reused']);
    expect(body.errors?.map(({ field }) => field)).toEqual(['requestSerialNo']);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('binds the Idempotency-Key it is repeated under: the key is used up', async () => {
    const key = randomUUID();
    const first = await caller.issue(withSerial('A-3'));
    expect((await caller.issue(withSerial('A-3'), key)).id).toBe(first.id);
    expect(told(await caller.tryToIssue(withSerial('A-4'), key))).toEqual([422, 'idempotency.key-reused']);
  });

  it('is issued once when it is sent by request and by import, whichever comes first', async () => {
    const requested = await caller.issue(withSerial('B-1'));
    const rows = await importRows([withSerial('B-1'), withSerial('B-1', '别的内容'), withSerial('B-2')]);
    expect(rows.map(({ documentId, errors }) => documentId ?? errors?.[0]?.code)).toEqual([
      requested.id,
      'documents.request-serial-no-reused',
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    expect(told(await caller.tryToIssue(withSerial('B-2')))).toEqual([201, rows[2]?.documentId]);
    expect(told(await caller.tryToIssue(withSerial('B-2', '别的内容')))).toEqual([
      409,
      'documents.request-serial-no-reused',
    ]);
  });

  it('is issued once when two processes are asked at once, and one of two contents wins', async () => {
    const before = await documents();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        callerOf(apis[n % 2] as Running, issuer).tryToIssue(withSerial('C-1', `content ${n % 4 < 2}`), randomUUID()),
      ),
    );
    const won = answers.filter(({ status }) => status === 201);
    expect(new Set(won.map(({ body }) => body.id)).size).toBe(1);
    expect([won.length, answers.length - won.length]).toEqual([20, 20]);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(
      new Set(['documents.request-serial-no-reused']),
    );
    expect(await documents()).toBe(before + 1);
  });

  it('is issued once when two processes are asked at once in different series', async () => {
    const before = await documents();
    const onChain = { ...withSerial('C-2'), scheme: 'blockchain' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        callerOf(apis[n % 2] as Running, issuer).tryToIssue(n % 4 < 2 ? withSerial('C-2') : onChain),
      ),
    );
    expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
    expect(await documents()).toBe(before + 1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it('belongs to one issuer', async () => {
    const mine = await caller.issue(withSerial('D-1'));
    const theirs = await callerOf(apis[0] as Running, stranger).issue(withSerial('D-1'));
    expect(theirs.id).not.toBe(mine.id);
  });
});

describe('the count of documents issued', () => {
  const issuedIn = async (api: Running): Promise<number> => {
    const { body } = await callerOf(api, issuer).get<string>('/metrics');
    const [, count = '0'] = /^chopmark_documents_issued_total\{kind="invoice.vat"\} (\d+)/m.exec(body) ?? [];
    return Number(count);
  };

  it('does not count what answers an earlier document, nor what is refused', async () => {
    const api = apis[0] as Running;
    const before = await issuedIn(api);
    const key = randomUUID();
    await caller.issue(withSerial('E-1'), key);
    await caller.issue(withSerial('E-1'), key);
    await caller.issue(withSerial('E-1'));
    await caller.tryToIssue(withSerial('E-1', '别的内容'));
    expect((await issuedIn(api)) - before).toBe(1);
  });
});

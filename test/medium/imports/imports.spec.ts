import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreDocuments } from '../../../src/documents/index.js';
import { MOST_ROWS } from '../../../src/documents/imports/imports.errors.js';
import { ROWS_A_TRANSACTION } from '../../../src/documents/imports/issue-rows.js';
import type { ImportDto, ImportRowPageDto } from '../../../src/documents/imports/imports.dto.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { ImportClient, type Answer, type Problem } from './import-client.js';
import { importWorld, manyRows, ndjson, type ImportWorld } from './import-world.js';

let world: ImportWorld;
let client: ImportClient;
let stranger: ImportClient;

beforeAll(async () => {
  world = await importWorld();
  client = new ImportClient(world, await world.registerIssuer('tingtao'));
  stranger = new ImportClient(world, await world.registerIssuer('yunfan'));
});
afterAll(() => world.close());

const statusOf = async (id: string): Promise<ImportDto> => (await client.ask<ImportDto>(id)).body;
const rowsOf = async (id: string, query = 'limit=1000'): Promise<ImportRowPageDto['items']> =>
  (await client.ask<ImportRowPageDto>(`${id}/rows?${query}`)).body.items;

/** Serials of the issuer's documents in order; gapless means 1, 2, 3, … */
async function serials(): Promise<number[]> {
  const rows = await world.query<{ serial: string }>(
    'select serial from documents where issuer_id = $1 order by serial',
    [client.issuer.id],
  );
  return rows.map(({ serial }) => Number(serial));
}

async function expectGapless(count: number): Promise<void> {
  expect(await serials()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
}

async function leftovers(id: string): Promise<{ ciphers: number; secrets: number }> {
  const [row] = await world.query<{ ciphers: number; secrets: number }>(
    `select (select count(*)::int from import_rows where import_id = $1 and request_cipher is not null) as ciphers,
            (select count(*)::int from imports where id = $1 and wrapped_secret is not null) as secrets`,
    [id],
  );
  return row as { ciphers: number; secrets: number };
}

const wrongRow = () => invoiceRequest({ lines: [lineRequest({ tax: '7.00' })] });

describe('taking an import', () => {
  it('stores the rows encrypted and answers where to ask', async () => {
    const { status, body } = await client.send(ndjson([invoiceRequest(), invoiceRequest()]));
    expect(status).toBe(202);
    expect(body).toMatchObject({ total: 2, state: 'queued' });
    expect(body.statusUrl).toMatch(new RegExp(`/v1/imports/${body.id}$`));
    const stored = await world.query<{ request_cipher: Buffer }>(
      'select request_cipher from import_rows where import_id = $1',
      [body.id],
    );
    expect(stored).toHaveLength(2);
    expect(stored.some(({ request_cipher }) => request_cipher.includes('taxClassCode'))).toBe(false);
    expect(await world.query('select 1 from outbox where topic = $1', ['documents.process-import'])).not.toHaveLength(
      0,
    );
    await client.work();
  });

  it('answers the same import to the same key and body, also when both come at once', async () => {
    const body = ndjson([invoiceRequest()]);
    const answers = await Promise.all([1, 2, 3].map(() => client.send(body, { key: 'import-1' })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    await client.work();
    const again = await client.send(body, { key: 'import-1' });
    expect(again.body).toMatchObject({ id: answers[0]?.body.id, state: 'done' });
  });

  it('refuses a key that was used for another body, mode or shape', async () => {
    const body = ndjson([invoiceRequest()]);
    await client.send(body, { key: 'import-2' });
    await client.work();
    const other = await client.send<Problem>(ndjson([invoiceRequest({ remark: '另' })]), { key: 'import-2' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency.key-reused']);
    const mode = await client.send<Problem>(body, { key: 'import-2', query: 'kind=invoice.vat&mode=all-or-nothing' });
    expect(mode.status).toBe(422);
    expect((await client.send<Problem>(body, { key: 'two words' })).body.code).toBe('idempotency.key-malformed');
  });

  it('refuses 10,001 rows, no rows, an unknown kind or mode and another media type, and stores nothing', async () => {
    const before = await world.query('select id from imports');
    const tooMany = await client.send<Problem>('{}\n'.repeat(MOST_ROWS + 1));
    expect([tooMany.status, tooMany.body.code]).toEqual([413, 'imports.too-many-rows']);
    expect((await client.send<Problem>('\n \r\n')).body.code).toBe('imports.no-rows');
    const kind = await client.send<{ errors: { field: string }[] }>('{}', { query: 'kind=invoice.unknown' });
    expect([kind.status, kind.body.errors[0]?.field]).toEqual([422, 'kind']);
    expect((await client.send('{}', { query: 'kind=invoice.vat&mode=perhaps' })).status).toBe(422);
    expect((await client.send('{}', { type: 'application/json' })).status).toBe(415);
    expect(await world.query('select id from imports')).toHaveLength(before.length);
  });

  it('refuses a body of more than 32 MB', async () => {
    const response = await client.send(' '.repeat(32 * 1024 * 1024 + 1)).catch((error: unknown) => error);
    // The server may close the connection before it has read all of it.
    expect(response instanceof Error || (response as Answer<unknown>).status === 413).toBe(true);
  });
});

describe('issuing row by row', () => {
  it('issues the right rows gapless and tells the wrong ones by line', async () => {
    const first = (await serials()).length;
    const { body } = await client.send(
      [
        '﻿' + JSON.stringify(invoiceRequest()),
        '',
        '{"type":',
        JSON.stringify(wrongRow()),
        '[]',
        '{"type":"ordinary","type":"special"}',
        `${JSON.stringify(invoiceRequest())}\r`,
      ].join('\n'),
    );
    await client.work();
    expect(await statusOf(body.id)).toMatchObject({ state: 'done', total: 6, issued: 2, failed: 4 });
    const rows = await rowsOf(body.id);
    expect(rows.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 7]);
    expect(rows.map(({ errors }) => errors?.[0]?.code)).toEqual([
      undefined,
      'imports.row-malformed',
      expect.any(String),
      'validation.type',
      'request.duplicate-key',
      undefined,
    ]);
    expect(rows[2]?.errors?.[0]?.field).toBe('lines[0].tax');
    expect(rows[0]?.documentId).toMatch(/^[0-9a-f-]{36}$/);
    expect(rows[0]?.number).toMatch(/^\d{20}$/);
    expect(rows[0]?.verifyUrl).toBe(`http://127.0.0.1:3000/v/${rows[0]?.documentAddress}`);
    await expectGapless(first + 2);
    expect(await leftovers(body.id)).toEqual({ ciphers: 0, secrets: 0 });
  });

  it('gives the rows in pages, and only the failed or the issued ones when asked', async () => {
    const { body } = await client.send(ndjson([invoiceRequest(), wrongRow(), invoiceRequest(), wrongRow()]));
    await client.work();
    const first = (await client.ask<ImportRowPageDto>(`${body.id}/rows?limit=3`)).body;
    expect([first.items.length, first.nextCursor]).toEqual([3, '3']);
    const second = (await client.ask<ImportRowPageDto>(`${body.id}/rows?limit=3&cursor=3`)).body;
    expect([second.items.map(({ line }) => line), second.nextCursor]).toEqual([[4], null]);
    expect((await rowsOf(body.id, 'only=failed')).map(({ line }) => line)).toEqual([2, 4]);
    expect((await rowsOf(body.id, 'only=issued')).map(({ line }) => line)).toEqual([1, 3]);
  });

  it('issues a requestSerialNo once, whichever import brings it', async () => {
    const first = (await serials()).length;
    const row = invoiceRequest({ requestSerialNo: 'ORDER-1' });
    const other = invoiceRequest({ requestSerialNo: 'ORDER-1', remark: '别的内容' });
    const one = await client.send(ndjson([row, row, other]));
    const two = await client.send(ndjson([row]));
    await client.work();
    const rows = [...(await rowsOf(one.body.id)), ...(await rowsOf(two.body.id))];
    expect(rows.map(({ errors }) => errors?.[0]?.code)).toEqual([
      undefined,
      undefined,
      'documents.request-serial-no-reused',
      undefined,
    ]);
    expect(new Set(rows.flatMap(({ number }) => number ?? [])).size).toBe(1);
    await expectGapless(first + 1);
  });
});

describe('all or nothing', () => {
  const query = 'kind=invoice.vat&mode=all-or-nothing';

  it('uses no number when one row is wrong, and names it', async () => {
    const before = await serials();
    const { body } = await client.send(ndjson([invoiceRequest(), wrongRow(), invoiceRequest()]), { query });
    await client.work();
    expect(await statusOf(body.id)).toMatchObject({ state: 'refused', issued: 0, failed: 1 });
    expect((await rowsOf(body.id)).map(({ line }) => line)).toEqual([2]);
    expect(await serials()).toEqual(before);
    expect(await leftovers(body.id)).toEqual({ ciphers: 0, secrets: 0 });
  });

  it('refuses rows that give one requestSerialNo to two contents', async () => {
    const before = await serials();
    const twice = ['甲', '乙'].map((remark) => invoiceRequest({ requestSerialNo: 'ORDER-2', remark }));
    const { body } = await client.send(ndjson(twice), { query });
    await client.work();
    expect((await statusOf(body.id)).state).toBe('refused');
    expect((await rowsOf(body.id))[0]).toMatchObject({
      line: 2,
      errors: [{ code: 'documents.request-serial-no-reused' }],
    });
    expect(await serials()).toEqual(before);
  });

  it('issues all when all are right', async () => {
    const first = (await serials()).length;
    const { body } = await client.send(ndjson(manyRows(ROWS_A_TRANSACTION + 5)), { query });
    await client.work();
    expect(await statusOf(body.id)).toMatchObject({ state: 'done', issued: ROWS_A_TRANSACTION + 5, failed: 0 });
    await expectGapless(first + ROWS_A_TRANSACTION + 5);
  });
});

describe('when a worker dies', () => {
  it('resumes after the last chunk that was stored, and issues no row twice', async () => {
    const first = (await serials()).length;
    const total = 2 * ROWS_A_TRANSACTION + 50;
    const { body } = await client.send(ndjson(manyRows(total)));
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
    const store = StoreDocuments.prototype.execute;
    let calls = 0;
    const dying = vi.spyOn(StoreDocuments.prototype, 'execute').mockImplementation(async function (
      this: StoreDocuments,
      ...parameters
    ) {
      const outcomes = await store.apply(this, parameters);
      calls += 1;
      if (calls === 2) {
        throw new Error('The worker died before the commit');
      }
      return outcomes;
    });
    try {
      await expect(client.work()).rejects.toThrow('died');
      expect(await statusOf(body.id)).toMatchObject({ state: 'issuing', issued: ROWS_A_TRANSACTION });
    } finally {
      dying.mockRestore();
    }
    expect(await world.handler.findDue()).toEqual([{ issuerId: client.issuer.id }]);
    await Promise.all([client.work(), client.work()]);
    await client.work();
    expect(await statusOf(body.id)).toMatchObject({ state: 'done', issued: total, failed: 0 });
    await expectGapless(first + total);
    expect(await world.handler.findDue()).toEqual([]);
  });
});

describe('who may see an import', () => {
  it('is not found by another issuer', async () => {
    const { body } = await client.send(ndjson([invoiceRequest()]));
    await client.work();
    for (const path of [body.id, `${body.id}/rows`]) {
      const answer = await stranger.ask<Problem>(path);
      expect([answer.status, answer.body.code]).toEqual([404, 'imports.not-found']);
      expect((await client.ask(path)).status).toBe(200);
    }
  });
});

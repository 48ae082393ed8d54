import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { invoiceRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

type Document = Issued & { kind: string; renderedAt: string | null; content: { buyer: { name: string } } };
type Page = { items: Document[]; nextCursor: string | null };

const BUYER = '深圳市云帆示范科技有限公司';
const REMARK = 'a remark that nobody may read in the database';

let instance: TestInstance;
let caller: ApiCaller;
let stranger: ApiCaller;
let issued: Issued[];

beforeAll(async () => {
  instance = await TestInstance.make();
  const [own, other] = [await instance.addIssuer('tingtao'), await instance.addIssuer('yunfan')];
  const api = await instance.startApi();
  [caller, stranger] = [callerOf(api, own), callerOf(api, other)];
  issued = [];
  for (let count = 0; count < 7; count += 1) {
    issued.push(await caller.issue(invoiceRequest({ remark: REMARK })));
  }
});
afterAll(() => instance.close());

describe('the issuer of a document', () => {
  it('reads back what it sent, under the number it was given', async () => {
    const [first] = issued;
    const { body } = await caller.get<Document>(`/v1/documents/${first?.id ?? ''}`);

    expect(body).toMatchObject({ kind: 'invoice.vat', number: first?.number, renderedAt: null });
    expect(body.content).toMatchObject({
      number: first?.number,
      buyer: { name: BUYER, taxId: '91440300MAXDEM0135' },
      remark: REMARK,
      totals: { amount: '100.00', tax: '6.00', withTax: '106.00' },
    });
  });

  it('sees event 0, whose leaf waits for the PDF', async () => {
    const { body } = await caller.get<{ items: unknown[] }>(`/v1/documents/${issued[0]?.id ?? ''}/events`);
    expect(body.items).toEqual([
      {
        seq: 0,
        type: 'issued',
        at: expect.stringMatching(/\+08:00$/) as string,
        leaf: null,
        previousLeaf: null,
        payload: {},
        anchoring: { state: 'waiting' },
      },
    ]);
  });

  it('pages through its documents, newest first, without missing one or seeing one twice', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const query: string = cursor === null ? 'limit=3' : `limit=3&cursor=${cursor}`;
      const { body } = await caller.get<Page>(`/v1/documents?${query}`);
      seen.push(...body.items.map(({ number }) => number));
      cursor = body.nextCursor;
      pages += 1;
    } while (cursor !== null);

    expect(pages).toBe(3);
    expect(seen).toEqual(issued.map(({ number }) => number).reverse());
  });

  it('finds one by its number', async () => {
    const [, second] = issued;
    const { body } = await caller.get<Page>(`/v1/documents?number=${second?.number ?? ''}`);
    expect(body.items.map(({ id }) => id)).toEqual([second?.id]);
  });

  it.each(['limit=0', 'limit=501', 'cursor=x', 'surprise=1'])('is told that the query %s cannot be', async (query) => {
    const { status, body } = await caller.get<Problem>(`/v1/documents?${query}`);
    expect([status, body.errors?.[0]?.field]).toEqual([422, query.split('=')[0]]);
  });

  it('gets 202 for the PDF while it is not drawn', async () => {
    const file = await caller.file(issued[0]?.id ?? '', 0);
    expect([file.status, file.headers.get('retry-after')]).toEqual([202, '2']);
  });
});

describe('another issuer', () => {
  it.each(['', '/events', '/file', '/evidence'])('gets 404 for %s of a document that is not its own', async (what) => {
    const { status, body } = await stranger.get<Problem>(`/v1/documents/${issued[0]?.id ?? ''}${what}`);
    expect([status, body.code]).toEqual([404, 'documents.not-found']);
  });

  it('does not see it in its list', async () => {
    expect((await stranger.get<Page>('/v1/documents')).body.items).toEqual([]);
  });
});

describe('the database', () => {
  it('holds no text of a document, in no column of no table', async () => {
    const columns = await instance.query<{ table: string; column: string }>(
      `select table_name as "table", column_name as "column" from information_schema.columns where table_schema = 'public'`,
    );
    const found: string[] = [];
    for (const { table, column } of columns) {
      const bytes = `case when pg_typeof("${column}")::text = 'bytea'
        then decode(substr("${column}"::text, 3), 'hex') else convert_to("${column}"::text, 'UTF8') end`;
      const count = await instance.value(
        `select count(*) from ${table}, unnest($1::text[]) text where position(convert_to(text, 'UTF8') in ${bytes}) > 0`,
        [[BUYER, '91440300MAXDEM0135', REMARK, '餐费']],
      );
      found.push(...(count === '0' ? [] : [`${table}.${column}`]));
    }
    // The buyer is also admitted as an issuer here, which shows that the search would find what is there.
    expect(found.sort()).toEqual(['issuers.name', 'issuers.tax_id']);
  });
});

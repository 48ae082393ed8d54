import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiCaller, Issued } from '../../support/api-caller.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

let instance: TestInstance;
let apis: [Running, Running];
let issuers: [TestIssuer, TestIssuer, TestIssuer];
let caller: ApiCaller;

beforeAll(async () => {
  instance = await TestInstance.make();
  issuers = [
    await instance.addIssuer('tingtao'),
    await instance.addIssuer('yunfan'),
    await instance.addIssuer('xuelu'),
  ];
  apis = await Promise.all([instance.startApi(), instance.startApi()]);
  caller = callerOf(apis[0], issuers[0]);
});
afterAll(() => instance.close());

const serialsOf = async ({ id }: TestIssuer): Promise<number[]> => {
  const rows = await instance.query<{ serial: string }>(
    'select serial from documents where issuer_id = $1 order by serial',
    [id],
  );
  return rows.map(({ serial }) => Number(serial));
};
const countOf = async (table: string): Promise<number> => Number(await instance.value(`select count(*) from ${table}`));
const oneTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('issuing', () => {
  it('answers 201 with the number, the address and the link, all of them final', async () => {
    const { status, headers, body } = await caller.tryToIssue();

    expect(status).toBe(201);
    expect(headers.get('content-type')).toContain('application/json');
    expect(Object.keys(body).sort()).toEqual(['documentAddress', 'id', 'number', 'verifyUrl']);
    expect(body.number).toMatch(/^\d{2}322\d{15}$/);
    expect(body.documentAddress).toMatch(/^0x[0-9a-fA-F]{40}$/);
    expect(body.verifyUrl).toBe(`${instance.settings.publicBaseUrl}/v/${body.documentAddress}`);
    const stored = await caller.get<Issued>(`/v1/documents/${body.id}`);
    expect(stored.body).toMatchObject({ number: body.number, documentAddress: body.documentAddress });
  });

  it('gives 300 simultaneous invoices of one issuer, over two API processes, numbers without gap or repeat', async () => {
    const [issuer] = issuers;
    const before = await serialsOf(issuer);

    const answers = await Promise.all(apis.map((api) => callerOf(api, issuer).issueMany(150)));

    const numbers = answers.flat().map(({ number }) => number);
    expect(new Set(numbers).size).toBe(300);
    expect(await serialsOf(issuer)).toEqual(oneTo(before.length + 300));
    expect(await instance.value('select count(distinct number) from documents where issuer_id = $1', [issuer.id])).toBe(
      String(before.length + 300),
    );
  });

  it('gives 300 simultaneous invoices of three issuers numbers without gap in each of the three series', async () => {
    const before = await Promise.all(issuers.map((issuer) => serialsOf(issuer)));

    const callers = issuers.flatMap((issuer) => apis.map((api) => callerOf(api, issuer)));
    const answers = await Promise.all(callers.map((each) => each.issueMany(50)));

    expect(new Set(answers.flat().map(({ number }) => number)).size).toBe(300);
    const after = await Promise.all(issuers.map((issuer) => serialsOf(issuer)));
    expect(after).toEqual(before.map(({ length }) => oneTo(length + 100)));
  });

  it('wakes a worker at least once for what it stored, in the same transaction', async () => {
    await instance.query('delete from outbox');
    await caller.issueMany(5);

    const [wish] = await instance.query<{ topic: string; payload: unknown }>('select topic, payload from outbox');
    expect(wish).toEqual({ topic: 'documents.render', payload: { issuerId: issuers[0].id } });
  });
});

describe('an Idempotency-Key', () => {
  it('answers the first document again for the same body, whatever the order of its keys, and takes no number', async () => {
    const key = randomUUID();
    const request = invoiceRequest({ remark: 'once' });
    const first = await caller.issue(request, key);
    const before = await instance.rowCounts();

    const reordered = Object.fromEntries(Object.entries(request).reverse());
    const [again, elsewhere] = [
      await caller.issue(reordered, key),
      await callerOf(apis[1], issuers[0]).issue(request, key),
    ];

    expect([again, elsewhere]).toEqual([first, first]);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('makes one document of 50 simultaneous requests over two API processes', async () => {
    const key = randomUUID();
    const before = await countOf('documents');

    const answers = await Promise.all(
      oneTo(50).map((n) => callerOf(apis[n % 2 === 0 ? 0 : 1], issuers[0]).issue(invoiceRequest(), key)),
    );

    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await countOf('documents')).toBe(before + 1);
    expect(await serialsOf(issuers[0])).toEqual(oneTo((await serialsOf(issuers[0])).length));
  });

  it('refuses another body with 422 and stores nothing', async () => {
    const key = randomUUID();
    await caller.issue(invoiceRequest(), key);
    const before = await instance.rowCounts();

    const { status, body } = await caller.tryToIssue(invoiceRequest({ remark: 'another' }), key);

    expect([status, body.code]).toEqual([422, 'idempotency.key-reused']);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('lets exactly one of two different bodies win that race each other, and refuses the other', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      oneTo(20).map((n) =>
        callerOf(apis[n % 2 === 0 ? 0 : 1], issuers[0]).tryToIssue(invoiceRequest({ remark: `body ${n % 2}` }), key),
      ),
    );

    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(10);
    expect(new Set(won.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status, body }) => status === 422 && body.code === 'idempotency.key-reused')).toHaveLength(
      10,
    );
  });

  it('belongs to one issuer: the same key of another issuer is another document', async () => {
    const key = randomUUID();
    const [mine, theirs] = [
      await caller.issue(undefined, key),
      await callerOf(apis[0], issuers[1]).issue(undefined, key),
    ];
    expect(theirs.id).not.toBe(mine.id);
  });

  it.each(['two words', 'x'.repeat(256), ''])('is refused when it is %j', async (key) => {
    const { status, body } = await caller.post<{ code: string }>('/v1/invoices', invoiceRequest(), {
      'idempotency-key': key,
    });
    expect([status, body.code]).toEqual([400, 'idempotency.key-malformed']);
  });
});

describe('a refused invoice', () => {
  it('is told each wrong field by name, and leaves no trace in any table', async () => {
    const before = await instance.rowCounts();

    const { status, body } = await caller.tryToIssue({
      ...invoiceRequest({ lines: [lineRequest({ amount: '1', taxRate: 'x' })] }),
      type: 'odd',
      drawer: '',
      surprise: 1,
    });

    expect([status, body.code]).toEqual([422, 'validation.failed']);
    const fields = (body.errors ?? []).map(({ field }) => field).sort();
    expect(fields).toEqual(['drawer', 'lines[0].amount', 'lines[0].taxRate', 'surprise', 'type']);
    expect(
      (body.errors ?? []).every(({ code, message }) => /^[a-z-]+\.[a-z-]+$/.test(code) && message.length > 5),
    ).toBe(true);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('is told which rule its arithmetic breaks', async () => {
    const before = await instance.rowCounts();
    const { status, body } = await caller.tryToIssue(invoiceRequest({ lines: [lineRequest({ tax: '9.00' })] }));

    expect(status).toBe(422);
    expect(body.errors?.map(({ field }) => field)).toEqual(['lines[0].tax', 'lines']);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('does not make the good ones fail that came in the same instant', async () => {
    const before = await serialsOf(issuers[0]);
    const bad = invoiceRequest({ lines: [lineRequest({ tax: '9.00' })] });
    const key = randomUUID();
    await caller.issue(invoiceRequest(), key);

    const answers = await Promise.all([
      ...oneTo(20).map(() => caller.tryToIssue()),
      caller.tryToIssue(bad),
      caller.tryToIssue(invoiceRequest({ remark: 'another' }), key),
      ...oneTo(20).map(() => caller.tryToIssue()),
    ]);

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(40);
    expect(statuses.slice(20, 22)).toEqual([422, 422]);
    expect(await serialsOf(issuers[0])).toEqual(oneTo(before.length + 41));
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Issued, type Problem } from '../../support/api-caller.js';
import { invoiceRequest, lineRequest } from '../../support/invoice-request.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type Allowance = { monthlyTotal?: string; used?: string; available?: string };

describe('what an issuer may issue', () => {
  let instance: TestInstance;
  let api: Running;
  let issuer: TestIssuer;
  let caller: ApiCaller;
  let operatorKey: string;

  beforeAll(async () => {
    instance = await TestInstance.make();
    issuer = await instance.addIssuer('parking');
    const operatorId = '018f0000-0000-7000-8000-000000000001';
    operatorKey = await instance.atDesk((desk) => desk.createKey('operator', operatorId, 'test'));
    api = await instance.startApi();
    caller = callerOf(api, issuer);
  });

  afterAll(() => instance.close());

  const put = async (path: string, body: object): Promise<{ status: number; body: Problem }> => {
    const response = await fetch(`${api.url}${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Problem };
  };
  const limitTo = (monthlyTotal: string, id = issuer.id) =>
    put(`/v1/issuers/${id}/invoice-allowance`, { monthlyTotal });
  const allowance = async () => (await caller.get<Allowance>('/v1/invoice-allowance')).body;

  it('is unlimited until the operator says otherwise', async () => {
    await caller.issue();
    expect(await allowance()).toEqual({ month: expect.stringMatching(/^\d{4}-\d{2}$/) as string });
    expect((await limitTo('1.00', '018f0000-0000-7000-8000-000000000002')).body.code).toBe('invoices.issuer-not-found');
    expect((await limitTo('-1.00')).body.errors?.[0]?.field).toBe('monthlyTotal');
  });

  it('ends with the month’s credit line, which red-letter invoices use up too', async () => {
    await limitTo('1000.00');
    const answers = await Promise.all(Array.from({ length: 30 }, () => caller.tryToIssue()));
    const issued = answers.filter(({ status }) => status === 201);
    expect(issued).toHaveLength(10);
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'invoices.quota-exhausted']));
    expect(await allowance()).toMatchObject({ monthlyTotal: '1000.00', used: '1000.00', available: '0.00' });
    const red = () =>
      caller.post<Issued & Problem>(`/v1/invoices/${issued[0]?.body.id ?? ''}/red-letters`, {
        ...{ reasonCode: '01', drawer: '林示安' },
      });
    expect((await red()).body.code).toBe('invoices.quota-exhausted');
    expect(await instance.value('select count(*)::int from invoice_remainders')).toBe(0);
    await limitTo('1100.00');
    expect((await red()).status).toBe(201);
    expect(await allowance()).toMatchObject({ used: '1100.00', available: '0.00' });
  });

  it('takes what still fits, and nothing for a request that was answered before', async () => {
    await limitTo('1160.00');
    const small = invoiceRequest({ lines: [lineRequest({ amount: '50.00', tax: '3.00' })] });
    const answers = await Promise.all([caller.tryToIssue(), caller.tryToIssue(small, 'fits'), caller.tryToIssue()]);
    expect(answers.map(({ status }) => status)).toEqual([409, 201, 409]);
    expect((await caller.tryToIssue(small, 'fits')).status).toBe(201);
    expect(await allowance()).toMatchObject({ used: '1150.00', available: '10.00' });
  });

  it('begins anew with the month', async () => {
    await instance.query(`update invoice_allowances set month = '2020-01'`);
    expect(await allowance()).toMatchObject({ used: '0.00' });
    await caller.issue();
    expect(await allowance()).toMatchObject({ used: '100.00' });
    await limitTo('999999.00');
  });

  it('is under drawn numbers only, from the first block on', async () => {
    const draw = (count: number, scheme = 'blockchain') =>
      caller.post<{ first: string; last: string } & Problem>('/v1/invoice-number-blocks', { scheme, count });
    const old = invoiceRequest({ scheme: 'blockchain' });
    const first = await caller.issue(old);
    const block = (await draw(2)).body;
    expect(BigInt(block.first)).toBe(BigInt(first.number) + 1n);
    expect(BigInt(block.last)).toBe(BigInt(first.number) + 2n);
    const answers = await Promise.all([0, 1, 2].map(() => caller.tryToIssue(old)));
    expect(answers.filter(({ status }) => status === 201).map(({ body }) => body.number)).toEqual([
      ...[block.first, block.last],
    ]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('documents.numbers-exhausted');
    expect((await draw(100_000)).body.code).toBe('invoices.number-block-too-large');
    expect((await draw(0)).body.errors?.[0]?.field).toBe('count');
    await draw(1);
    expect((await caller.tryToIssue(old)).status).toBe(201);
    const { body } = await caller.get<{ blocks: unknown[] }>('/v1/invoice-number-blocks');
    expect(body.blocks).toHaveLength(2);
  });

  it('is of any scheme', async () => {
    const content = async ({ id }: Issued) =>
      (await caller.get<{ content: Record<string, unknown> }>(`/v1/documents/${id}`)).body.content;
    const legacy = await caller.issue(invoiceRequest({ scheme: 'legacy' }));
    expect(legacy.number).toMatch(/^04403\d{2}\d{3}11\d{8}$/);
    expect(await content(legacy)).toMatchObject({
      title: '广东增值税电子普通发票',
      code: legacy.number.slice(0, 12),
      number: legacy.number.slice(12),
      checkCode: expect.stringMatching(/^\d{20}$/) as string,
      qrText: expect.stringMatching(/^01,10,\d{12},\d{8},100.00,\d{8},\d{20},[0-9A-F]{4},$/) as string,
      judgedBy: { 'tax-rates': '1', 'tax-classes': '1', regions: '1' },
    });
    const special = await caller.tryToIssue(invoiceRequest({ scheme: 'legacy', type: 'special' }));
    expect(special.body.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'type invoices.scheme-is-ordinary',
    ]);
  });

  it('leads, by the link of a blockchain invoice, to its page', async () => {
    const address = 'ab'.repeat(20);
    const scan = (hash: string) => fetch(`${api.url}/verify/scan?hash=${hash}`, { redirect: 'manual' });
    expect((await scan(`01${address}${'0'.repeat(24)}`)).headers.get('location')).toBe(`/v/0x${address}`);
    expect((await scan('https://example.invalid/')).headers.get('location')).toBe('/verify');
  });

  it('follows the reference tables of the moment, and remembers their version', async () => {
    const lines = [lineRequest({ taxRate: '0.08', tax: '8.00' })];
    expect((await caller.tryToIssue(invoiceRequest({ lines }))).body.errors?.[0]?.code).toBe(
      'invoices.tax-rate-not-in-force',
    );
    const said = await put('/v1/reference-tables/tax-rates/rows/0.08', {
      validFrom: '2020-01-01',
      data: { use: 'test' },
    });
    expect(said).toMatchObject({ status: 200, body: { version: 2 } });
    const issued = await caller.issue(invoiceRequest({ lines }));
    const { body } = await caller.get<{ content: Record<string, unknown> }>(`/v1/documents/${issued.id}`);
    expect(body.content['judgedBy']).toEqual({ 'tax-classes': '1', 'tax-rates': '2' });
    const anybody = new ApiCaller(api.url);
    const rows = async (query: string) =>
      (await anybody.get<{ version: number; rows: { code: string }[] }>(`/v1/reference-tables/tax-rates${query}`)).body;
    expect((await rows('?on=2026-03-05')).rows.map(({ code }) => code)).toContain('0.08');
    expect((await rows('?on=2026-03-05&version=1')).rows.map(({ code }) => code)).not.toContain('0.08');
    expect((await anybody.get('/v1/reference-tables/nothing')).status).toBe(404);
    expect((await anybody.get('/v1/reference-tables/tax-rates?on=2026-02-30')).status).toBe(422);
    expect((await anybody.get('/v1/reference-tables/tax-rates?version=3')).status).toBe(404);
  });

  it('is written down by the operator only, and history stays', async () => {
    const change = { validFrom: '2027-01-01', data: { use: 'later' } };
    const asIssuer = await fetch(`${api.url}/v1/reference-tables/tax-rates/rows/0.13`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${issuer.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    expect(asIssuer.status).toBe(403);
    const before = await instance.value('select count(*)::int from reference_rows');
    const path = '/v1/reference-tables/tax-rates/rows/0.13';
    expect((await put(path, change)).body).toEqual({ version: 3 });
    expect((await put(path, change)).body).toEqual({ version: 3 });
    expect(await instance.value('select count(*)::int from reference_rows')).toBe((before as number) + 2);
    for (const [body, field] of [
      [{ ...change, validFrom: '2027-02-30' }, 'validFrom'],
      [{ ...change, validTo: '2026-12-31' }, 'validTo'],
      [{ ...change, data: {} }, 'data'],
      [{ ...change, data: { use: 1 } }, 'data'],
      [{ ...change, extra: '1' }, 'extra'],
    ] as const) {
      expect((await put(path, body)).body.errors?.[0]?.field).toBe(field);
    }
    expect((await put('/v1/reference-tables/tax-rates/rows/a%20b', change)).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiCaller, type Issued, type Problem } from '../../support/api-caller.js';
import { fineOf } from '../../support/receipts.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type Content = { content: { judgedBy: Record<string, string> } };

describe('a change of a table by the operator', () => {
  let instance: TestInstance;
  let apis: [Running, Running];
  let issuer: TestIssuer;
  let operator: ApiCaller;

  beforeAll(async () => {
    instance = await TestInstance.make();
    issuer = await instance.addIssuer('traffic');
    apis = [await instance.startApi(), await instance.startApi()];
    operator = new ApiCaller(apis[0].url, await instance.atDesk((desk) => desk.createOperatorKey('test')));
  });
  afterAll(() => instance.close());

  let serial = 0;
  const issue = (particulars: Record<string, unknown>, api: 0 | 1 = 0) =>
    callerOf(apis[api], issuer).post<Issued & Problem>('/v1/receipts', fineOf((serial += 1), particulars));
  const problems = async (particulars: Record<string, unknown>): Promise<readonly string[]> =>
    ((await issue(particulars)).body.errors ?? []).map(({ field, code }) => `${field} ${code}`);
  const say = (table: string, code: string, row: object) =>
    operator.put<{ version: number }>(`/v1/reference-tables/${table}/rows/${encodeURIComponent(code)}`, row);

  const close = (table: string, code: string, days: object) =>
    operator.post<{ version: number } & Problem>(
      `/v1/reference-tables/${table}/rows/${encodeURIComponent(code)}/closures`,
      days,
    );

  it('lets a new violation code be used at once, from its first day on', async () => {
    const unknown = ['particulars.violationCode receipts.violation-code-not-in-force'];
    expect(await problems({ violationCode: '8013' })).toEqual(unknown);
    const before = await instance.rowCounts();
    const row = { validFrom: '2026-03-01', data: { text: '示例', points: '3' } };
    expect((await say('violation-codes', '8013', row)).body).toEqual({ version: 2 });
    const rows = { ...before, reference_rows: (before['reference_rows'] ?? 0) + 1 };
    expect(await instance.rowCounts()).toEqual(rows);

    const { status, body } = await issue({ violationCode: '8013' });
    expect(status).toBe(201);
    const { content } = (await callerOf(apis[0], issuer).get<Content>(`/v1/documents/${body.id}`)).body;
    expect(content.judgedBy).toMatchObject({ 'violation-codes': '2', 'plate-letters': '1' });
    expect(await problems({ violationCode: '8013', violationTime: '2026-02-28T23:59:59+08:00' })).toEqual(unknown);
  });

  it('reaches the other processes within seconds, without a restart', async () => {
    await expect.poll(async () => (await issue({ violationCode: '8013' }, 1)).status, { timeout: 6_000 }).toBe(201);
  });

  it('closes a plate letter from a day on; vehicles that had it before are fined for the days before', async () => {
    expect((await issue({ plateNo: '粤BD12345' })).status).toBe(201);
    expect((await close('plate-letters', 'D', { from: '2026-03-01' })).body).toEqual({ version: 2 });

    const { body } = await issue({ plateNo: '粤BD12345', violationTime: '2026-03-01T00:00:00+08:00' });
    expect(body.errors).toEqual([
      {
        field: 'particulars.plateNo',
        code: 'receipts.plate-new-energy-not-in-force',
        message: '"D" is no letter of new-energy plates on 2026-03-01; see the table plate-letters.',
      },
    ]);
    expect((await issue({ plateNo: '粤BD12345', violationTime: '2026-02-28T23:59:59+08:00' })).status).toBe(201);
  });

  it('is refused when it closes what is not open, ends before it begins, or comes from anybody else', async () => {
    const before = await instance.rowCounts();
    const answers = [
      await close('plate-letters', 'D', { from: '2026-03-01' }),
      await close('plate-letters', '字', { from: '2026-03-01' }),
      await close('plate-letters', 'F', { from: '2026-03-01', to: '2026-02-28' }),
      await close('plate-letters', 'F', { from: '2026-02-30' }),
      await close('plate-letters', 'a b', { from: '2026-03-01' }),
      await close('nothing', 'F', { from: '2026-03-01' }),
      await callerOf(apis[0], issuer).post<Problem>('/v1/reference-tables/plate-letters/rows/F/closures', {}),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.errors?.[0]?.field ?? body.code}`)).toEqual([
      '409 reference-tables.code-not-in-force',
      '409 reference-tables.code-not-in-force',
      '422 to',
      '422 from',
      '400 reference-tables.code-malformed',
      '404 reference-tables.not-found',
      '403 access.forbidden',
    ]);
    expect(await instance.rowCounts()).toEqual(before);
  });

  it('closes an id type and a class of bills for what is issued today', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await close('id-types', '111', { from: today });
    await close('fiscal-categories', '0103', { from: today });
    const { body } = await issue({ plateNo: '粤B12345' });
    expect(body.errors?.map(({ field, code, message }) => [field, code, message.includes(today)])).toEqual([
      ['kind', 'receipts.fiscal-category-not-in-force', true],
      ['payer.codeType', 'receipts.id-type-not-in-force', true],
    ]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataSource } from '../../../src/platform/database/index.js';
import type { Answer, Issued, Problem } from '../../support/api-caller.js';
import { sampleReceipt } from '../../support/receipts.js';
import { callerOf, TestInstance, type Running, type TestIssuer } from '../../support/running-instance.js';

type IssuedBill = Answer<Issued & Problem>;

describe('the numbers of two issuers of one province', () => {
  let instance: TestInstance;
  let apis: [Running, Running];
  let issuers: [TestIssuer, TestIssuer];

  beforeAll(async () => {
    instance = await TestInstance.make();
    issuers = [await instance.addIssuer('parking'), await instance.addIssuer('traffic')];
    apis = [await instance.startApi(), await instance.startApi()];
  });
  afterAll(() => instance.close());

  // Without its requestSerialNo, by which all of them would be one.
  const request = { ...sampleReceipt('parking.json').request, requestSerialNo: undefined };
  const issue = (issuer: 0 | 1, times = 1): Promise<IssuedBill[]> =>
    Promise.all(
      Array.from({ length: times }, (_, index) =>
        callerOf(apis[index % 2 === 0 ? 0 : 1], issuers[issuer]).post<Issued & Problem>('/v1/receipts', request),
      ),
    );
  const serialsOf = async (issuer: 0 | 1): Promise<number[]> => {
    const rows = await instance.query<{ serial: string }>(
      'select serial from documents where issuer_id = $1 order by serial',
      [issuers[issuer].id],
    );
    return rows.map(({ serial }) => Number(serial));
  };

  it('are never the same, however many are issued at once by however many processes', async () => {
    const answers = (await Promise.all([issue(0, 60), issue(1, 60)])).flat();
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    const numbers = answers.map(({ body }) => body.number);
    expect(new Set(numbers.map((number) => number.slice(0, 8))).size).toBe(1);
    expect(new Set(numbers).size).toBe(120);
  });

  it('run without a gap within what each has drawn', async () => {
    const runs = [await serialsOf(0), await serialsOf(1)].sort(([left = 0], [right = 0]) => left - right);
    const from = (first: number): number[] => Array.from({ length: 60 }, (_, index) => first + index);
    expect(runs).toEqual([from(1), from(10_001)]);
    expect(await instance.query('select * from shared_series')).toMatchObject([{ next_serial: '20001' }]);
  });

  it('go on in the next range where one ends, in the midst of a batch, and leave none out', async () => {
    const [mine] = (await serialsOf(0)) as [number];
    const last = mine + 9_999;
    const moved = 'update number_series set next_serial = $2 where issuer_id = $1';
    await instance.query(moved, [issuers[0].id, last - 2]);
    const serialOf = ({ body }: IssuedBill): number => Number(body.number.slice(8));
    const across = (await issue(0, 8)).map(serialOf).sort((left, right) => left - right);
    expect(across).toEqual([...[last - 2, last - 1, last], ...[20_001, 20_002, 20_003, 20_004, 20_005]]);
    expect((await issue(0)).map(serialOf)).toEqual([20_006]);
    const ranges = await instance.query('select 1 from number_ranges where issuer_id = $1', [issuers[0].id]);
    expect(ranges).toHaveLength(2);
  });

  it('are drawn from a counter that nothing the API may do moves back', async () => {
    const api = await makeDataSource({
      url: instance.settings.databaseUrl,
      role: 'chopmark_api',
      poolSize: 1,
    }).initialize();
    try {
      await expect(api.query('update shared_series set next_serial = 1')).rejects.toThrow(/permission denied/);
      const draw = "select draw_shared_serials('44020126', $1, -1) as first";
      const [first] = await api.query<{ first: string }[]>(draw, [-5_000]);
      const [second] = await api.query<{ first: string }[]>(draw, [1]);
      expect(Number(second?.first)).toBe(Number(first?.first) + 1);
    } finally {
      await api.destroy();
    }
  });

  it('are left out, and by nobody else used, where an operator moves a series ahead', async () => {
    await instance.query('update number_series set next_serial = 500000 where issuer_id = $1', [issuers[0].id]);
    const [skipped] = await issue(0);
    const [others] = await issue(1);
    expect([skipped?.body.number.slice(8), others?.status]).toEqual(['0000500000', 201]);
    expect(await instance.value('select next_serial from shared_series')).toBe('510000');
  });

  it('end with the last of ten digits', async () => {
    await instance.query('update shared_series set next_serial = 9999999999');
    await instance.query('update number_series set next_serial = (select max(last_serial) + 1 from number_ranges)');
    const answers = [...(await issue(1)), ...(await issue(1))];
    expect(answers.map(({ status, body }) => [status, status === 201 ? body.number : body.code])).toEqual([
      [201, expect.stringMatching(/^\d{8}9{10}$/)],
      [409, 'documents.numbers-exhausted'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { addDays, isWeekend } from '../../kernel/index.js';
import { rowProblems } from './reference-row-rules.js';
import type { ReferenceRow, VersionedRow } from './reference-table.js';
import { isInForce, REFERENCE_TABLES, ReferenceTable } from './reference-table.js';
import { closeRows, reviseRows } from './revise-rows.js';
import { SampleReferenceTables, sampleRows } from './sample-tables.js';

const row = (validFrom: string, validTo?: string, use = 'test'): ReferenceRow => ({
  code: '0.5',
  validFrom,
  ...(validTo === undefined ? {} : { validTo }),
  data: { use },
});
const known = (...rows: readonly ReferenceRow[]): VersionedRow[] =>
  rows.map((each) => ({ ...each, isSample: true, since: 1 }));

describe('a reference table', () => {
  const table = new ReferenceTable('tax-rates', 3, known(row('2030-01-01', '2030-01-31'), row('2030-02-01')));

  it('knows what is in force on a day, first and last day included', () => {
    expect(table.find('0.5', '2029-12-31')).toBeUndefined();
    expect(table.find('0.5', '2030-01-01')?.validTo).toBe('2030-01-31');
    expect(table.find('0.5', '2030-01-31')?.validTo).toBe('2030-01-31');
    expect(table.find('0.5', '2030-02-01')?.validTo).toBeUndefined();
    expect(table.inForce('2030-02-01')).toHaveLength(1);
    expect([table.knows('0.5'), table.knows('0.6')]).toEqual([true, false]);
  });
});

describe('saying something new of a code', () => {
  it('ends what was said the day before', () => {
    expect(reviseRows(known(row('2020-01-01')), row('2030-03-01', undefined, 'new'))?.added).toEqual([
      row('2020-01-01', '2030-02-28'),
      row('2030-03-01', undefined, 'new'),
    ]);
  });

  it('leaves what was said for the days after', () => {
    const revision = reviseRows(known(row('2020-01-01')), row('2024-02-01', '2024-02-29', 'leap'));
    expect(revision?.added).toEqual([
      row('2020-01-01', '2024-01-31'),
      row('2024-03-01'),
      row('2024-02-01', '2024-02-29', 'leap'),
    ]);
  });

  it('takes the place of what lies within, and does not touch what lies outside', () => {
    const [inside, outside] = known(row('2021-01-01', '2021-12-31'), row('2022-01-01', '2022-12-31'));
    const revision = reviseRows(
      [inside, outside].filter((each) => each !== undefined),
      row('2020-06-01', '2021-12-31'),
    );
    expect(revision).toEqual({ replaced: [inside], added: [row('2020-06-01', '2021-12-31')] });
  });

  it('changes nothing when it was said already', () => {
    expect(reviseRows(known(row('2020-01-01')), row('2020-01-01'))).toBeNull();
  });
});

describe('closing a code', () => {
  it('ends it the day before, for good or until a day, and leaves other days alone', () => {
    const current = known(row('2020-01-01'));
    expect(closeRows(current, { validFrom: '2026-03-01' })).toEqual({
      replaced: current,
      added: [row('2020-01-01', '2026-02-28')],
    });
    expect(closeRows(current, { validFrom: '2026-03-01', validTo: '2026-03-31' })?.added).toEqual([
      row('2020-01-01', '2026-02-28'),
      row('2026-04-01'),
    ]);
    expect(closeRows(current, { validFrom: '2020-01-01' })).toEqual({ replaced: current, added: [] });
  });

  it('changes nothing where nothing is said', () => {
    expect(closeRows(known(row('2020-01-01', '2020-12-31')), { validFrom: '2021-01-01' })).toBeNull();
  });
});

describe('the sample holidays', () => {
  const { holidays } = sampleRows;
  const dayOff = (code: string, year: number): string | undefined =>
    holidays.find((row) => row.code === code && row.validFrom.startsWith(String(year)))?.validFrom;

  it.each([2025, 2026, 2027])('of %i have the days of the lunar calendar in them', (year) => {
    const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    const lunar = (code: string, month: number, day: number): boolean =>
      holidays
        .filter((row) => row.code === code && row.validFrom.startsWith(String(year)))
        .some(({ validFrom, validTo = '' }) =>
          Array.from({ length: 12 }, (_, index) => addDays(validFrom, index)).some(
            (date) => date <= validTo && chinese.format(new Date(date)) === `${month}/${day}`,
          ),
        );
    expect(lunar('春节', 1, 1)).toBe(true);
    expect(lunar('端午节', 5, 5)).toBe(true);
    expect(lunar(dayOff('中秋节', year) === undefined ? '国庆节' : '中秋节', 8, 15)).toBe(true);
  });

  it('shift work to weekends only, and rest on no day of work', () => {
    const work = holidays.filter(({ data }) => data['day'] === 'work').map(({ validFrom }) => validFrom);
    expect(work.filter((date) => !isWeekend(date))).toEqual([]);
    expect(work.filter((date) => holidays.some((row) => row.data['day'] === 'rest' && isInForce(row, date)))).toEqual(
      [],
    );
  });
});

describe('a row of the holidays', () => {
  const rest = {
    code: '国庆节',
    validFrom: '2027-10-01',
    validTo: '2027-10-07',
    data: { day: 'rest', name: 'National Day' },
  };

  it('says what its days are, and ends', () => {
    expect(rowProblems('holidays', rest)).toEqual([]);
    expect(rowProblems('holidays', { ...rest, data: { name: 'National Day' } })[0]?.field).toBe('data.day');
    expect(rowProblems('holidays', { ...rest, data: { day: 'off' } })[0]?.field).toBe('data.day');
    const endless = { code: rest.code, validFrom: rest.validFrom, data: rest.data };
    expect(rowProblems('holidays', endless)[0]?.field).toBe('validTo');
    expect(rowProblems('holidays', { ...rest, validTo: '2028-10-07' })[0]?.field).toBe('validTo');
    expect(rowProblems('tax-rates', endless)).toEqual([]);
  });
});

describe('the samples', () => {
  it.each(REFERENCE_TABLES)('of %s say one thing of a code on a day', (name) => {
    const table = new SampleReferenceTables().table(name);
    expect(table.rows.length).toBeGreaterThan(3);
    for (const day of new Set(['2026-03-05', ...table.rows.map(({ validFrom }) => validFrom)])) {
      const codes = table.inForce(day).map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    }
    expect(sampleRows[name].every(({ data }) => Object.values(data).every((text) => text !== ''))).toBe(true);
  });
});

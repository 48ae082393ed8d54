import { describe, expect, it } from 'vitest';
import { CountingIds } from '../../test/support/receipts.js';
import { domainVectors } from '../../test/vectors/domain.js';
import { ConsultedTables, ReferenceTable, SampleReferenceTables, type ReferenceRow } from '../documents/index.js';
import {
  drawCheckCode,
  fiscalBillCode,
  fiscalBillNumber,
  fiscalBillTag,
  isFiscalBillCode,
  isFiscalBillNumber,
  isFiscalCheckCode,
  isSameCheckCode,
} from './fiscal-codes.js';
import { isPlateShaped } from './plate-number.js';
import { checkPlate } from './plate-rules.js';
import { isDecisionNumber } from './punishment-decision.js';

describe('the numbers of fiscal bills', () => {
  it.each(domainVectors('fiscalBillCode'))('code $input: $why', ({ input, valid }) => {
    expect(isFiscalBillCode(input)).toBe(valid);
  });

  it.each(domainVectors('fiscalBillNumber'))('number $input: $why', ({ input, valid }) => {
    expect(isFiscalBillNumber(input)).toBe(valid);
  });

  it.each(domainVectors('fiscalCheckCode'))('check code $input: $why', ({ input, valid }) => {
    expect(isFiscalCheckCode(input)).toBe(valid);
  });

  it('are made of region, class and year, and run from 1 in ten digits', () => {
    expect(fiscalBillCode('440300', { category: '01', type: '03' }, 2026)).toBe('44010326');
    expect([fiscalBillNumber(1n), fiscalBillNumber(9_999_999_999n)]).toEqual(['0000000001', '9999999999']);
    expect(fiscalBillTag('44010326')).toBe('CZ-EI-44');
  });

  it('end where ten digits end, and know no region 99', () => {
    expect(() => fiscalBillNumber(10_000_000_000n)).toThrow(RangeError);
    expect(() => fiscalBillNumber(0n)).toThrow(RangeError);
    expect(() => fiscalBillCode('990000', { category: '01', type: '03' }, 2026)).toThrow(RangeError);
  });

  it('have a check code that is drawn anew each time and compared without regard to case or width', () => {
    const ids = new CountingIds();
    const codes = Array.from({ length: 50 }, () => drawCheckCode(ids));
    expect(codes.every(isFiscalCheckCode)).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(20);
    expect([isSameCheckCode('dphlfn', 'DPHLFN'), isSameCheckCode('k7x2pd', 'ｋ７Ｘ2pd ')]).toEqual([true, true]);
    expect(isSameCheckCode('dphlfn', 'dphlfm')).toBe(false);
  });
});

describe('plates and decisions', () => {
  const given = (day: string, rows: readonly ReferenceRow[] = []) => {
    const samples = new SampleReferenceTables();
    const table = samples.table('plate-letters');
    const further = rows.map((row) => ({ ...row, isSample: false, since: 2 }));
    const changed = new ReferenceTable('plate-letters', 2, [...table.rows, ...further]);
    return (plate: string): readonly string[] => {
      const rules: string[] = isPlateShaped(plate) ? [] : ['shape'];
      const tables = new ConsultedTables({
        table: (name) => (name === 'plate-letters' ? changed : samples.table(name)),
      });
      checkPlate(plate, day, tables, (rule) => rules.push(rule));
      return rules;
    };
  };

  it.each(domainVectors('plate'))('plate $input: $why', ({ input, valid }) => {
    expect(given('2026-03-05')(input).length === 0).toBe(valid);
  });

  it('have the provinces and new-energy letters that the table gives on the day', () => {
    const [early, later] = [given('2018-06-01'), given('2026-03-05')];
    expect([early('粤BD12345'), early('粤BA12345'), later('粤BA12345'), later('粤B12345A')]).toEqual([
      [],
      ['plate-new-energy-not-in-force'],
      [],
      [],
    ]);
    expect(later('粤B12345L')).toEqual(['plate-new-energy-not-in-force']);
    expect(later('字B12345')).toEqual(['plate-province-not-in-force']);
    const role = { role: 'province', regionCode: '440000' };
    const opened = given('2026-03-05', [{ code: '字', validFrom: '2026-01-01', data: role }]);
    expect([opened('字B12345'), opened('粤字12345')]).toEqual([[], ['shape']]);
  });

  it.each(domainVectors('punishmentDecisionNo'))('decision $input: $why', ({ input, valid }) => {
    expect(isDecisionNumber(input)).toBe(valid);
  });
});

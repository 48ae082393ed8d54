import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { isCalendarDate, toChinaDate, toChinaTime } from './calendar.js';
import { citizenIdProblem } from './citizen-id.js';
import { invoiceRegionCode, isInvoiceRegionCode, isProvinceCode, isRegionCode } from './region-code.js';
import { isOrganisationCode, isUscc, usccProblem, usccWarnings } from './uscc.js';

describe('USCC', () => {
  it.each(domainVectors('uscc'))('$input: $why', ({ input, valid, severity }) => {
    if (severity === 'warning') {
      expect(isUscc(input) && usccWarnings(input)).toContain('unknown-region');
      return;
    }
    expect(isUscc(input)).toBe(valid);
    if (isUscc(input)) {
      expect(usccWarnings(input)).toEqual([]);
    }
  });

  it.each(domainVectors('orgCode'))('organisation code $input: $why', ({ input, valid }) => {
    expect(isOrganisationCode(input)).toBe(valid);
  });

  it('says what is wrong', () => {
    expect(usccProblem('91350100M000100Y4')).toBe('length');
    expect(usccProblem('91350100I000100Y43')).toBe('characters');
    expect(usccProblem('91350100M000100Y4Z')).toBe('characters');
    expect(usccProblem('91350100M000100Y44')).toBe('check-character');
  });
});

describe('citizen id', () => {
  it.each(domainVectors('citizenId'))('$input: $why', ({ input, valid }) => {
    expect(citizenIdProblem(input, '2026-11-22') === null).toBe(valid);
  });

  it('says what is wrong', () => {
    expect(citizenIdProblem('110105491231002', '2026-11-22')).toBe('shape');
    expect(citizenIdProblem('990105194912310021', '2026-11-22')).toBe('region');
    expect(citizenIdProblem('110105194902300020', '2026-11-22')).toBe('birth-date');
    expect(citizenIdProblem('11010519491231002X', '1949-12-30')).toBe('birth-date');
    expect(citizenIdProblem('110105194912310021', '2026-11-22')).toBe('check-character');
  });
});

describe('regions', () => {
  it('knows provinces, and the plan cities on invoices only', () => {
    expect(['11', '54', '82'].every(isProvinceCode)).toBe(true);
    expect(['16', '91', '99', '00'].some(isProvinceCode)).toBe(false);
    expect(['91', '95', '32'].every(isInvoiceRegionCode)).toBe(true);
    expect(isInvoiceRegionCode('96')).toBe(false);
    expect(isRegionCode('440300')).toBe(true);
    expect(isRegionCode('4403')).toBe(false);
  });

  it('numbers Shenzhen under 95 and Nanjing under Jiangsu', () => {
    expect(invoiceRegionCode('440300')).toBe('95');
    expect(invoiceRegionCode('440604')).toBe('44');
    expect(invoiceRegionCode('320102')).toBe('32');
    expect(() => invoiceRegionCode('990000')).toThrow(TypeError);
  });
});

describe('calendar', () => {
  it('has 29 February in leap years only', () => {
    expect(isCalendarDate('2024-02-29')).toBe(true);
    expect(isCalendarDate('2000-02-29')).toBe(true);
    expect(isCalendarDate('1900-02-29')).toBe(false);
    expect(['2025-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-1-1'].some(isCalendarDate)).toBe(false);
  });

  it('states instants at the offset of China', () => {
    expect(toChinaTime(new Date('2026-12-31T16:00:00.999Z'))).toBe('2027-01-01T00:00:00+08:00');
    expect(toChinaDate(new Date('2026-12-31T15:59:59Z'))).toBe('2026-12-31');
  });
});

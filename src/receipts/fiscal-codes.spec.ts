import { describe, expect, it } from 'vitest';
import { CountingIds } from '../../test/support/receipts.js';
import { domainVectors } from '../../test/vectors/domain.js';
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
import { isPlateNumber } from './plate-number.js';
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
  it.each(domainVectors('plate'))('plate $input: $why', ({ input, valid }) => {
    expect(isPlateNumber(input)).toBe(valid);
  });

  it('let a city configure further new-energy letters', () => {
    expect(isPlateNumber('粤BA12345')).toBe(false);
    expect(isPlateNumber('粤BA12345', 'DFA')).toBe(true);
    expect([isPlateNumber('粤B12345D'), isPlateNumber('粤B12345A'), isPlateNumber('粤B12345A', 'DFA')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(() => isPlateNumber('粤B12345', 'I')).toThrow(TypeError);
  });

  it.each(domainVectors('punishmentDecisionNo'))('decision $input: $why', ({ input, valid }) => {
    expect(isDecisionNumber(input)).toBe(valid);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDecimals,
  formatDecimal,
  isDecimalText,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
} from './decimal.js';

const rounded = (text: string, scale: number) => roundDecimal(parseDecimal(text), scale);

describe('decimals', () => {
  it.each(['0', '1', '-1', '0.1', '1.10', '622.64150943396', '1234567890123456789012345'])(
    'reads %s exactly',
    (text) => {
      expect(formatDecimal(parseDecimal(text))).toBe(text);
    },
  );

  it.each(['', '.', '1.', '.1', '01', '+1', '1e3', '1_0', '０', ' 1', '12345678901234567890123456'])(
    'refuses %j',
    (text) => {
      expect(isDecimalText(text)).toBe(false);
      expect(() => parseDecimal(text)).toThrow(TypeError);
    },
  );

  it('rounds halves away from zero on both sides', () => {
    expect(rounded('0.005', 2)).toBe(1n);
    expect(rounded('-0.005', 2)).toBe(-1n);
    expect(rounded('1.004999999', 2)).toBe(100n);
    expect(rounded('-1.004999999', 2)).toBe(-100n);
    expect(rounded('7', 2)).toBe(700n);
  });

  it('multiplies without losing a digit', () => {
    const product = multiplyDecimals(parseDecimal('8'), parseDecimal('6194.6902654867'));
    expect(formatDecimal(product)).toBe('49557.5221238936');
  });

  it('compares by value, not by spelling', () => {
    expect(compareDecimals(parseDecimal('0.10'), parseDecimal('0.1'))).toBe(0);
    expect(compareDecimals(parseDecimal('-1'), parseDecimal('0.1'))).toBeLessThan(0);
    expect(compareDecimals(parseDecimal('2'), parseDecimal('1.9'))).toBeGreaterThan(0);
  });

  it('rounds a number and its negative to mirror images', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.nat({ max: 12 }), (digits, scale) => {
        expect(roundDecimal({ digits: -digits, scale }, 2)).toBe(-roundDecimal({ digits, scale }, 2));
      }),
    );
  });
});

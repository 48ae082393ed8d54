import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, isAmountText, isCanonicalAmount, parseAmount } from './money.js';

describe('amounts', () => {
  it('reads yuan into fen', () => {
    expect(parseAmount('622.64')).toBe(62264n);
    expect(parseAmount('-4955.75')).toBe(-495575n);
    expect(parseAmount('0.05')).toBe(5n);
    expect(parseAmount('−622.64')).toBe(-62264n);
    expect(parseAmount('６２２．６４')).toBe(62264n);
    expect(parseAmount('9999999999999999.99')).toBe(999_999_999_999_999_999n);
  });

  it.each([
    '',
    '1',
    '1.0',
    '1.000',
    '+1.00',
    '01.00',
    '.50',
    '-0.00',
    '1e2',
    '1,000.00',
    '1.00 ',
    'NaN',
    '10000000000000000.00',
  ])('refuses %j', (text) => {
    expect(isAmountText(text)).toBe(false);
    expect(() => parseAmount(text)).toThrow(TypeError);
  });

  it('gives back every number of fen, in canonical spelling', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (fen) => {
        const text = formatAmount(fen);
        expect(isCanonicalAmount(text)).toBe(true);
        expect(parseAmount(text)).toBe(fen);
      }),
    );
  });
});

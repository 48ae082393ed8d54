import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { parseDecimal, roundDecimal } from './decimal.js';
import { parseAmount } from './money.js';
import { rmbCapital, rmbParse, wordsSayAmount } from './rmb-in-words.js';

describe('amounts in words', () => {
  it.each(domainVectors('rmbCapital'))('writes $input as $expected', ({ input, expected }) => {
    expect(rmbCapital(roundDecimal(parseDecimal(input), 2))).toBe(expected);
  });

  it.each(domainVectors('rmbParse'))('reads $input: $why', ({ input, valid, expected }) => {
    expect(rmbParse(input)).toBe(valid ? parseAmount(expected ?? '') : null);
  });

  it.each([
    [100_001_000_00n, '壹亿零壹仟圆整'],
    [1_000_000_000_000_00n, '壹万亿圆整'],
    [1_000_000_010_000_00n, '壹万亿零壹万圆整'],
    [100_500_00n, '壹拾万零伍佰圆整'],
    [105_000_00n, '壹拾万伍仟圆整'],
    [1_00n, '壹圆整'],
    [10_00n, '壹拾圆整'],
    [325_04n, '叁佰贰拾伍圆零肆分'],
    [-5n, '（负数）伍分'],
    [999_999_999_999_999_999n, '玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖圆玖角玖分'],
  ])('writes %s fen', (fen, words) => {
    expect(rmbCapital(fen)).toBe(words);
  });

  it('reads the spellings of others', () => {
    expect(rmbParse('貳萬陸仟圓正')).toBe(2_600_000n);
    expect(rmbParse('⊗（负数）壹万贰仟陆佰圆整')).toBe(-1_260_000n);
    expect(rmbParse('零元整')).toBe(0n);
    expect(rmbParse('壹亿元整')).toBe(10_000_000_000n);
    expect(wordsSayAmount('壹万零壹拾元整', '10010.00')).toBe(true);
    expect(wordsSayAmount('壹万零壹拾元整', '10010.01')).toBe(false);
  });

  it.each([
    '',
    '整',
    '圆整',
    '万圆整',
    '亿圆整',
    '壹佰',
    '壹拾佰圆整',
    '壹万万圆整',
    '1元整',
    '壹角壹圆',
    '壹佰圆整整',
    '壹'.repeat(500),
  ])('refuses %j', (text) => {
    expect(rmbParse(text)).toBeNull();
  });

  it('reads back every amount it writes', () => {
    const limit = 10n ** 18n - 1n;
    const sparse = fc
      .array(fc.tuple(fc.nat({ max: 17 }), fc.nat({ max: 9 })), { maxLength: 5 })
      .map((digits) => digits.reduce((sum, [place, digit]) => sum + BigInt(digit) * 10n ** BigInt(place), 0n) % limit);
    const amounts = fc.oneof(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: 0n, max: 10_000_000n }), sparse);
    fc.assert(
      fc.property(amounts, (fen) => rmbParse(rmbCapital(fen)) === fen),
      { numRuns: 100_000 },
    );
  }, 60_000);

  it('writes more than sixteen digits never', () => {
    expect(() => rmbCapital(10n ** 18n)).toThrow(RangeError);
  });
});

import { describe, expect, it } from 'vitest';
import { isKnownBy, numberAsStored, type AskedFormat, type ExpectedFact } from './look-up.js';

const fact = (format: AskedFormat, ...accepted: string[]): ExpectedFact => ({ name: 'it', format, accepted });
const knows = (expected: ExpectedFact, typed: unknown): boolean => isKnownBy([expected], { it: typed });

describe('what is typed of a document', () => {
  it.each([
    ['amount', '1130.00', '1130'],
    ['amount', '1130.00', '1,130.0'],
    ['amount', '1130.00', '￥１１３０．００'],
    ['amount', '-1130.50', '−1130.5'],
    ['amount', '1130.00', '1130.00 元'],
    ['date', '2026-03-01T10:00:00+08:00', '2026-03-01'],
    ['date', '2026-03-01', '20260301'],
    ['date', '2026-03-01', '2026/3/1'],
    ['date', '2026-03-01', '2026年3月1日'],
    ['code', 'dphlfn', ' DPH LFN'],
    ['code', '235456', '２３５４５６'],
    ['name', '周样宁', ' 周 样宁 '],
    ['name', 'Example Co., Ltd.', 'EXAMPLE CO., LTD.'],
  ] as const)('is the same %s as %s, written %s', (format, printed, typed) => {
    expect(knows(fact(format, printed), typed)).toBe(true);
  });

  it.each([
    ['amount', '1130.00', '1130.01'],
    ['amount', '1130.00', '-1130.00'],
    ['amount', '1130.00', '1130.001'],
    ['amount', '1130.00', '0x46a'],
    ['date', '2026-03-01', '2026-01-03'],
    ['date', '2026-02-28', '2026-02-30'],
    ['code', 'dphlfn', 'dphlf'],
    ['name', '周样宁', '周*宁'],
    ['name', '周样宁', ''],
    ['name', '周样宁', ['周样宁']],
    ['name', '周样宁', undefined],
  ] as const)('is another %s than %s, written %s', (format, printed, typed) => {
    expect(knows(fact(format, printed), typed)).toBe(false);
  });

  it('has to be right in all that is asked, by any of those it may be', () => {
    const expected = [fact('name', '甲', '乙'), { ...fact('amount', '1.00'), name: 'total' }];
    expect(isKnownBy(expected, { it: '乙', total: '1' })).toBe(true);
    expect(isKnownBy(expected, { it: '乙' })).toBe(false);
    expect(isKnownBy(expected, { it: '丙', total: '1' })).toBe(false);
    expect(isKnownBy([], {})).toBe(false);
    expect(isKnownBy([{ ...fact('code', 'x'), name: 'constructor' }], {})).toBe(false);
  });

  it('is a number however wide it was typed', () => {
    expect(numberAsStored(' 粤（2026）深圳市 不动产权第００００００１号 ')).toBe('粤(2026)深圳市不动产权第0000001号');
  });
});

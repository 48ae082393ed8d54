import { describe, expect, it } from 'vitest';
import { domainVectors } from '../../test/vectors/domain.js';
import { maskAddress, maskBankAccount, maskCitizenId, maskMobile, maskName } from './mask.js';
import { isBlank, isLongerThan, normaliseCode, normaliseText, unprintableCharacters } from './text-rules.js';

describe('text rules', () => {
  it('spells codes in half-width capitals', () => {
    expect(normaliseCode('９１４４０３００maxdem０１３５')).toBe('91440300MAXDEM0135');
    expect(normaliseCode('（Ａ）')).toBe('(A)');
  });

  it('keeps printed text as sent, composed', () => {
    expect(normaliseText('e\u0301')).toBe('\u00e9');
    expect(normaliseText('（示例）ＡＢ')).toBe('（示例）ＡＢ');
  });

  it.each([
    ['line break', 'a\nb', 'U+000A'],
    ['bidirectional override', 'a\u202eb', 'U+202E'],
    ['zero-width space', 'a\u200bb', 'U+200B'],
    ['lone surrogate', 'a\ud800b', 'U+D800'],
    ['private use', 'a\ue000b', 'U+E000'],
    ['private use beyond the first plane', 'a\u{f0000}b', 'U+F0000'],
    ['noncharacter', 'a\uffffb', 'U+FFFF'],
    ['line separator', 'a\u2028b', 'U+2028'],
    ['private code that 䶮 had before Unicode', '刘\ue863', 'U+E863 (a former code of 䶮 U+4DAE: write that)'],
  ])('names a %s', (_name, text, character) => {
    expect(unprintableCharacters(text + text)).toEqual([character]);
  });

  it('lets Chinese, rare characters and signs pass', () => {
    expect(unprintableCharacters('𠮷野家（北京）有限公司·№①㎡ ﷼ é')).toEqual([]);
  });

  it('calls text blank when nothing would be seen', () => {
    expect([' ', '\u3000\u00a0', '\u3164', ''].every(isBlank)).toBe(true);
    expect(isBlank(' 一 ')).toBe(false);
  });

  it('counts characters, not code units', () => {
    expect(isLongerThan('𠮷'.repeat(3), 3)).toBe(false);
    expect(isLongerThan('𠮷'.repeat(4), 3)).toBe(true);
    expect(isLongerThan('ab', 1)).toBe(true);
  });
});

describe('masks', () => {
  const masks: Readonly<Record<string, (value: string) => string>> = {
    name: maskName,
    citizenId: maskCitizenId,
    address: maskAddress,
  };

  it.each(domainVectors('mask'))('$input.kind: $expected', ({ input, expected }) => {
    const { kind, value } = input as { kind: string; value: string };
    expect(masks[kind]?.(value)).toBe(expected);
  });

  it('hides the middle of phones and accounts, and short ones wholly', () => {
    expect(maskMobile('13800008000')).toBe('138****8000');
    expect(maskBankAccount('6222021234567890')).toBe('6222********7890');
    expect(maskBankAccount('12345678')).toBe('********');
    expect(maskName('')).toBe('');
  });

  it.each([
    ['深圳市南山区示例大道1号A座801', '深圳市南山区****'],
    ['河北雄安新区容城县示例街4号', '河北雄安新区容城县****'],
    ['广西壮族自治区南宁市青秀区民族大道1号', '广西壮族自治区南宁市青秀区****'],
    ['深圳市科技路3号阳光小区', '深圳市****'],
    ['示例路66号', '****'],
  ])('shows %s as %s', (address, expected) => {
    expect(maskAddress(address)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { documentFont, undrawableCharacters, widthOfText } from './fonts.js';
import { describeCharacter } from './pdf.errors.js';

describe('undrawableCharacters', () => {
  it.each(['电子发票（普通发票）', '¥-4955.75 ⊗ ㎡ ℃ № Ⅷ', '王𠅤 𬭚 𬱖 䶮 㸃', 'é Ω カ', '两行\n备注', '全　角'])(
    'lets %j pass',
    (text) => {
      expect(undrawableCharacters(text)).toEqual([]);
    },
  );

  it('names each character that cannot be printed once, in the order of the text', () => {
    expect(undrawableCharacters('丁😀가\u{e863}😀')).toEqual(['😀', '가', '\u{e863}']);
  });

  it.each([
    ['a variation selector', '葛\u{e0100}'],
    ['a joiner', 'a\u200db'],
    ['a control character', 'a\tb'],
    ['a combining mark', 'e\u0301'],
    ['a lone surrogate', '\ud800'],
    ['an unassigned code point', '\u0378'],
    ['a flag', '🇨🇳'],
    ['a right-to-left override', '\u202e'],
  ])('refuses %s', (_, text) => {
    expect(undrawableCharacters(text)).not.toEqual([]);
  });

  it('tells an invisible character by its number', () => {
    expect(['𠮷', '\u200d'].map(describeCharacter)).toEqual(['𠮷 (U+20BB7)', 'U+200D']);
  });
});

it('loads the font once in a process', () => {
  expect(documentFont()).toBe(documentFont());
});

it('measures Chinese characters as squares', () => {
  expect(widthOfText('电子发票', 10)).toBe(40);
});

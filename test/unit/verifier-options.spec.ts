import { describe, expect, it } from 'vitest';
import { readOptions } from '../../verifier/src/options.js';

const languageOf = (locale: string, ...args: readonly string[]): string | undefined => {
  const asked = readOptions(['a.pdf', '--offline', ...args], locale);
  return asked.kind === 'check' ? asked.options.language : undefined;
};

describe('the language of the command', () => {
  it.each([
    ['zh-CN', 'zh'],
    ['zh', 'zh'],
    ['zh-Hans-SG', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['zh_TW.UTF-8', 'zh-TW'],
    ['zh-HK', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['en-GB', 'en'],
    ['de-DE', 'en'],
  ])('of a system in %s is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });

  it('is the one that is named, whatever the system speaks', () => {
    expect(['zh', 'zh-TW', 'en'].map((language) => languageOf('zh-CN', '--lang', language))).toEqual([
      ...['zh', 'zh-TW', 'en'],
    ]);
    expect(() => languageOf('zh-CN', '--lang', 'zh-tw')).toThrow('--lang is zh, zh-TW or en');
  });
});

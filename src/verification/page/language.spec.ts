import { expect, it } from 'vitest';
import { chooseLanguage } from './language.js';

it.each([
  [undefined, undefined, 'zh'],
  [undefined, '*', 'zh'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'en-US,en;q=0.9,zh;q=0.1', 'zh'],
  [undefined, 'en-US,en;q=0.9', 'en'],
  [undefined, 'de-DE, de;q=0.9', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh', 'en', 'zh'],
  ['EN-gb', undefined, 'en'],
  ['zh-Hant', 'en', 'zh-TW'],
  ['zh-tw', undefined, 'zh-TW'],
  [undefined, 'zh-TW,zh;q=0.9,en;q=0.8', 'zh-TW'],
  [undefined, 'en-US,zh-HK;q=0.9', 'zh-TW'],
  [undefined, 'zh-CN,zh-TW;q=0.9', 'zh'],
  [undefined, 'zh-Hant-HK', 'zh-TW'],
  ['xx', 'en', 'en'],
  [['en', 'zh'], undefined, 'zh'],
])('answers lang=%j and Accept-Language %j in %s', (asked, accepted, expected) => {
  expect(chooseLanguage(asked, accepted)).toBe(expected);
});

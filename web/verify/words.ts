import type { FactLanguage } from '../../src/proof/fact-texts/index.js';
import type { Words } from './page-words.js';
import { en } from './words.en.js';
import { zh } from './words.zh.js';
import { zhTw } from './words.zh-tw.js';

export type { Words } from './page-words.js';

const WORDS: Readonly<Record<FactLanguage, Words>> = { zh, 'zh-TW': zhTw, en };

export function wordsIn(language: FactLanguage): Words {
  return WORDS[language];
}

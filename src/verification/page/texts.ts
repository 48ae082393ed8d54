import type { Language } from './language.js';
import type { PageTexts } from './page-texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';
import { zhTw } from './texts.zh-tw.js';

export const TEXTS: Readonly<Record<Language, PageTexts>> = { zh, 'zh-TW': zhTw, en };

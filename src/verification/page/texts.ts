import type { Language } from './language.js';
import type { PageTexts } from './page-texts.js';
import { en } from './texts.en.js';
import { zh } from './texts.zh.js';

export const TEXTS: Readonly<Record<Language, PageTexts>> = { zh, en };

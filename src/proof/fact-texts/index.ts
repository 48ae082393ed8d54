/** What facts say to people. Apart from `src/proof`, so that who shows no sentences need not carry them. */
export { FACT_TEXTS, factText } from './fact-texts.js';
export type { Bilingual, FactCode } from './fact-texts.js';
export { HISTORY_TEXTS, nameOfEvent } from './history-texts.js';
export type { HistoryTexts } from './history-texts.js';
export { OUTCOME_TITLES, SUBJECT_TITLES, subjectOf } from './titles.js';
export { factSentence } from './zh-tw.js';
export type { FactLanguage } from './zh-tw.js';

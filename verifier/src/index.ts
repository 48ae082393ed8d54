/** The library: what the command does with files, on bytes. Runs in browsers, too. */
export * from '../../src/proof/index.js';
export { FACT_TEXTS, factSentence, factText } from '../../src/proof/fact-texts/index.js';
export type { Bilingual, FactCode, FactLanguage } from '../../src/proof/fact-texts/index.js';

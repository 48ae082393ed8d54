import { describe } from 'vitest';
import { missingCheckers } from '../../scripts/checkers.js';
import { missingPackages } from '../../scripts/debian-packages.js';
import { stopJava } from './java-checkers.js';
import { stopPython } from './pyhanko.js';

export { pdfsig, qpdfCheck } from './debian-checkers.js';
export type { PdfsigSignature } from './debian-checkers.js';
export { checkPdfA, checkPdfUa, checkSignatureWithDss } from './java-checkers.js';
export type { DssSignature, FailedRule, Modification, RuleJudgement } from './java-checkers.js';
export { checkSignatureWithPyHanko } from './pyhanko.js';
export type { PyHankoSignature } from './pyhanko.js';

/**
 * `describe` for tests that ask the checkers: skipped aloud on a machine that lacks one (`npm test` installs them), failing
 * in CI, where a skipped test would go unseen.
 */
export function describeWithCheckers(name: string, tests: () => void): void {
  const missing = [...missingPackages(['qpdf', 'poppler-utils']), ...missingCheckers()];
  if (missing.length > 0 && process.env['CI'] === 'true') {
    throw new Error(`CI must have these checkers: ${missing.join(', ')}`);
  }
  if (missing.length > 0) {
    console.warn(`SKIPPED ALOUD: ${name}: npm test could install ${missing.join(', ')}`);
  }
  (missing.length > 0 ? describe.skip : describe)(name, tests);
}

/** Ends the processes that were started to check: to be called when a test file is done. */
export function stopCheckers(): void {
  stopJava();
  stopPython();
}

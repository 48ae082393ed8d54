import { checkersClassPath } from '../../scripts/checkers.js';
import { AskingProcess } from './asking-process.js';

/** A rule of ISO 19005-3 (PDF/A-3) or ISO 14289-1 (PDF/UA-1) that a file breaks. */
export type FailedRule = {
  /** `6.2.11.4.1`, and which of the tests that veraPDF has for it. */
  readonly clause: string;
  readonly test: number;
  readonly description: string;
  readonly times: number;
  /** What veraPDF says of the first place, and where that is. */
  readonly example: string;
  readonly place: string;
};

export type RuleJudgement = {
  readonly compliant: boolean;
  /** How much was looked at: a judgement of nothing holds too. */
  readonly assertions: number;
  readonly failed: readonly FailedRule[];
};

/** A difference between the signed revision and the file, in the words of the European Commission's service. */
export type Modification = {
  readonly kind: 'extension' | 'form-fill' | 'annotation' | 'undefined';
  readonly action: string | null;
  readonly object: string;
  readonly field: string | null;
};

export type DssSignature = {
  /** `PAdES-BASELINE-B`, `PAdES-BASELINE-T`, …; `PDF-NOT-ETSI` when it is no PAdES. */
  readonly level: string;
  readonly indication: 'TOTAL_PASSED' | 'TOTAL_FAILED' | 'INDETERMINATE';
  readonly subIndication: string | null;
  readonly byteRangeValid: boolean;
  /** What the certification allows later; null when there is none. */
  readonly permission: 'NO_CHANGE_PERMITTED' | 'MINIMAL_CHANGES_PERMITTED' | 'CHANGES_PERMITTED' | null;
  readonly modifications: readonly Modification[];
  readonly modifiedFields: readonly string[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
};

/** The files are small: the quick compiler and the simple collector are sooner done than the good ones. */
const FLAGS = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx1g', '-Djava.awt.headless=true'];

const java = new AskingProcess(() => ({
  program: 'java',
  args: [...FLAGS, '-cp', checkersClassPath(), 'chopmark.checkers.Main'],
}));

/** veraPDF's judgement of each file as PDF/A-3b. */
export function checkPdfA(files: readonly string[]): Promise<RuleJudgement[]> {
  return checkRules(files, '3b');
}

/** veraPDF's judgement of each file as PDF/UA-1: the part of it that a program can judge. */
export function checkPdfUa(files: readonly string[]): Promise<RuleJudgement[]> {
  return checkRules(files, 'ua1');
}

function checkRules(files: readonly string[], flavour: string): Promise<RuleJudgement[]> {
  return Promise.all(files.map(async (file) => (await java.ask({ check: 'rules', file, flavour })) as RuleJudgement));
}

/**
 * What the Digital Signature Service says of the signatures in a file, `trusted` being files of certificates (PEM or DER).
 * Stricter than its own policy: a change after signing that it cannot explain fails. Revocation is not asked.
 */
export async function checkSignatureWithDss(file: string, trusted: readonly string[]): Promise<DssSignature[]> {
  return (await java.ask({ check: 'signature', file, trusted })) as DssSignature[];
}

export function stopJava(): void {
  java.stop();
}

import { openAnchoredCopy } from './anchored-copy/index.js';
import type { CopyTools } from './anchored-copy/index.js';
import { factsOfFaults } from './pdf.check.js';
import { unknown, verdictOf } from './verdict.js';
import type { Fact } from './verdict.js';
import { verifyEvidence } from './verify-evidence.js';
import type { Verification, VerifyOptions } from './verify-evidence.js';

/**
 * Checks an anchored copy by itself: evidence and file come out of the same PDF, and only the chain is asked. Never throws
 * for anything in the bytes. A file that bears no stamp, the issued one too, cannot be told this way: it needs its bundle.
 */
export async function verifyCopy(
  pdf: Uint8Array,
  options: Omit<VerifyOptions, 'pdf' | 'copy'> & Pick<CopyTools, 'inflate'>,
): Promise<Verification> {
  const copy = await openAnchoredCopy(pdf, options);
  if (copy.kind === 'anchored' && copy.bundle !== null) {
    return verifyEvidence(copy.bundle, { ...options, pdf, copy });
  }
  const facts: readonly Fact[] =
    'faults' in copy ? factsOfFaults(copy.faults) : [unknown('integrity', 'not-an-anchored-copy')];
  return { facts, verdict: verdictOf(facts), events: [] };
}

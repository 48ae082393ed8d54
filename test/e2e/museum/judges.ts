import type { Fact, Verdict } from '../../../src/proof/index.js';
import type { Circumstances, Exhibit, Finding } from '../../vectors/museum/piece.js';

/** Looks at a pile of exhibits under circumstances that are already set, and says something of each, in their order. */
export interface JudgeOf {
  judge(pile: readonly Exhibit[], circumstances: Circumstances): Promise<readonly Judgement[]>;
}

export type Judgement =
  | { readonly verdict: Verdict; readonly facts: readonly Pick<Fact, 'code' | 'outcome'>[] }
  | { readonly verdict: 'refused'; readonly problem: string };

/** A judgement in the form of the catalogue: what decided it; of "valid", all that holds. */
export function findingOf(judgement: Judgement): Finding {
  if (judgement.verdict === 'refused') {
    return { verdict: 'refused', by: [judgement.problem] };
  }
  const { verdict, facts } = judgement;
  const deciding = { 'not-valid': 'fails', 'cannot-tell': 'unknown', pending: 'unknown', valid: 'holds' }[verdict];
  const by = facts.filter(({ outcome }) => outcome === deciding).map(({ code }) => code);
  return { verdict, by: [...new Set(by)].sort() };
}

/** Of "valid" the facts named in the catalogue; of everything else all that decided. */
export function comparable(found: Finding, expected: Finding): Finding {
  return found.verdict === 'valid' ? { ...found, by: expected.by.filter((code) => found.by.includes(code)) } : found;
}

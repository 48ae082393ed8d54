/** What verification asks of a document. */
export type Question = 'integrity' | 'signature' | 'inclusion' | 'anchor' | 'status' | 'issuer';

/** `unknown` means that we could not ask, or that it is too early to say. It is never a "no". */
export type Outcome = 'holds' | 'fails' | 'unknown' | 'not-applicable';

/** One answer. `code` is stable and public (`anchor.pending`): pages translate it, programs branch on it. */
export type Fact = {
  readonly question: Question;
  readonly outcome: Outcome;
  readonly code: string;
  /** Public by contract: addresses, hashes, chains, times; never what a document says. */
  readonly detail?: Readonly<Record<string, string>>;
};

/** `pending`: nothing is wrong, and all that is open is that the chain does not hold it yet. */
export type Verdict = 'valid' | 'pending' | 'not-valid' | 'cannot-tell';

/** Sums facts up: one failure outweighs everything, then what could not be asked, then what is pending. */
export function verdictOf(facts: readonly Fact[]): Verdict {
  if (facts.some((fact) => fact.outcome === 'fails')) {
    return 'not-valid';
  }
  const open = facts.filter((fact) => fact.outcome === 'unknown');
  if (open.some((fact) => !fact.code.endsWith('.pending'))) {
    return 'cannot-tell';
  }
  if (open.length > 0) {
    return 'pending';
  }
  // Nothing asked, nothing known: an empty list is no clean bill of health.
  return facts.some((fact) => fact.outcome === 'holds') ? 'valid' : 'cannot-tell';
}

type FactMaker = (question: Question, name: string, detail?: Readonly<Record<string, string>>) => Fact;

function maker(outcome: Outcome): FactMaker {
  return (question, name, detail) => ({
    question,
    outcome,
    code: `${question}.${name}`,
    ...(detail === undefined ? {} : { detail }),
  });
}

/** `holds('anchor', 'holds')` is the fact `anchor.holds`. */
export const holds = maker('holds');
export const fails = maker('fails');
export const unknown = maker('unknown');
export const notApplicable = maker('not-applicable');

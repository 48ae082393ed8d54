import { addDays, addYears, type FieldError } from '../kernel/index.js';
import { reportInto } from './report.js';

type Term = { readonly from: string; readonly to: string };

/** 查封不动产的期限不得超过三年, and each renewal neither (最高人民法院关于适用民事诉讼法的解释 485). */
const MOST_YEARS = 3;

/** Every rule that the term of a new seizure breaks: it starts by the day it is entered, and is not over. */
export function checkSeizureTerm(term: Term, today: string): FieldError[] {
  return checkTerm(term, today, { startsBy: today });
}

/** A renewal (续封) goes on where the term before ends, and ends later. */
export function checkRenewal(term: Term, endsOn: string | null, today: string): FieldError[] {
  const errors = checkTerm(term, today, { startsBy: addDays(endsOn ?? today, 1) });
  if (endsOn !== null && term.to <= endsOn) {
    reportInto(errors)('term.to', 'renewal-too-short', `The seizure lasts until ${endsOn} already: give a later day.`);
  }
  return errors;
}

function checkTerm({ from, to }: Term, today: string, { startsBy }: { startsBy: string }): FieldError[] {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  if (from > startsBy) {
    report('term.from', 'term-starts-late', `The term starts on ${startsBy} at the latest.`);
    return errors;
  }
  if (from > to) {
    report('term.to', 'term-ends-before-start', 'The term ends before it starts.');
  } else if (to < today) {
    report('term.to', 'term-passed', 'The term is over already.');
  } else if (to > addYears(from, MOST_YEARS)) {
    report('term.to', 'seizure-too-long', 'Real estate is seized for three years at most; a court may renew it.');
  }
  return errors;
}

import type { Fact } from '../../src/proof/index.js';
import type { Found } from './found.js';

/** What a result comes to, in the words that people have for it. */
export type Headline =
  | 'valid'
  | 'pending'
  | 'revoked'
  | 'superseded'
  | 'red-lettered'
  | 'out-of-force'
  | 'altered'
  | 'not-valid'
  | 'without-proof'
  | 'foreign'
  | 'incomplete'
  | 'issuer-unknown'
  | 'chain-unasked'
  | 'unknown';

/** Pictures and colours: there are four kinds of news. */
export const TONES: Readonly<Record<Headline, 'valid' | 'pending' | 'not-valid' | 'cannot-tell'>> = {
  valid: 'valid',
  pending: 'pending',
  revoked: 'not-valid',
  superseded: 'not-valid',
  'red-lettered': 'not-valid',
  'out-of-force': 'not-valid',
  altered: 'not-valid',
  'not-valid': 'not-valid',
  'without-proof': 'cannot-tell',
  foreign: 'cannot-tell',
  incomplete: 'cannot-tell',
  'issuer-unknown': 'cannot-tell',
  'chain-unasked': 'cannot-tell',
  unknown: 'cannot-tell',
};

export const TONE_ICONS = {
  valid: 'check',
  pending: 'clock',
  'not-valid': 'cross',
  'cannot-tell': 'question',
} as const;

const ENDS: Readonly<Record<string, Headline>> = {
  'status.revoked': 'revoked',
  'status.revocation-recorded': 'revoked',
  'status.superseded': 'superseded',
  'status.corrected': 'superseded',
  'status.lost': 'superseded',
  'status.red-lettered': 'red-lettered',
  'status.written-off': 'red-lettered',
};

/** The one thing to say first. Alteration outweighs status: whatever the original is worth, this is not it. */
export function headlineOf({ examination: { kind, verdict, facts } }: Found): Headline {
  if (verdict === 'valid' || verdict === 'pending') {
    return verdict;
  }
  return verdict === 'not-valid' ? whyNot(facts) : whyUnknown(kind, facts);
}

function whyNot(facts: readonly Fact[]): Headline {
  const failing = facts.filter(({ outcome }) => outcome === 'fails');
  if (failing.some(({ question, code }) => question === 'integrity' || code === 'signature.digest-mismatch')) {
    return 'altered';
  }
  const status = failing.find(({ question }) => question === 'status');
  return status === undefined ? 'not-valid' : (ENDS[status.code] ?? 'out-of-force');
}

function whyUnknown(kind: string, facts: readonly Fact[]): Headline {
  if (facts.some(({ code }) => code === 'integrity.incomplete-pdf')) {
    return 'incomplete';
  }
  if (kind === 'foreign-pdf' || kind === 'unreadable') {
    return 'foreign';
  }
  const open = facts.filter(({ outcome }) => outcome === 'unknown');
  if (open.some(({ code }) => code === 'integrity.not-an-anchored-copy')) {
    return 'without-proof';
  }
  if (open.some(({ question }) => question === 'anchor' || question === 'status')) {
    return 'chain-unasked';
  }
  return open.some(({ question }) => question === 'issuer') ? 'issuer-unknown' : 'unknown';
}

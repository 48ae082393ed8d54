import {
  citizenIdProblem,
  formatAmount,
  isAmountText,
  isCalendarDate,
  isDecimalText,
  isUscc,
  normaliseCode,
  normaliseText,
  parseAmount,
  toHalfWidth,
} from '../kernel/index.js';
import { canonicalInstant, readInstant } from './instant.js';
import { isPlateShaped } from './plate-number.js';

/** What a text of a configured kind may be besides a text: how it is judged, stored and printed. */
export type FieldFormat = {
  readonly accepts: (text: string) => boolean;
  /** The one spelling that is hashed. Asked only of accepted text. */
  readonly canonical: (text: string) => string;
};

/** Later than any birth: whether a date of birth has come is not what a schema tells. */
const END_OF_TIME = '9999-12-31';

const code = (accepts: (text: string) => boolean): FieldFormat => ({
  accepts: (text) => accepts(normaliseCode(text)),
  canonical: normaliseCode,
});

export const FIELD_FORMATS = {
  amount: { accepts: isAmountText, canonical: (text) => formatAmount(parseAmount(text)) },
  decimal: { accepts: (text) => isDecimalText(toHalfWidth(text)), canonical: toHalfWidth },
  date: code(isCalendarDate),
  instant: {
    accepts: (text) => readInstant(normaliseCode(text)) !== null,
    canonical: (text) => canonicalInstant(normaliseCode(text)),
  },
  code: code((text) => /^[0-9A-Z_-]+$/.test(text)),
  plate: code(isPlateShaped),
  'credit-code': code(isUscc),
  'citizen-id': code((text) => citizenIdProblem(text, END_OF_TIME) === null),
  place: { accepts: () => true, canonical: normaliseText },
} as const satisfies Readonly<Record<string, FieldFormat>>;

/** How text without a format is stored. */
export function canonicalText(text: string, format: string | undefined): string {
  const found = (FIELD_FORMATS as Readonly<Record<string, FieldFormat>>)[format ?? ''];
  return found === undefined ? normaliseText(text) : found.canonical(text);
}

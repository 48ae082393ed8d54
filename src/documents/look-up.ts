import { formatAmount, isCalendarDate, isCanonicalAmount, parseAmount, toHalfWidth } from '../kernel/index.js';

/** How a fact is written, and with that in which forms it may be typed. */
export const ASKED_FORMATS = ['amount', 'date', 'code', 'name'] as const;
export type AskedFormat = (typeof ASKED_FORMATS)[number];

type Label = { readonly zh: string; readonly en: string };

/** Something that is printed on a document and that a stranger who asks by its number has to know. */
export type AskedFact = { readonly name: string; readonly label: Label; readonly format: AskedFormat };

/** A part of the number, where the paper prints it in several. */
export type NumberPart = { readonly name: string; readonly label: Label; readonly isOptional?: true };

/** How documents of a kind are asked about by those who hold only their paper. */
export type LookUp = {
  /** Put one behind the other they are the number. */
  readonly number: readonly NumberPart[];
  /** At least two: a number alone can be counted up. */
  readonly asks: readonly AskedFact[];
};

/** What one document is found by, besides its number. */
export type ExpectedFact = Pick<AskedFact, 'name' | 'format'> & {
  /** One of these has to be given: each owner may say his own name. */
  readonly accepted: readonly string[];
};

/** The spelling a number is stored and looked for in: half-width, without spaces. */
export function numberAsStored(typed: string): string {
  return toHalfWidth(typed).replaceAll(/\s/gu, '');
}

/** Whether everything that is expected was given, and rightly. Facts that nobody asked for do not matter. */
export function isKnownBy(expected: readonly ExpectedFact[], given: Readonly<Record<string, unknown>>): boolean {
  const right = expected.filter(({ name, format, accepted }) => {
    const typed = Object.hasOwn(given, name) ? given[name] : undefined;
    const read = typeof typed === 'string' ? READERS[format](typed) : null;
    return read !== null && accepted.some((text) => READERS[format](text) === read);
  });
  return expected.length > 0 && right.length === expected.length;
}

const READERS: Readonly<Record<AskedFormat, (text: string) => string | null>> = {
  amount: readAmount,
  date: readDate,
  code: (text) => someOf(toHalfWidth(text).replaceAll(/[\s-]/gu, '').toUpperCase()),
  name: (text) => someOf(text.normalize('NFKC').replaceAll(/\s/gu, '').toUpperCase()),
};

/** `1130`, `1,130.0` and `¥1130.00` are one amount. */
function readAmount(text: string): string | null {
  const plain = toHalfWidth(text).replaceAll(/[¥￥,\s]|元$/gu, '');
  const [, whole = '', cents = ''] = /^(-?\d{1,16})(?:\.(\d{1,2}))?$/.exec(plain) ?? [];
  const amount = `${whole}.${cents.padEnd(2, '0')}`;
  return isCanonicalAmount(amount) ? formatAmount(parseAmount(amount)) : null;
}

/** `2026-03-01`, `20260301`, `2026/3/1` and `2026年3月1日` are one day; of an instant with its zone, the day it states. */
function readDate(text: string): string | null {
  const plain = toHalfWidth(text).trim();
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\D(\d{1,2})\D(\d{1,2})(?:日|T.*)?$/.exec(plain) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

function someOf(text: string): string | null {
  return text === '' ? null : text;
}

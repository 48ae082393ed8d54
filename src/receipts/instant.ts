import { isCalendarDate, toChinaTime } from '../kernel/index.js';

/** Clocks of payment channels and gates may run ahead of ours by so much. */
export const CLOCK_SKEW_MS = 60_000;

const SHAPE = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** An instant as a caller writes it (whole or thousandth seconds, with offset); `null` when it is none. */
export function readInstant(text: string): Date | null {
  const match = SHAPE.exec(text);
  return match?.[1] === undefined || !isCalendarDate(match[1]) ? null : new Date(text);
}

/** The same instant in the spelling that is hashed: whole seconds, in China. Throws `TypeError` where `readInstant` finds none. */
export function canonicalInstant(text: string): string {
  const instant = readInstant(text);
  if (instant === null) {
    throw new TypeError('Not an instant with an offset');
  }
  return toChinaTime(instant);
}

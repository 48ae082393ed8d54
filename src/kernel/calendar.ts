/** `YYYY-MM-DD` that the Gregorian calendar has. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) {
    return false;
  }
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return leap ? 29 : 28;
  }
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Midnight UTC of a calendar date, as a number of days; day 0 was a Thursday. */
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The date `days` after `date` (before it, when negative). Both `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` comes after `from`. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** The same day of a later year; of 29 February the last day of that month (民法典 202). */
export function addYears(date: string, years: number): string {
  const same = `${(Number(date.slice(0, 4)) + years).toString().padStart(4, '0')}${date.slice(4)}`;
  return isCalendarDate(same) ? same : `${same.slice(0, 8)}28`;
}

/** Saturday or Sunday. */
export function isWeekend(date: string): boolean {
  const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}

const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000;

/** An instant as Chinese documents state it: `2026-03-05T10:30:00+08:00`. China has one time zone and no summer time. */
export function toChinaTime(instant: Date): string {
  return `${new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** The calendar date in China at `instant`: `2026-03-05`. */
export function toChinaDate(instant: Date): string {
  return toChinaTime(instant).slice(0, 10);
}

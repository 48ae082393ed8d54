const DAY_MS = 24 * 60 * 60 * 1000;

/** Midnight UTC of a calendar date, as a number of days. */
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export function addDays(date: string, days: number): string {
  return dateOf(dayOf(date) + days);
}

/**
 * The day on which `count` working days after `date` are over. Working days are Monday to Friday: public holidays are
 * announced year by year and no table of them is kept here, so a register office that observes them waits longer.
 */
export function addWorkingDays(date: string, count: number): string {
  let day = dayOf(date);
  for (let left = count; left > 0; left -= isWeekend(day) ? 0 : 1) {
    day += 1;
  }
  return dateOf(day);
}

/** Day 0 was a Thursday. */
function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}

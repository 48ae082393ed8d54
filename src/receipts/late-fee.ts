import { parseDecimal, roundDecimal, toChinaDate } from '../kernel/index.js';

const DAYS_TO_PAY = 15;
const PERCENT_A_DAY = 3n;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * 加处罚款 (行政处罚法 art. 72): the most that may be added to `fine` (fen) when it is paid so late. 3 % of the fine for each
 * day after the fifteenth, and never more than the fine.
 */
export function largestLateFee(fine: bigint, decidedAt: Date, paidAt: Date): bigint {
  const daysLate = daysBetween(decidedAt, paidAt) - DAYS_TO_PAY;
  if (daysLate <= 0) {
    return 0n;
  }
  const inHundredths = { ...parseDecimal((fine * PERCENT_A_DAY * BigInt(daysLate)).toString()), scale: 2 };
  const fee = roundDecimal(inHundredths, 0);
  return fee < fine ? fee : fine;
}

/** Whole days of the Chinese calendar: the hour does not count. */
function daysBetween(from: Date, to: Date): number {
  return Math.round((Date.parse(toChinaDate(to)) - Date.parse(toChinaDate(from))) / DAY_MS);
}

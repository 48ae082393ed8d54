import { describe, expect, it } from 'vitest';
import { addDays, addYears, daysBetween, isCalendarDate, isWeekend } from './calendar.js';

describe('calendar dates', () => {
  it('are those the Gregorian calendar has', () => {
    expect(['2028-02-29', '2000-02-29'].every(isCalendarDate)).toBe(true);
    expect(['2026-02-29', '1900-02-29', '2026-13-01', '2026-04-31', '２０２６-01-01'].some(isCalendarDate)).toBe(false);
  });

  it('are counted over months and years, forward and back', () => {
    expect([addDays('2026-02-20', 15), addDays('2028-02-20', 15), addDays('2026-12-20', 15)]).toEqual([
      '2026-03-07',
      '2028-03-06',
      '2027-01-04',
    ]);
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect([daysBetween('2026-12-31', '2027-01-01'), daysBetween('2027-01-01', '2026-12-31')]).toEqual([1, -1]);
    expect([addYears('2026-03-05', 3), addYears('2028-02-29', 3), addYears('2028-02-29', 4)]).toEqual([
      '2029-03-05',
      '2031-02-28',
      '2032-02-29',
    ]);
  });

  it('know their weekends, before 1970 too', () => {
    expect(['2026-03-07', '2026-03-08', '1969-12-27', '1900-01-06'].every(isWeekend)).toBe(true);
    expect(['2026-03-06', '2026-03-09', '1969-12-26', '1900-01-05'].some(isWeekend)).toBe(false);
  });
});

import { Injectable } from '@nestjs/common';
import { ReferenceTables } from '../documents/index.js';
import { addDays, isWeekend } from '../kernel/index.js';
import { Logger } from '../platform/observability/index.js';

/** Rows of the table `holidays` by what they say of a day. */
type Day = 'rest' | 'work' | 'announced';

/**
 * Counts days as the law does, by the table `holidays` that the operator keeps.
 *
 * A day of a year that the table does not cover is worked when it is Monday to Friday, and a warning is logged: an
 * objection cannot wait for next year's announcement. Dates that were given stay, whatever the table says later.
 */
@Injectable()
export class WorkingDays {
  constructor(
    private readonly tables: ReferenceTables,
    private readonly logger: Logger,
  ) {}

  /** The day on which `count` working days (工作日) after `date` are over; the day itself is not counted (民法典 201). */
  after(date: string, count: number): string {
    let day = date;
    for (let left = count; left > 0; left -= this.isWorkingDay(day) ? 1 : 0) {
      day = addDays(day, 1);
    }
    return this.known(day);
  }

  /**
   * The last day of a term of `days` calendar days that starts with `date`: the day itself is not counted (民法典 201),
   * and an end on a day of rest moves to the day after the rest (民法典 203).
   */
  endOfTerm(date: string, days: number): string {
    let day = addDays(date, days);
    while (!this.isWorkingDay(day)) {
      day = addDays(day, 1);
    }
    return this.known(day);
  }

  private isWorkingDay(day: string): boolean {
    const said = this.saidOf(day);
    return said.has('work') || !(said.has('rest') || isWeekend(day));
  }

  /** Warns when the year of `day` is not in the table; what happens before it was counted the same way. */
  private known(day: string): string {
    if (!this.saidOf(day).has('announced')) {
      this.logger.warn('certificates.holidays-unknown', { year: day.slice(0, 4) });
    }
    return day;
  }

  private saidOf(day: string): ReadonlySet<Day> {
    return new Set(
      this.tables
        .table('holidays')
        .inForce(day)
        .map(({ data }) => data['day'] as Day),
    );
  }
}

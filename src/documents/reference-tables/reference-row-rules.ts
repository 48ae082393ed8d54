import { daysBetween, type FieldError } from '../../kernel/index.js';
import type { ReferenceRow, ReferenceTableName } from './reference-table.js';

/** What a row of the table `holidays` says of its days. */
const DAYS = ['rest', 'work', 'announced'] as const;
const LONGEST = 366;

/** What keeps a row from being understood by the rules that read its table; empty when it may be stored. */
export function rowProblems(name: ReferenceTableName, row: ReferenceRow): FieldError[] {
  return name === 'holidays' ? holidayProblems(row) : [];
}

function holidayProblems({ validFrom, validTo, data }: ReferenceRow): FieldError[] {
  const isDay = (DAYS as readonly string[]).includes(data['day'] ?? '');
  const ends = validTo !== undefined && daysBetween(validFrom, validTo) < LONGEST;
  return [
    ...(isDay
      ? []
      : [
          {
            field: 'data.day',
            code: 'reference-tables.holiday-day',
            message: 'Say what the days are: "rest", "work", or "announced" for a whole year whose holidays are known.',
          },
        ]),
    ...(ends
      ? []
      : [
          {
            field: 'validTo',
            code: 'reference-tables.holiday-without-end',
            message: 'Give the last day: a row of holidays covers a year at most.',
          },
        ]),
  ];
}

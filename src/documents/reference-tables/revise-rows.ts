import { addDays } from '../../kernel/index.js';
import type { ReferenceRow, VersionedRow } from './reference-table.js';

/** First and last day, in China, both included; no last day means for ever. */
export type Period = Pick<ReferenceRow, 'validFrom' | 'validTo'>;

/** What a new row does to those that say something else of the same code on the same days. */
export type Revision = {
  /** Rows that are no longer part of the table from the new version on. They stay in its history. */
  readonly replaced: readonly VersionedRow[];
  /** Rows of the new version: the new one, and what is left of the replaced ones before and after it. */
  readonly added: readonly ReferenceRow[];
};

/** `null` when the table says all of it already. `current` are the rows of the code in the present version. */
export function reviseRows(current: readonly VersionedRow[], row: ReferenceRow): Revision | null {
  if (current.some((known) => isSame(known, row))) {
    return null;
  }
  const { replaced, added } = withoutDays(current, row);
  return { replaced, added: [...added, row] };
}

/** Ends a code: nothing is said of it on the days of `period` any more. `null` when nothing was. */
export function closeRows(current: readonly VersionedRow[], period: Period): Revision | null {
  const revision = withoutDays(current, period);
  return revision.replaced.length === 0 ? null : revision;
}

function withoutDays(current: readonly VersionedRow[], period: Period): Revision {
  const replaced = current.filter((known) => overlap(known, period));
  return { replaced, added: replaced.flatMap((known) => remainsOf(known, period)) };
}

const LAST_DAY = '9999-12-31';

function overlap(left: Period, right: Period): boolean {
  return left.validFrom <= (right.validTo ?? LAST_DAY) && right.validFrom <= (left.validTo ?? LAST_DAY);
}

function remainsOf({ code, data, validFrom, validTo }: ReferenceRow, row: Period): ReferenceRow[] {
  const before = validFrom < row.validFrom ? [{ code, data, validFrom, validTo: addDays(row.validFrom, -1) }] : [];
  if (row.validTo === undefined || row.validTo >= (validTo ?? LAST_DAY)) {
    return before;
  }
  return [...before, { code, data, validFrom: addDays(row.validTo, 1), ...(validTo === undefined ? {} : { validTo }) }];
}

function isSame(left: ReferenceRow, right: ReferenceRow): boolean {
  const keys = Object.keys(left.data);
  return (
    left.validFrom === right.validFrom &&
    left.validTo === right.validTo &&
    keys.length === Object.keys(right.data).length &&
    keys.every((key) => left.data[key] === right.data[key])
  );
}

/** The tables of codes and rates that rules look things up in. */
export const REFERENCE_TABLES = [
  'tax-rates',
  'tax-classes',
  'regions',
  'fiscal-categories',
  'violation-codes',
  'plate-letters',
  'id-types',
  'holidays',
] as const;

export type ReferenceTableName = (typeof REFERENCE_TABLES)[number];

export function isReferenceTableName(text: string): text is ReferenceTableName {
  return (REFERENCE_TABLES as readonly string[]).includes(text);
}

/** What a table says of one code from one day to another. */
export type ReferenceRow = {
  readonly code: string;
  /** First and last day, in China; no last day means in force until further notice. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly data: Readonly<Record<string, string>>;
};

/** A row in its table's history: `since` is the version that brought it, `until` the one that took its place. */
export type VersionedRow = ReferenceRow & {
  /** Put together for demonstration, not taken from an authority. */
  readonly isSample: boolean;
  readonly since: number;
  readonly until?: number;
};

/** One version of one table. A document that was judged by it names the version. */
export class ReferenceTable {
  private readonly byDay = new Map<string, readonly VersionedRow[]>();
  private readonly byCode: ReadonlyMap<string, readonly VersionedRow[]>;

  constructor(
    readonly name: ReferenceTableName,
    readonly version: number,
    readonly rows: readonly VersionedRow[],
  ) {
    const byCode = new Map<string, VersionedRow[]>();
    for (const row of rows) {
      byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
    }
    this.byCode = byCode;
  }

  /** The rows in force on `day` (`YYYY-MM-DD`, in China). */
  inForce(day: string): readonly VersionedRow[] {
    let rows = this.byDay.get(day);
    if (rows === undefined) {
      rows = this.rows.filter((row) => isInForce(row, day));
      // One day is asked for all day long; a few more when imports go back in time.
      if (this.byDay.size >= 16) {
        this.byDay.clear();
      }
      this.byDay.set(day, rows);
    }
    return rows;
  }

  find(code: string, day: string): VersionedRow | undefined {
    return this.byCode.get(code)?.find((row) => isInForce(row, day));
  }

  /** Whether the table says anything of the code, on whatever day. */
  knows(code: string): boolean {
    return this.byCode.has(code);
  }
}

export function isInForce({ validFrom, validTo }: ReferenceRow, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo);
}

/** Where rules look things up. Answers from memory: judging a request waits for nothing. */
export abstract class ReferenceTables {
  abstract table(name: ReferenceTableName): ReferenceTable;
}

/**
 * The tables as one judgement reads them. It notes which ones it asked, so that the document can say by which version of
 * each it was judged (domain rule: a document remembers the versions).
 */
export class ConsultedTables {
  private readonly asked = new Map<ReferenceTableName, ReferenceTable>();

  constructor(private readonly tables: ReferenceTables) {}

  table(name: ReferenceTableName): ReferenceTable {
    const table = this.asked.get(name) ?? this.tables.table(name);
    this.asked.set(name, table);
    return table;
  }

  /** Versions by table, in the order of the names. */
  judgedBy(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.asked].map(([name, { version }]) => [name, version.toString()] as const).sort());
  }
}

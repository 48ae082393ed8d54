import { Injectable } from '@nestjs/common';
import { valuesList, type Tx } from '../../platform/database/index.js';
import type { ReferenceRow, ReferenceTableName, VersionedRow } from './reference-table.js';

type Row = {
  code: string;
  valid_from: string;
  valid_to: string | null;
  data: Record<string, string>;
  is_sample: boolean;
  version: number;
  replaced_in: number | null;
};

/** Tables that every tenant reads and only the operator writes. Rows are never removed nor changed, only succeeded. */
@Injectable()
export class ReferenceTablesRepository {
  async versions(tx: Tx): Promise<Map<ReferenceTableName, number>> {
    const rows = await tx.query<{ name: ReferenceTableName; version: number }>(
      'select name, version from reference_tables',
    );
    return new Map(rows.map(({ name, version }) => [name, version]));
  }

  /** Holds the table against other changes until the transaction ends; answers its present version. */
  async lockVersion(tx: Tx, name: ReferenceTableName): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      'select version from reference_tables where name = $1 for update',
      [name],
    );
    if (row === undefined) {
      throw new Error(`No reference table is called ${name}`);
    }
    return row.version;
  }

  async rowsOf(tx: Tx, name: ReferenceTableName, version: number): Promise<VersionedRow[]> {
    const rows = await tx.query<Row>(
      `select code, valid_from::text, valid_to::text, data, is_sample, version, replaced_in from reference_rows
       where table_name = $1 and version <= $2 and (replaced_in is null or replaced_in > $2)
       order by code, valid_from`,
      [name, version],
    );
    return rows.map(versionedRow);
  }

  async succeed(
    tx: Tx,
    name: ReferenceTableName,
    { version, replaced, added }: SucceedingRows,
    at: Date,
  ): Promise<void> {
    for (const { code, validFrom, since } of replaced) {
      await tx.query(
        `update reference_rows set replaced_in = $5
         where table_name = $1 and code = $2 and valid_from = $3 and version = $4`,
        [name, code, validFrom, since, version],
      );
    }
    if (added.length > 0) {
      await tx.query(
        `insert into reference_rows (table_name, code, valid_from, valid_to, data, is_sample, version)
         values ${valuesList(added.length, 7)}`,
        added.flatMap((row) => [
          name,
          row.code,
          row.validFrom,
          row.validTo ?? null,
          JSON.stringify(row.data),
          row.isSample,
          version,
        ]),
      );
    }
    await tx.query('update reference_tables set version = $2, changed_at = $3 where name = $1', [name, version, at]);
  }
}

type SucceedingRows = {
  /** The version that begins with this. */
  readonly version: number;
  readonly replaced: readonly VersionedRow[];
  readonly added: readonly (ReferenceRow & { readonly isSample: boolean })[];
};

function versionedRow({ code, valid_from, valid_to, data, is_sample, version, replaced_in }: Row): VersionedRow {
  return {
    code,
    validFrom: valid_from,
    ...(valid_to === null ? {} : { validTo: valid_to }),
    data,
    isSample: is_sample,
    since: version,
    ...(replaced_in === null ? {} : { until: replaced_in }),
  };
}

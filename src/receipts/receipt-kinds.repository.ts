import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { KIND_NAME, type ReceiptKindConfiguration } from './receipt-kind-configuration.js';

export type KindVersion = { readonly version: number; readonly configuration: ReceiptKindConfiguration };

/** Registered kinds: versions are appended and never changed, because documents remember theirs. */
@Injectable()
export class ReceiptKindsRepository {
  /** Those after version `after`, oldest first; none of what no kind may be called. */
  async findVersions(tx: Tx, name: string, after: number): Promise<KindVersion[]> {
    if (!KIND_NAME.test(name)) {
      return [];
    }
    return tx.query<KindVersion>(
      'select version, configuration from receipt_kinds where name = $1 and version > $2 order by version',
      [name, after],
    );
  }

  /** The present version of each, by name. */
  latest(tx: Tx): Promise<KindVersion[]> {
    return tx.query<KindVersion>(
      'select distinct on (name) version, configuration from receipt_kinds order by name, version desc',
    );
  }

  async names(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ name: string }>('select distinct name from receipt_kinds order by name');
    return rows.map(({ name }) => name);
  }

  /** Until the transaction ends nobody else registers a version of this kind. */
  async lockName(tx: Tx, name: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('receipt-kind ' || $1, 0))`, [name]);
  }

  async insertVersion(tx: Tx, { version, configuration }: KindVersion, at: Date): Promise<void> {
    await tx.query('insert into receipt_kinds (name, version, configuration, created_at) values ($1, $2, $3, $4)', [
      configuration.name,
      version,
      JSON.stringify(configuration),
      at,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { ROWS_A_PAGE } from './in-pages.js';

export type NumberedDocument = { readonly documentId: string; readonly number: string };

export type Gap = { readonly series: string; readonly first: string; readonly last: string };

/** Compares numbers as a whole inside the database, and tells what it finds in pages: each read gives what follows on `after`. */
@Injectable()
export class NumbersUnderAudit {
  /**
   * Serials that were given out and that no document has: behind a document, the first and last of each gap.
   *
   * A series that issuers share has given out what lies in this issuer's ranges below its next serial, any other series
   * everything from 1 on.
   */
  async findGaps(tx: Tx, issuerId: string, after: Gap | undefined): Promise<Gap[]> {
    return tx.query(
      `with given as (
         select s.series, r.first_serial as first, least(r.last_serial, s.next_serial - 1) as last
         from number_series s join number_ranges r on r.issuer_id = s.issuer_id and r.series = s.series
         where s.issuer_id = $1 and r.first_serial < s.next_serial
         union all
         select s.series, 1, s.next_serial - 1 from number_series s
         where s.issuer_id = $1 and s.next_serial > 1
           and not exists (select 1 from number_ranges r where r.issuer_id = s.issuer_id and r.series = s.series)
       ), marks as (
         select g.series, g.first, g.last, d.serial, lag(d.serial) over (partition by g.series, g.first order by d.serial) as before
         from given g join documents d on d.issuer_id = $1 and d.series = g.series and d.serial between g.first and g.last
       )
       select series, first::text, last::text from (
         select series, coalesce(before + 1, first) as first, serial - 1 as last from marks
         union all
         select g.series, coalesce(max(m.serial) + 1, g.first), g.last
         from given g left join marks m on m.series = g.series and m.first = g.first group by g.series, g.first, g.last
       ) as gaps
       where first <= last and ($2::text is null or (gaps.series, gaps.first) > ($2::text, $3::bigint))
       order by gaps.series, gaps.first limit ${ROWS_A_PAGE}`,
      [issuerId, after?.series ?? null, after?.first ?? null],
    );
  }

  /** Documents whose serial their series has not given out. */
  async findBehind(tx: Tx, issuerId: string, after: NumberedDocument | undefined): Promise<NumberedDocument[]> {
    return this.documents(
      tx,
      `select d.id as document_id, d.number from documents d
       left join number_series s on s.issuer_id = d.issuer_id and s.series = d.series
       where d.issuer_id = $1 and ($2::uuid is null or d.id > $2)
         and (s.next_serial is null or d.serial >= s.next_serial or d.serial < 1)
       order by d.id limit ${ROWS_A_PAGE}`,
      [issuerId, after?.documentId ?? null],
    );
  }

  /** Every document but the first that has a number which another one of its series has, too. */
  async findDuplicates(tx: Tx, issuerId: string, after: NumberedDocument | undefined): Promise<NumberedDocument[]> {
    return this.documents(
      tx,
      `select id as document_id, number from (
         select id, number, row_number() over (partition by series, number order by id) as rank
         from documents where issuer_id = $1) as ranked
       where rank > 1 and ($2::uuid is null or id > $2) order by id limit ${ROWS_A_PAGE}`,
      [issuerId, after?.documentId ?? null],
    );
  }

  /** Documents that remembered requests point to and that are not there. */
  async findDangling(tx: Tx, issuerId: string, after: string | undefined): Promise<string[]> {
    const rows = await tx.query<{ document_id: string }>(
      `select distinct k.document_id from idempotency_keys k
       where k.issuer_id = $1 and ($2::uuid is null or k.document_id > $2)
         and not exists (select 1 from documents d where d.issuer_id = k.issuer_id and d.id = k.document_id)
       order by k.document_id limit ${ROWS_A_PAGE}`,
      [issuerId, after ?? null],
    );
    return rows.map(({ document_id }) => document_id);
  }

  private async documents(tx: Tx, sql: string, parameters: readonly unknown[]): Promise<NumberedDocument[]> {
    const rows = await tx.query<{ document_id: string; number: string }>(sql, [...parameters]);
    return rows.map(({ document_id: documentId, number }) => ({ documentId, number }));
  }
}

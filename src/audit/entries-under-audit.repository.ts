import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

const ROWS_A_READ = 10_000;

/** An event that was handed over; of event 0 the entry is made of the leaf and the docId. */
export type EntrySource = { readonly leaf: Uint8Array; readonly seq: number; readonly docId: Uint8Array };
export type HandedOver = { readonly entry: Buffer; readonly batchId: string | null };

type EventRow = { document_id: string; seq: number; leaf: Buffer; doc_id: Buffer };
type LeafRow = { position: string; leaf: Buffer; batch_id: string | null };

/** Reads what was handed over to be anchored, and what may have been. */
@Injectable()
export class EntriesUnderAudit {
  /**
   * How many entries there are, and how many of them can be of events and of versions of status lists. A list that says
   * nothing of anybody is not handed over, so of those only what was handed over counts.
   */
  async count(tx: Tx, issuerId: string): Promise<{ entries: number; events: number; lists: number }> {
    const [row] = await tx.query<{ entries: string; events: string; lists: string }>(
      `select (select count(*) from anchor_leaves where issuer_id = $1) as entries,
              (select count(*) from document_events where issuer_id = $1 and leaf is not null) as events,
              (select count(distinct v.leaf) from status_list_versions v
               join anchor_leaves l on l.issuer_id = v.issuer_id and l.leaf = v.leaf where v.issuer_id = $1) as lists`,
      [issuerId],
    );
    return { entries: Number(row?.entries ?? 0), events: Number(row?.events ?? 0), lists: Number(row?.lists ?? 0) };
  }

  async *events(tx: Tx, issuerId: string): AsyncGenerator<readonly EntrySource[]> {
    let after: [string, number] = ['00000000-0000-0000-0000-000000000000', -1];
    for (;;) {
      const rows = await tx.query<EventRow>(
        `select e.document_id, e.seq, e.leaf, d.doc_id
         from document_events e join documents d on d.issuer_id = e.issuer_id and d.id = e.document_id
         where e.issuer_id = $1 and e.leaf is not null and (e.document_id, e.seq) > ($2::uuid, $3::int)
         order by e.document_id, e.seq limit ${ROWS_A_READ}`,
        [issuerId, ...after],
      );
      const last = rows.at(-1);
      if (last === undefined) {
        return;
      }
      yield rows.map(({ leaf, seq, doc_id: docId }) => ({ leaf, seq, docId }));
      after = [last.document_id, last.seq];
    }
  }

  /** Of an issuer there are few: one a list and an hour. */
  async lists(tx: Tx, issuerId: string): Promise<readonly Uint8Array[]> {
    const rows = await tx.query<{ leaf: Buffer }>('select leaf from status_list_versions where issuer_id = $1', [
      issuerId,
    ]);
    return rows.map(({ leaf }) => leaf);
  }

  async *entries(tx: Tx, issuerId: string): AsyncGenerator<readonly HandedOver[]> {
    for (let after = '-1'; ;) {
      const rows = await tx.query<LeafRow>(
        `select position, leaf, batch_id from anchor_leaves where issuer_id = $1 and position > $2
         order by position limit ${ROWS_A_READ}`,
        [issuerId, after],
      );
      const last = rows.at(-1);
      if (last === undefined) {
        return;
      }
      yield rows.map(({ leaf: entry, batch_id: batchId }) => ({ entry, batchId }));
      after = last.position;
    }
  }
}

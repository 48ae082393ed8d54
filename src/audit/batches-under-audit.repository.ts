import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import type { AuditScope } from './audit-scope.js';
import type { AuditedBatch, BatchContent } from './batch.check.js';

const LEAVES_PER_READ = 20_000;

type BatchRow = { issuer_id: string; id: string; size: number; depth: number; root: Buffer };
type LeavesRow = { hashes: Buffer | null; rows: string; places: string; highest: number | null };

/** Reads batches with their entries and tiles. The largest batch is what has to fit into memory: 32 bytes an entry. */
@Injectable()
export class BatchesUnderAudit {
  async count(tx: Tx, issuerId: string, { since }: AuditScope): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'select count(*) as count from anchor_batches where issuer_id = $1 and ($2::timestamptz is null or sealed_at >= $2)',
      [issuerId, since ?? null],
    );
    return Number(row?.count ?? 0);
  }

  async page(
    tx: Tx,
    issuerId: string,
    { since, after, limit }: { since: Date | undefined; after: string | undefined; limit: number },
  ): Promise<AuditedBatch[]> {
    const rows = await tx.query<BatchRow>(
      `select issuer_id, id, size, depth, root from anchor_batches
       where issuer_id = $1 and ($2::uuid is null or id > $2) and ($3::timestamptz is null or sealed_at >= $3)
       order by id limit $4`,
      [issuerId, after ?? null, since ?? null, limit],
    );
    return rows.map(batchOf);
  }

  async find(tx: Tx, issuerId: string, id: string): Promise<AuditedBatch | null> {
    const [row] = await tx.query<BatchRow>(
      'select issuer_id, id, size, depth, root from anchor_batches where issuer_id = $1 and id = $2',
      [issuerId, id],
    );
    return row === undefined ? null : batchOf(row);
  }

  /** In pieces: 32 bytes an entry are held, and not a row object each. */
  async content(tx: Tx, { issuerId, id }: Pick<AuditedBatch, 'issuerId' | 'id'>): Promise<BatchContent> {
    const chunks: Buffer[] = [];
    let [rows, places, highest] = [0, 0, -1];
    for (;;) {
      const [row] = await tx.query<LeavesRow>(
        `select string_agg(leaf, ''::bytea order by leaf_index) as hashes, count(*) as rows,
                count(distinct leaf_index) as places, max(leaf_index) as highest
         from (select leaf, leaf_index from anchor_leaves where issuer_id = $1 and batch_id = $2 and leaf_index > $3
               order by leaf_index fetch first ${LEAVES_PER_READ} rows with ties) as piece`,
        [issuerId, id, highest],
      );
      if (!row?.hashes) {
        break;
      }
      chunks.push(row.hashes);
      rows += Number(row.rows);
      places += Number(row.places);
      highest = row.highest ?? highest;
    }
    return { leaves: Buffer.concat(chunks), rows, places, highest, tiles: await this.tiles(tx, issuerId, id) };
  }

  /** Batches that entries name and that are not there, with how many entries do. */
  async findMissing(tx: Tx, issuerId: string): Promise<{ batchId: string; entries: number }[]> {
    const rows = await tx.query<{ batch_id: string; entries: string }>(
      `select l.batch_id, count(*) as entries from anchor_leaves l
       where l.issuer_id = $1 and l.batch_id is not null
         and not exists (select 1 from anchor_batches b where b.issuer_id = l.issuer_id and b.id = l.batch_id)
       group by l.batch_id`,
      [issuerId],
    );
    return rows.map(({ batch_id: batchId, entries }) => ({ batchId, entries: Number(entries) }));
  }

  /** Whether a tile of level 0 holds the entry: then it was handed over once, whatever its row says. */
  async isInTile(tx: Tx, issuerId: string, entry: Uint8Array): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from anchor_tiles where issuer_id = $1 and level = 0 and position($2::bytea in hashes) > 0 limit 1`,
      [issuerId, Buffer.from(entry)],
    );
    return rows.length > 0;
  }

  private async tiles(tx: Tx, issuerId: string, id: string): Promise<BatchContent['tiles']> {
    const rows = await tx.query<{ level: number; tile_index: number; hashes: Buffer; middle: Buffer }>(
      'select level, tile_index, hashes, middle from anchor_tiles where issuer_id = $1 and batch_id = $2',
      [issuerId, id],
    );
    return new Map(rows.map(({ level, tile_index, hashes, middle }) => [`${level}/${tile_index}`, { hashes, middle }]));
  }
}

function batchOf({ issuer_id: issuerId, id, size, depth, root }: BatchRow): AuditedBatch {
  return { issuerId, id, size, depth, root };
}

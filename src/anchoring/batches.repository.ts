import { Injectable } from '@nestjs/common';
import { HASH_LENGTH, type MerkleTree, tilesOf } from '../proof/index.js';
import { type Tx, valuesList } from '../platform/database/index.js';

/** Open leaves in the order of their submission, 32 bytes each one after another. */
export type OpenLeaves = {
  readonly hashes: Uint8Array;
  /** Positions of the first and the last. */
  readonly first: string;
  readonly last: string;
};

/** How the open leaves of an issuer stand: is there a full batch, and since when does the oldest wait? */
export type Backlog = { readonly isFull: boolean; readonly oldestAt: Date | null };

export type SealedBatch = {
  readonly issuerId: string;
  readonly id: string;
  readonly tree: MerkleTree;
  readonly sealedAt: Date;
};

const LEAVES_PER_INSERT = 5_000;
const LEAVES_PER_READ = 20_000;
const TILES_PER_INSERT = 100;

/** Leaves, batches and tiles. */
@Injectable()
export class BatchesRepository {
  /** A leaf that is there already stays as it is. */
  async insertLeaves(tx: Tx, issuerId: string, leaves: readonly Uint8Array[], submittedAt: Date): Promise<void> {
    for (let start = 0; start < leaves.length; start += LEAVES_PER_INSERT) {
      const chunk = leaves.slice(start, start + LEAVES_PER_INSERT);
      await tx.query(
        `insert into anchor_leaves (issuer_id, leaf, submitted_at) values ${valuesList(chunk.length, 3)}
         on conflict do nothing`,
        chunk.flatMap((leaf) => [issuerId, leaf, submittedAt]),
      );
    }
  }

  /** False when another transaction is sealing for this issuer. Held until the end of the transaction. */
  async lockSealing(tx: Tx, issuerId: string): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('anchoring.seal ' || $1, 0)) as locked`,
      [issuerId],
    );
    return row?.locked ?? false;
  }

  async readBacklog(tx: Tx, issuerId: string, batchSize: number): Promise<Backlog> {
    const [row] = await tx.query<{ is_full: boolean; oldest_at: Date | null }>(
      `select exists (select 1 from anchor_leaves where issuer_id = $1 and batch_id is null
                      order by position offset $2 limit 1) as is_full,
              (select submitted_at from anchor_leaves where issuer_id = $1 and batch_id is null
               order by position limit 1) as oldest_at`,
      [issuerId, batchSize - 1],
    );
    return { isFull: row?.is_full ?? false, oldestAt: row?.oldest_at ?? null };
  }

  /** Issuers with a full batch, or with a leaf submitted before `olderThan`. Costs one look per issuer with open leaves. */
  async findIssuersDue(tx: Tx, batchSize: number, olderThan: Date): Promise<readonly string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      `with recursive issuer (id) as (
         (select issuer_id from anchor_leaves where batch_id is null order by issuer_id limit 1)
         union all
         select (select l.issuer_id from anchor_leaves l where l.batch_id is null and l.issuer_id > issuer.id
                 order by l.issuer_id limit 1)
         from issuer where issuer.id is not null
       )
       select id as issuer_id from issuer
       where id is not null and (
         (select submitted_at from anchor_leaves where issuer_id = id and batch_id is null order by position limit 1) <= $2
         or exists (select 1 from anchor_leaves where issuer_id = id and batch_id is null
                    order by position offset $1 limit 1))`,
      [batchSize - 1, olderThan],
    );
    return rows.map((row) => row.issuer_id);
  }

  /** When the leaf that has waited longest was submitted; null when none waits. */
  async findOldestOpen(tx: Tx): Promise<Date | null> {
    const [row] = await tx.query<{ oldest_at: Date | null }>(
      'select min(submitted_at) as oldest_at from anchor_leaves where batch_id is null',
    );
    return row?.oldest_at ?? null;
  }

  /** Up to `limit` open leaves, read in chunks: 32 bytes a leaf are held, and not a row object each. */
  async readOpenLeaves(tx: Tx, issuerId: string, limit: number): Promise<OpenLeaves | null> {
    const chunks: Buffer[] = [];
    let first: string | undefined;
    let last = '-1';
    for (let left = limit; left > 0;) {
      const wanted = Math.min(left, LEAVES_PER_READ);
      const [row] = await tx.query<{ hashes: Buffer | null; first: string; last: string }>(
        `select string_agg(leaf, ''::bytea order by position) as hashes, min(position) as first, max(position) as last
         from (select leaf, position from anchor_leaves where issuer_id = $1 and batch_id is null and position > $2
               order by position limit $3) as open`,
        [issuerId, last, wanted],
      );
      if (!row?.hashes) {
        break;
      }
      chunks.push(row.hashes);
      first ??= row.first;
      last = row.last;
      const found = row.hashes.length / HASH_LENGTH;
      left = found < wanted ? 0 : left - found;
    }
    return first === undefined ? null : { hashes: Buffer.concat(chunks), first, last };
  }

  async insertBatch(tx: Tx, { issuerId, id, tree, sealedAt }: SealedBatch): Promise<void> {
    await tx.query(
      `insert into anchor_batches (issuer_id, id, size, depth, root, sealed_at) values ($1, $2, $3, $4, $5, $6)`,
      [issuerId, id, tree.size, tree.depth, tree.root, sealedAt],
    );
    const tiles = tilesOf(tree);
    for (let start = 0; start < tiles.length; start += TILES_PER_INSERT) {
      const chunk = tiles.slice(start, start + TILES_PER_INSERT);
      await tx.query(
        `insert into anchor_tiles (issuer_id, batch_id, level, tile_index, hashes, middle)
         values ${valuesList(chunk.length, 6)}`,
        chunk.flatMap(({ level, index, hashes, middle }) => [issuerId, id, level, index, hashes, middle]),
      );
    }
  }

  /** Gives the open leaves from `first` to `last` their batch and, in the order of their positions, their index. */
  async assignLeaves(tx: Tx, batch: SealedBatch, { first, last }: OpenLeaves): Promise<number> {
    const [row] = await tx.query<{ assigned: string }>(
      `with member as (
         select leaf, row_number() over (order by position) - 1 as leaf_index from anchor_leaves
         where issuer_id = $1 and batch_id is null and position between $3 and $4
       ), assigned as (
         update anchor_leaves l set batch_id = $2, leaf_index = member.leaf_index from member
         where l.issuer_id = $1 and l.leaf = member.leaf
         returning 1
       ) select count(*) as assigned from assigned`,
      [batch.issuerId, batch.id, first, last],
    );
    return Number(row?.assigned ?? 0);
  }
}

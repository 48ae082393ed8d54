import { Injectable } from '@nestjs/common';
import type { TilePosition } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AnchorState } from './batch-state.js';

/** A submitted leaf, and where in which batch it is once that is sealed. */
export type Member = {
  readonly batch: {
    readonly id: string;
    readonly root: Uint8Array;
    readonly size: number;
    readonly leafIndex: number;
  } | null;
};

export type AnchorRow = {
  readonly chainId: number;
  readonly state: AnchorState;
  readonly transactionHash: string | null;
  readonly blockNumber: number | null;
  readonly blockHash: string | null;
  readonly blockTime: Date | null;
  readonly gasUsed: number | null;
  readonly rootsInTransaction: number | null;
  readonly lastError: string | null;
};

export type BatchRow = {
  readonly id: string;
  readonly root: string;
  readonly size: number;
  readonly sealedAt: Date;
  readonly anchors: readonly AnchorRow[];
};

type TileReference = TilePosition & { readonly batchId: string };

const ANCHOR_COLUMNS = `batch_id, chain_id, state, transaction_hash, block_number, block_hash, block_time, gas_used,
  roots_in_transaction, last_error`;

/** What readers ask: members, tiles, anchors and batches of one issuer. */
@Injectable()
export class ProofsRepository {
  /** By the leaf as hex. */
  async findMembers(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<ReadonlyMap<string, Member>> {
    const rows = await tx.prepared<{ leaf: Buffer; id: string | null; root: Buffer; size: number; leaf_index: number }>(
      'proofs.members',
      `select l.leaf, b.id, b.root, b.size, l.leaf_index
       from anchor_leaves l left join anchor_batches b on b.issuer_id = l.issuer_id and b.id = l.batch_id
       where l.issuer_id = $1 and l.leaf = any($2::bytea[])`,
      [issuerId, leaves.map((leaf) => Buffer.from(leaf))],
    );
    return new Map(
      rows.map(({ leaf, id, root, size, leaf_index: leafIndex }) => [
        leaf.toString('hex'),
        { batch: id === null ? null : { id, root, size, leafIndex } },
      ]),
    );
  }

  /** Whose batch this is; asked by strangers, who name no issuer. */
  async locateBatch(
    tx: Tx,
    { id, root }: { readonly id?: string; readonly root?: Uint8Array },
  ): Promise<{ issuerId: string; batchId: string } | null> {
    const [row] = await tx.query<{ issuer_id: string; batch_id: string }>(
      'select issuer_id, batch_id from locate_batch($1, $2) limit 1',
      [id ?? null, root === undefined ? null : Buffer.from(root)],
    );
    return row === undefined ? null : { issuerId: row.issuer_id, batchId: row.batch_id };
  }

  /** By `batch/level/index`. Each is looked up by its key, also while statistics know nothing of a batch just sealed. */
  async findTiles(tx: Tx, issuerId: string, tiles: readonly TileReference[]): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await tx.prepared<{ batch_id: string; level: number; tile_index: number; hashes: Buffer }>(
      'proofs.tiles',
      `select found.* from unnest($2::uuid[], $3::integer[], $4::integer[]) as wanted (batch_id, level, tile_index)
       cross join lateral (
         select batch_id, level, tile_index, hashes from anchor_tiles
         where issuer_id = $1 and batch_id = wanted.batch_id and level = wanted.level and tile_index = wanted.tile_index
         limit 1
       ) as found`,
      [issuerId, tiles.map((tile) => tile.batchId), tiles.map((tile) => tile.level), tiles.map((tile) => tile.index)],
    );
    return new Map(rows.map((row) => [`${row.batch_id}/${row.level}/${row.tile_index}`, row.hashes]));
  }

  /** By batch. */
  async findAnchors(
    tx: Tx,
    issuerId: string,
    batchIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly AnchorRow[]>> {
    const rows = await tx.prepared<AnchorColumns>(
      'proofs.anchors',
      `select ${ANCHOR_COLUMNS} from anchors where issuer_id = $1 and batch_id = any($2::uuid[]) order by chain_id`,
      [issuerId, batchIds],
    );
    const found = new Map<string, AnchorRow[]>();
    for (const row of rows) {
      found.set(row.batch_id, [...(found.get(row.batch_id) ?? []), toAnchorRow(row)]);
    }
    return found;
  }

  /** The newest first: ids of batches grow with time. */
  async findBatches(
    tx: Tx,
    issuerId: string,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<BatchRow[]> {
    const rows = await tx.query<BatchColumns>(
      `select id, root, size, sealed_at from anchor_batches
       where issuer_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [issuerId, before ?? null, limit],
    );
    return this.withAnchors(tx, issuerId, rows);
  }

  async findBatch(tx: Tx, issuerId: string, id: string): Promise<BatchRow | null> {
    const rows = await tx.query<BatchColumns>(
      'select id, root, size, sealed_at from anchor_batches where issuer_id = $1 and id = $2',
      [issuerId, id],
    );
    const [batch = null] = await this.withAnchors(tx, issuerId, rows);
    return batch;
  }

  private async withAnchors(tx: Tx, issuerId: string, rows: readonly BatchColumns[]): Promise<BatchRow[]> {
    const anchors = await this.findAnchors(
      tx,
      issuerId,
      rows.map((row) => row.id),
    );
    return rows.map(({ id, root, size, sealed_at: sealedAt }) => ({
      id,
      root: hex(root),
      size,
      sealedAt,
      anchors: anchors.get(id) ?? [],
    }));
  }
}

type BatchColumns = { id: string; root: Buffer; size: number; sealed_at: Date };
type AnchorColumns = {
  batch_id: string;
  chain_id: string;
  state: AnchorState;
  transaction_hash: Buffer | null;
  block_number: string | null;
  block_hash: Buffer | null;
  block_time: Date | null;
  gas_used: string | null;
  roots_in_transaction: number | null;
  last_error: string | null;
};

function toAnchorRow(row: AnchorColumns): AnchorRow {
  return {
    chainId: Number(row.chain_id),
    state: row.state,
    transactionHash: row.transaction_hash && hex(row.transaction_hash),
    blockNumber: row.block_number === null ? null : Number(row.block_number),
    blockHash: row.block_hash && hex(row.block_hash),
    blockTime: row.block_time,
    gasUsed: row.gas_used === null ? null : Number(row.gas_used),
    rootsInTransaction: row.roots_in_transaction,
    lastError: row.last_error,
  };
}

function hex(bytes: Buffer): string {
  return `0x${bytes.toString('hex')}`;
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { TILE_SIZE } from '../proof/index.js';
import type { AnchorState } from './batch-state.js';
import { tileName, type TileReference } from './tile-cache.js';

/** A submitted leaf, and where in which batch it is once that is sealed. */
export type Member = { readonly batch: MemberBatch | null };

export type MemberBatch = {
  readonly id: string;
  readonly root: Uint8Array;
  readonly size: number;
  readonly leafIndex: number;
  readonly anchors: readonly AnchorRow[];
};

/** The hashes of tiles, by `tileName`. */
export type StoredTiles = ReadonlyMap<string, Uint8Array>;

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

/** The anchors of the batch `b` as one JSON value, so that they come with whatever else is asked of it. */
const ANCHORS_OF_BATCH = `(
  select coalesce(json_agg(json_build_object(
    'chainId', chain_id, 'state', state, 'transactionHash', '0x' || encode(transaction_hash, 'hex'),
    'blockNumber', block_number, 'blockHash', '0x' || encode(block_hash, 'hex'), 'blockTime', block_time,
    'gasUsed', gas_used, 'rootsInTransaction', roots_in_transaction, 'lastError', last_error
  ) order by chain_id), '[]')
  from anchors where issuer_id = b.issuer_id and batch_id = b.id)`;

/** What readers ask: members, tiles, anchors and batches of one issuer. */
@Injectable()
export class ProofsRepository {
  /**
   * Members by the leaf as hex, and of each sealed one the tile that it lies in, which members share. All by one statement.
   */
  async findMembers(
    tx: Tx,
    issuerId: string,
    leaves: readonly Uint8Array[],
  ): Promise<{ members: ReadonlyMap<string, Member>; tiles: StoredTiles }> {
    const rows = await tx.prepared<MemberColumns>('proofs.members', MEMBERS, [
      issuerId,
      leaves.map((leaf) => Buffer.from(leaf)),
    ]);
    const tiles = new Map<string, Uint8Array>();
    const members = rows.map(({ leaf, hashes, ...row }): [string, Member] => {
      if (row.id !== null && hashes !== null) {
        const index = Math.floor(row.leaf_index / TILE_SIZE);
        tiles.set(tileName({ issuerId, batchId: row.id, level: 0, index }), hashes);
      }
      return [leaf.toString('hex'), { batch: batchOf(row) }];
    });
    return { members: new Map(members), tiles };
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

  /** By `tileName`. Each is looked up by its key, as members are. */
  async findTiles(tx: Tx, issuerId: string, tiles: readonly Omit<TileReference, 'issuerId'>[]): Promise<StoredTiles> {
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
    return new Map(
      rows.map(({ batch_id: batchId, level, tile_index: index, hashes }) => [
        tileName({ issuerId, batchId, level, index }),
        hashes,
      ]),
    );
  }

  /** The newest first: ids of batches grow with time. */
  async findBatches(
    tx: Tx,
    issuerId: string,
    { before, limit }: { before: string | undefined; limit: number },
  ): Promise<BatchRow[]> {
    const rows = await tx.query<BatchColumns>(
      `select ${BATCH_COLUMNS} from anchor_batches b
       where issuer_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [issuerId, before ?? null, limit],
    );
    return rows.map(toBatchRow);
  }

  async findBatch(tx: Tx, issuerId: string, id: string): Promise<BatchRow | null> {
    const [row] = await tx.query<BatchColumns>(
      `select ${BATCH_COLUMNS} from anchor_batches b where issuer_id = $1 and id = $2`,
      [issuerId, id],
    );
    return row === undefined ? null : toBatchRow(row);
  }
}

const BATCH_COLUMNS = `id, root, size, sealed_at, ${ANCHORS_OF_BATCH} as anchors`;
/**
 * A tile comes with the first of its members alone. The list of leaves stands behind a `select` and the rest behind limits,
 * so that the plan is the same for one leaf as for many, is therefore made once, and looks each row up by its key.
 */
const MEMBERS = `
  select m.leaf, m.id, m.root, m.size, m.leaf_index, m.anchors, tile.hashes
  from (
    select l.leaf, b.id, b.root, b.size, l.leaf_index, ${ANCHORS_OF_BATCH} as anchors,
      row_number() over (partition by b.id, l.leaf_index / ${TILE_SIZE}) as place
    from anchor_leaves l
    left join lateral (
      select issuer_id, id, root, size from anchor_batches where issuer_id = $1 and id = l.batch_id limit 1
    ) b on true
    where l.issuer_id = $1 and l.leaf = any((select $2::bytea[])::bytea[])
  ) m
  left join lateral (
    select hashes from anchor_tiles
    where m.place = 1
      and issuer_id = $1 and batch_id = m.id and level = 0 and tile_index = m.leaf_index / ${TILE_SIZE} limit 1
  ) tile on true`;

/** A time in JSON is a text. */
type AnchorJson = Omit<AnchorRow, 'blockTime'> & { readonly blockTime: string | null };
type BatchColumns = { id: string; root: Buffer; size: number; sealed_at: Date; anchors: AnchorJson[] };
/** Without a batch the rest is null as well. */
type PlaceColumns = { id: string | null; root: Buffer; size: number; leaf_index: number; anchors: AnchorJson[] };
type MemberColumns = PlaceColumns & { leaf: Buffer; hashes: Buffer | null };

function batchOf({ id, root, size, leaf_index: leafIndex, anchors }: PlaceColumns): MemberBatch | null {
  return id === null ? null : { id, root, size, leafIndex, anchors: anchors.map(toAnchorRow) };
}

function toBatchRow({ id, root, size, sealed_at: sealedAt, anchors }: BatchColumns): BatchRow {
  return { id, root: `0x${root.toString('hex')}`, size, sealedAt, anchors: anchors.map(toAnchorRow) };
}

function toAnchorRow({ blockTime, ...anchor }: AnchorJson): AnchorRow {
  return { ...anchor, blockTime: blockTime === null ? null : new Date(blockTime) };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import {
  GROUP_SIZE,
  HASH_LENGTH,
  partLengths,
  TILE_SIZE,
  tilesNeededFor,
  type TilePart,
  type TilePosition,
} from '../proof/index.js';
import type { AnchorState } from './batch-state.js';

/** A submitted leaf, and where in which batch it is once that is sealed. */
export type Member = { readonly batch: MemberBatch | null };

export type MemberBatch = {
  readonly id: string;
  readonly root: Uint8Array;
  readonly size: number;
  readonly leafIndex: number;
  readonly anchors: readonly AnchorRow[];
  /** What the leaf's proof needs of each tile, by the level. */
  readonly parts: ReadonlyMap<number, TilePart>;
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
  /** Members by the leaf as hex, with what their proofs need. All by one statement. */
  async findMembers(tx: Tx, issuerId: string, leaves: readonly Uint8Array[]): Promise<ReadonlyMap<string, Member>> {
    const rows = await tx.prepared<MemberColumns>('proofs.members', MEMBERS, [
      issuerId,
      leaves.map((leaf) => Buffer.from(leaf)),
    ]);
    return new Map(rows.map((row) => [row.leaf.toString('hex'), { batch: batchOf(row) }]));
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

  /** All hashes of a tile; null when there is none. */
  async findTile(
    tx: Tx,
    { issuerId, batchId, level, index }: TilePosition & { readonly issuerId: string; readonly batchId: string },
  ): Promise<Uint8Array | null> {
    const [row] = await tx.query<{ hashes: Buffer }>(
      'select hashes from anchor_tiles where issuer_id = $1 and batch_id = $2 and level = $3 and tile_index = $4',
      [issuerId, batchId, level, index],
    );
    return row?.hashes ?? null;
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
/** Levels that tiles are stored of. A batch has at most 2^31 leaves. */
const LEVELS = [0, 8, 16, 24];
/**
 * The list of leaves stands behind a `select` and the rest behind limits, so that the plan is the same for one leaf as for
 * many, is therefore made once, and looks each row up by its key. What a proof needs of a tile is cut out by the database:
 * a whole one is eight times as long. It comes as one value for all levels, the middle before the group.
 */
const MEMBERS = `
  select l.leaf, b.id, b.root, b.size, l.leaf_index, ${ANCHORS_OF_BATCH} as anchors, tiles.levels, tiles.parts
  from anchor_leaves l
  left join lateral (
    select issuer_id, id, root, size, depth from anchor_batches where issuer_id = $1 and id = l.batch_id limit 1
  ) b on true
  left join lateral (
    select array_agg(t.level order by t.level) as levels, string_agg(t.part, '' order by t.level) as parts
    from (values ${LEVELS.map((level) => `(${level})`).join(', ')}) as stored (level)
    cross join lateral (
      select level, middle || substring(hashes
        from ((l.leaf_index >> stored.level) % ${TILE_SIZE}) / ${GROUP_SIZE} * ${GROUP_SIZE * HASH_LENGTH} + 1
        for ${GROUP_SIZE * HASH_LENGTH}) as part
      from anchor_tiles
      where issuer_id = $1 and batch_id = b.id and level = stored.level
        and tile_index = l.leaf_index >> stored.level >> ${Math.log2(TILE_SIZE)} limit 1
    ) t
    where stored.level < b.depth
  ) tiles on true
  where l.issuer_id = $1 and l.leaf = any((select $2::bytea[])::bytea[])`;

/** A time in JSON is a text. */
type AnchorJson = Omit<AnchorRow, 'blockTime'> & { readonly blockTime: string | null };
type BatchColumns = { id: string; root: Buffer; size: number; sealed_at: Date; anchors: AnchorJson[] };
/** Without a batch the rest is null as well; without tiles, their levels and parts. */
type MemberColumns = {
  leaf: Buffer;
  id: string | null;
  root: Buffer;
  size: number;
  leaf_index: number;
  anchors: AnchorJson[];
  levels: number[] | null;
  parts: Buffer | null;
};

function batchOf(row: MemberColumns): MemberBatch | null {
  const { id, root, size, leaf_index: leafIndex, anchors } = row;
  return id === null ? null : { id, root, size, leafIndex, anchors: anchors.map(toAnchorRow), parts: partsOf(row) };
}

/** What is missing or cut short stays so: whoever cuts the proof checks the lengths. */
function partsOf({ size, leaf_index: index, levels, parts }: MemberColumns): ReadonlyMap<number, TilePart> {
  const found = new Map<number, TilePart>();
  let at = 0;
  const take = (hashes: number): Uint8Array => (parts ?? Buffer.alloc(0)).subarray(at, (at += hashes * HASH_LENGTH));
  for (const position of tilesNeededFor(index, size)) {
    if (levels?.includes(position.level) === true) {
      const lengths = partLengths(position, { index, size });
      found.set(position.level, { middle: take(lengths.middle), group: take(lengths.group) });
    }
  }
  return found;
}

function toBatchRow({ id, root, size, sealed_at: sealedAt, anchors }: BatchColumns): BatchRow {
  return { id, root: `0x${root.toString('hex')}`, size, sealedAt, anchors: anchors.map(toAnchorRow) };
}

function toAnchorRow({ blockTime, ...anchor }: AnchorJson): AnchorRow {
  return { ...anchor, blockTime: blockTime === null ? null : new Date(blockTime) };
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { NO_MONEY, OUTAGES } from './anchoring.errors.js';
import { statesBefore } from './batch-state.js';

export type AnchorKey = { readonly issuerId: string; readonly batchId: string };

/** An anchor that has yet to reach the chain. */
export type OpenAnchor = AnchorKey & {
  readonly root: Uint8Array;
  readonly size: number;
  /** Of the last transaction that was to carry it, if there was one. */
  readonly sender: Uint8Array | null;
  readonly nonce: number | null;
  readonly lastError: string | null;
};

/** Where the chain holds a root. Without transaction, a stranger's or a forgotten one had carried it. */
export type Place = {
  readonly transactionHash: string | null;
  readonly gasUsed: bigint | null;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTime: Date;
};

export type BlockReference = { readonly number: number; readonly hash: string };
export type WatchedBlock = BlockReference & { readonly anchors: number };
export type Carrier = { readonly chainId: number; readonly sender: Uint8Array; readonly nonce: number };

type OpenRow = {
  issuer_id: string;
  batch_id: string;
  root: Buffer;
  size: number;
  sender: Buffer | null;
  nonce: string | null;
  last_error: string | null;
};

const OPEN_COLUMNS = 'a.issuer_id, a.batch_id, b.root, b.size, a.sender, a.nonce, a.last_error';
const KEYS = '(issuer_id, batch_id) in (select * from unnest($1::uuid[], $2::uuid[]))';

/** Anchors. Every move names the states it may start from, so doing it twice changes nothing. */
@Injectable()
export class AnchorsRepository {
  async insertPending(tx: Tx, anchor: AnchorKey & { chainId: number; at: Date }): Promise<void> {
    await tx.query(
      `insert into anchors (issuer_id, batch_id, chain_id, state, updated_at) values ($1, $2, $3, 'pending', $4)`,
      [anchor.issuerId, anchor.batchId, anchor.chainId, anchor.at],
    );
  }

  /**
   * Anchors of sealed batches that have none on this chain yet, oldest batch first; answers how many. A chain that was added
   * later gets the roots in the order in which they were sealed.
   */
  async insertMissing(
    tx: Tx,
    { chainId, since, limit, at }: { chainId: number; since: Date | null; limit: number; at: Date },
  ): Promise<number> {
    const rows = await tx.query(
      `insert into anchors (issuer_id, batch_id, chain_id, state, updated_at)
       select b.issuer_id, b.id, $1, 'pending', $4 from anchor_batches b
       where ($2::timestamptz is null or b.sealed_at >= $2)
         and not exists (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id and a.chain_id = $1)
       order by b.sequence limit $3
       on conflict do nothing returning 1`,
      [chainId, since, limit, at],
    );
    return rows.length;
  }

  /** Whether `insertMissing` would find any. */
  async isAnyMissing(tx: Tx, { chainId, since }: { chainId: number; since: Date | null }): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from anchor_batches b
       where ($2::timestamptz is null or b.sealed_at >= $2)
         and not exists (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id and a.chain_id = $1)
       limit 1`,
      [chainId, since],
    );
    return rows.length > 0;
  }

  /**
   * Pending anchors in the order in which they were sealed, those that failed by themselves at the end; without `seen` and
   * what failed with `rested` after `restedSince`.
   */
  async findPending(
    tx: Tx,
    chainId: number,
    { seen, limit, rested, restedSince }: { seen: readonly string[]; limit: number; rested: string; restedSince: Date },
  ): Promise<OpenAnchor[]> {
    const rows = await tx.query<OpenRow>(
      `select ${OPEN_COLUMNS} from anchors a join anchor_batches b on b.issuer_id = a.issuer_id and b.id = a.batch_id
       where a.chain_id = $1 and a.state = 'pending' and a.batch_id <> all($2::uuid[])
         and (a.last_error is distinct from $4 or a.updated_at < $5)
       order by case when a.last_error is not null and a.last_error <> all($6) then a.updated_at end nulls first, b.sequence
       limit $3`,
      [chainId, seen, limit, rested, restedSince, OUTAGES],
    );
    return rows.map(toOpenAnchor);
  }

  /** Those of `keys` that are still pending and that nobody else holds, locked. */
  async lockPending(tx: Tx, chainId: number, keys: readonly AnchorKey[]): Promise<AnchorKey[]> {
    const rows = await tx.query<Pick<OpenRow, 'issuer_id' | 'batch_id'>>(
      `select issuer_id, batch_id from anchors where ${KEYS} and chain_id = $3 and state = 'pending'
       order by issuer_id, batch_id for update skip locked`,
      [...keyLists(keys), chainId],
    );
    return rows.map((row) => ({ issuerId: row.issuer_id, batchId: row.batch_id }));
  }

  async moveToSubmitted(tx: Tx, keys: readonly AnchorKey[], carrier: Carrier, at: Date): Promise<void> {
    await tx.query(
      `update anchors set state = 'submitted', sender = $4, nonce = $5, roots_in_transaction = $6, last_error = null,
              updated_at = $7
       where ${KEYS} and chain_id = $3 and state = 'pending'`,
      [...keyLists(keys), carrier.chainId, carrier.sender, carrier.nonce, keys.length, at],
    );
  }

  /** Submitted anchors whose transactions have nonces below `nonce`, that is, whose fate the chain knows. */
  async findSubmittedBelow(tx: Tx, { chainId, sender, nonce }: Carrier, limit: number): Promise<OpenAnchor[]> {
    const rows = await tx.query<OpenRow>(
      `select ${OPEN_COLUMNS} from anchors a join anchor_batches b on b.issuer_id = a.issuer_id and b.id = a.batch_id
       where a.chain_id = $1 and a.sender = $2 and a.state = 'submitted' and a.nonce in (
         select distinct nonce from anchors where chain_id = $1 and sender = $2 and state = 'submitted' and nonce < $3
         order by nonce limit $4)
       order by a.nonce, b.sequence`,
      [chainId, sender, nonce, limit],
    );
    return rows.map(toOpenAnchor);
  }

  /** Also for a pending anchor, when the chain turns out to hold its root. */
  async moveToAnchored(tx: Tx, chainId: number, keys: readonly AnchorKey[], place: Place, at: Date): Promise<number> {
    const { transactionHash, blockNumber, blockHash, blockTime, gasUsed } = place;
    const moved = await tx.query(
      `update anchors set state = 'anchored', transaction_hash = $5, block_number = $6, block_hash = $7, block_time = $8,
              gas_used = $9, last_error = null, updated_at = $10
       where ${KEYS} and chain_id = $3 and state = any($4) returning 1`,
      [
        ...keyLists(keys),
        chainId,
        statesBefore('anchored'),
        transactionHash === null ? null : toBytes(transactionHash),
        blockNumber,
        toBytes(blockHash),
        blockTime,
        gasUsed,
        at,
      ],
    );
    return moved.length;
  }

  /** Takes submitted anchors back from a transaction that did not anchor them. */
  async moveBackToPending(
    tx: Tx,
    keys: readonly AnchorKey[],
    carrier: Carrier,
    failure: { reason: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `update anchors set state = 'pending', last_error = $6, updated_at = $7
       where ${KEYS} and chain_id = $3 and sender = $4 and nonce = $5 and state = 'submitted'`,
      [...keyLists(keys), carrier.chainId, carrier.sender, carrier.nonce, failure.reason, failure.at],
    );
  }

  async recordError(
    tx: Tx,
    chainId: number,
    keys: readonly AnchorKey[],
    failure: { reason: string; at: Date },
  ): Promise<void> {
    await tx.query(
      `update anchors set last_error = $4, updated_at = $5 where ${KEYS} and chain_id = $3 and state = 'pending'`,
      [...keyLists(keys), chainId, failure.reason, failure.at],
    );
  }

  /** The chain cannot be asked, or is another one. Replaces nothing but what an outage before has left. */
  async recordOutage(tx: Tx, chainId: number, failure: { reason: string; at: Date }): Promise<void> {
    await tx.query(
      `update anchors set last_error = $2, updated_at = case when state = 'pending' then $3 else updated_at end
       where chain_id = $1 and state in ('pending', 'submitted') and (last_error is null or last_error = any($4))
         and last_error is distinct from $2`,
      [chainId, failure.reason, failure.at, OUTAGES],
    );
  }

  /** Accounts that were to carry anchors which are in no block yet. */
  async findSendersUnderWay(tx: Tx, chainId: number): Promise<Uint8Array[]> {
    const rows = await tx.query<{ sender: Buffer }>(
      `select distinct sender from anchors where chain_id = $1 and state = 'submitted'`,
      [chainId],
    );
    return rows.map(({ sender }) => sender);
  }

  /** Those of them that cannot pay for what they were to carry. */
  async findSendersWithoutMoney(tx: Tx, chainId: number): Promise<Uint8Array[]> {
    const rows = await tx.query<{ sender: Buffer }>(
      `select distinct sender from anchors where chain_id = $1 and state = 'submitted' and last_error = $2`,
      [chainId, NO_MONEY],
    );
    return rows.map(({ sender }) => sender);
  }

  /** Takes back what was to go out with this nonce or a later one and has not moved since; answers how many anchors. */
  async release(
    tx: Tx,
    { chainId, sender, nonce }: Carrier,
    { reason, at, unchangedSince }: { reason: string; at: Date; unchangedSince: Date },
  ): Promise<number> {
    const rows = await tx.query(
      `update anchors set state = 'pending', last_error = $4, updated_at = $5
       where chain_id = $1 and sender = $2 and nonce >= $3 and state = 'submitted' and updated_at <= $6 returning 1`,
      [chainId, sender, nonce, reason, at, unchangedSince],
    );
    return rows.length;
  }

  /** What happened to the transaction that carries them; null when all is well. */
  async recordErrorOfSubmitted(tx: Tx, carrier: Carrier, reason: string | null): Promise<void> {
    await tx.query(
      `update anchors set last_error = $4
       where chain_id = $1 and sender = $2 and nonce = $3 and state = 'submitted' and last_error is distinct from $4`,
      [carrier.chainId, carrier.sender, carrier.nonce, reason],
    );
  }

  /** Blocks that hold anchors and may yet be undone. */
  async findBlocksToWatch(tx: Tx, chainId: number): Promise<WatchedBlock[]> {
    const rows = await tx.query<{ block_number: string; block_hash: Buffer; anchors: string }>(
      `select block_number, block_hash, count(*) as anchors from anchors
       where chain_id = $1 and state in ('anchored', 'confirmed') group by 1, 2 order by block_number`,
      [chainId],
    );
    return rows.map((row) => ({
      number: Number(row.block_number),
      hash: `0x${row.block_hash.toString('hex')}`,
      anchors: Number(row.anchors),
    }));
  }

  /** Moves the anchors of one block that have not moved after `unchangedSince`. Returns how many. */
  async moveForward(
    tx: Tx,
    chainId: number,
    block: BlockReference,
    { to, at, unchangedSince = at }: { to: 'confirmed' | 'final'; at: Date; unchangedSince?: Date },
  ): Promise<number> {
    const moved = await tx.query(
      `update anchors set state = $4, updated_at = $6
       where chain_id = $1 and block_number = $2 and block_hash = $3 and state = any($5) and updated_at <= $7
       returning 1`,
      [chainId, block.number, toBytes(block.hash), to, statesBefore(to), at, unchangedSince],
    );
    return moved.length;
  }

  /** The block is no longer part of the chain. Returns whose transactions, by nonce, must be looked for again. */
  async moveBackFromBlock(
    tx: Tx,
    chainId: number,
    block: BlockReference,
    failure: { reason: string; at: Date },
  ): Promise<Carrier[]> {
    const rows = await tx.query<{ sender: Buffer; nonce: string; state: string }>(
      `update anchors set state = case when transaction_hash is null then 'pending' else 'submitted' end,
              transaction_hash = null, block_number = null, block_hash = null, block_time = null, gas_used = null,
              last_error = $5, updated_at = $6
       where chain_id = $1 and block_number = $2 and block_hash = $3 and state = any($4) returning sender, nonce, state`,
      [chainId, block.number, toBytes(block.hash), ['anchored', 'confirmed'], failure.reason, failure.at],
    );
    const undone = rows.filter((row) => row.state === 'submitted');
    const carriers = undone.map(({ sender, nonce }) => ({ chainId, sender, nonce: Number(nonce) }));
    return [...new Map(carriers.map((each) => [`${each.sender.toString('hex')}/${each.nonce}`, each])).values()];
  }

  /** How many anchors are in each unfinished state. */
  async countUnfinished(tx: Tx, chainId: number): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ state: string; count: string }>(
      `select state, count(*) from anchors where chain_id = $1 and state <> 'final' group by state`,
      [chainId],
    );
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /** When the oldest batch was sealed that the chain does not hold; null when it holds all. */
  async findOldestUnanchored(tx: Tx, chainId: number): Promise<Date | null> {
    const [row] = await tx.query<{ sealed_at: Date | null }>(
      `select min(b.sealed_at) as sealed_at
       from anchors a join anchor_batches b on b.issuer_id = a.issuer_id and b.id = a.batch_id
       where a.chain_id = $1 and a.state in ('pending', 'submitted')`,
      [chainId],
    );
    return row?.sealed_at ?? null;
  }

  /** Whether something is pending that did not fail after `failedBefore`: what failed rests a little. */
  async hasPendingDue(tx: Tx, chainId: number, failedBefore: Date): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from anchors where chain_id = $1 and state = 'pending' and (last_error is null or updated_at < $2) limit 1`,
      [chainId, failedBefore],
    );
    return rows.length > 0;
  }

  async hasUnderWay(tx: Tx, chainId: number): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from anchors where chain_id = $1 and state in ('submitted', 'anchored', 'confirmed') limit 1`,
      [chainId],
    );
    return rows.length > 0;
  }
}

function toOpenAnchor(row: OpenRow): OpenAnchor {
  return {
    issuerId: row.issuer_id,
    batchId: row.batch_id,
    root: row.root,
    size: row.size,
    sender: row.sender,
    nonce: row.nonce === null ? null : Number(row.nonce),
    lastError: row.last_error,
  };
}

function keyLists(keys: readonly AnchorKey[]): [string[], string[]] {
  return [keys.map((key) => key.issuerId), keys.map((key) => key.batchId)];
}

function toBytes(hex: string): Buffer {
  return Buffer.from(hex.slice(2), 'hex');
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { fromHex } from '../kernel/index.js';
import type { Fees, SignedTransaction } from '../platform/chain/index.js';
import type { Carrier } from './anchors.repository.js';

/** One set of signed bytes for one nonce. Attempts of a nonce exclude each other: the chain takes one at most. */
export type Attempt = Carrier & {
  readonly attempt: number;
  readonly hash: string;
  readonly raw: Uint8Array;
  readonly fees: Fees;
  readonly createdAt: Date;
  readonly broadcastAt: Date | null;
};

type Sender = Omit<Carrier, 'nonce'>;

/** A signed transaction as the next attempt at a nonce, not sent yet. */
export function attemptOf(
  { chainId, sender }: Sender,
  { hash, raw }: SignedTransaction,
  which: Pick<Attempt, 'nonce' | 'attempt' | 'fees' | 'createdAt'>,
): Attempt {
  return { chainId, sender, hash, raw: fromHex(raw), broadcastAt: null, ...which };
}

type AttemptRow = {
  nonce: string;
  attempt: number;
  hash: Buffer;
  raw: Buffer;
  max_fee_per_gas: string;
  max_priority_fee_per_gas: string;
  created_at: Date;
  broadcast_at: Date | null;
};

const COLUMNS = 'nonce, attempt, hash, raw, max_fee_per_gas, max_priority_fee_per_gas, created_at, broadcast_at';

/** Senders with their next nonces, and every transaction that was ever signed. */
@Injectable()
export class TransactionsRepository {
  /** Locks the sender's row until the end of the transaction and returns its next nonce. */
  async lockSender(tx: Tx, { chainId, sender }: Sender): Promise<number> {
    await tx.query('insert into chain_senders (chain_id, address) values ($1, $2) on conflict do nothing', [
      chainId,
      sender,
    ]);
    const [row] = await tx.query<{ next_nonce: string }>(
      'select next_nonce from chain_senders where chain_id = $1 and address = $2 for update',
      [chainId, sender],
    );
    return Number(row?.next_nonce ?? 0);
  }

  async setNextNonce(tx: Tx, { chainId, sender, nonce }: Carrier): Promise<void> {
    await tx.query('update chain_senders set next_nonce = $3 where chain_id = $1 and address = $2', [
      chainId,
      sender,
      nonce,
    ]);
  }

  async findNextNonce(tx: Tx, { chainId, sender }: Sender): Promise<number> {
    const [row] = await tx.query<{ next_nonce: string }>(
      'select next_nonce from chain_senders where chain_id = $1 and address = $2',
      [chainId, sender],
    );
    return Number(row?.next_nonce ?? 0);
  }

  /** False when another process has stored this attempt: its bytes count, ours are thrown away. */
  async insertAttempt(tx: Tx, attempt: Attempt): Promise<boolean> {
    const { chainId, sender, nonce, hash, raw, fees, createdAt } = attempt;
    const rows = await tx.query(
      `insert into anchor_transactions (chain_id, sender, nonce, attempt, hash, raw, max_fee_per_gas,
              max_priority_fee_per_gas, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'stored', $9) on conflict do nothing returning 1`,
      [
        ...[chainId, sender, nonce, attempt.attempt, Buffer.from(hash.slice(2), 'hex'), raw],
        ...[fees.maxFeePerGas, fees.maxPriorityFeePerGas, createdAt],
      ],
    );
    return rows.length > 0;
  }

  /** All attempts of the given nonces, the newest of a nonce first. */
  async findAttempts(tx: Tx, sender: Sender, nonces: readonly number[]): Promise<Attempt[]> {
    const rows = await tx.query<AttemptRow>(
      `select ${COLUMNS} from anchor_transactions where chain_id = $1 and sender = $2 and nonce = any($3::bigint[])
       order by nonce, attempt desc`,
      [sender.chainId, sender.sender, nonces],
    );
    return rows.map((row) => toAttempt(row, sender));
  }

  async markBroadcast(tx: Tx, attempt: Attempt, at: Date): Promise<void> {
    await tx.query(
      `update anchor_transactions set broadcast_at = $5 where chain_id = $1 and sender = $2 and nonce = $3 and attempt = $4`,
      [attempt.chainId, attempt.sender, attempt.nonce, attempt.attempt, at],
    );
  }

  /** The chain has taken `hash` for this nonce, or (null) something that we did not sign. */
  async markTaken(
    tx: Tx,
    { chainId, sender, nonce }: Carrier,
    taken: { hash: string; state: 'mined' | 'reverted' } | null,
  ): Promise<void> {
    await tx.query(
      `update anchor_transactions set state = case when hash = $4 then $5 else 'replaced' end
       where chain_id = $1 and sender = $2 and nonce = $3`,
      [chainId, sender, nonce, taken && Buffer.from(taken.hash.slice(2), 'hex'), taken?.state ?? 'replaced'],
    );
  }

  /** A reorganisation undid this nonce: its bytes are to be sent again at once. */
  async reopen(tx: Tx, { chainId, sender, nonce }: Carrier): Promise<void> {
    await tx.query(
      `update anchor_transactions set state = 'stored', broadcast_at = null
       where chain_id = $1 and sender = $2 and nonce = $3`,
      [chainId, sender, nonce],
    );
  }
}

function toAttempt(row: AttemptRow, { chainId, sender }: Sender): Attempt {
  return {
    chainId,
    sender,
    nonce: Number(row.nonce),
    attempt: row.attempt,
    hash: `0x${row.hash.toString('hex')}`,
    raw: row.raw,
    fees: { maxFeePerGas: BigInt(row.max_fee_per_gas), maxPriorityFeePerGas: BigInt(row.max_priority_fee_per_gas) },
    createdAt: row.created_at,
    broadcastAt: row.broadcast_at,
  };
}

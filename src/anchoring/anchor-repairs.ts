import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { type MerkleTree, tilesOf } from '../proof/index.js';
import type { Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { SETBACKS } from './anchoring.errors.js';
import { confirmRootsJob, publishRootsJob } from './anchoring.jobs.js';
import type { AnchorKey, Place } from './anchors.repository.js';
import { TransactionsRepository } from './transactions.repository.js';

/** A batch on one chain. */
export type AnchorPlace = AnchorKey & { readonly chainId: number };

const NAMED = 'issuer_id = $1 and batch_id = $2 and chain_id = $3';

/**
 * What an operator's command may put right, and a worker never does: after a restored chain or backup even what was final
 * has to be looked for again. Leaves, members of batches and roots are never touched.
 */
@Injectable()
export class AnchorRepairs {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** False when there is a row by now. */
  async add(tx: Tx, { issuerId, batchId, chainId }: AnchorPlace): Promise<boolean> {
    const rows = await tx.query(
      `insert into anchors (issuer_id, batch_id, chain_id, state, updated_at) values ($1, $2, $3, 'pending', $4)
       on conflict do nothing returning 1`,
      [issuerId, batchId, chainId, this.clock.now()],
    );
    await this.outbox.append(tx, publishRootsJob, { chainId: String(chainId) });
    return rows.length > 0;
  }

  /**
   * The chain does not hold what counts as anchored. Where one of `senders` had carried it the stored bytes are sent again, which
   * also closes the nonces that a restored chain has forgotten; else a new transaction will carry it. False when it moved meanwhile.
   */
  async takeBack(
    tx: Tx,
    { issuerId, batchId, chainId }: AnchorPlace,
    senders: readonly Uint8Array[],
  ): Promise<boolean> {
    const [row] = await tx.query<{ state: string; sender: Buffer | null; nonce: string | null }>(
      `update anchors set state = case when sender = any($4::bytea[]) and nonce is not null then 'submitted' else 'pending' end,
              transaction_hash = null, block_number = null, block_hash = null, block_time = null, gas_used = null,
              last_error = $5, updated_at = $6
       where ${NAMED} and state in ('anchored', 'confirmed', 'final') returning state, sender, nonce`,
      [issuerId, batchId, chainId, senders.map((sender) => Buffer.from(sender)), SETBACKS.lost, this.clock.now()],
    );
    if (row?.state === 'submitted' && row.sender !== null) {
      await this.transactions.reopen(tx, { chainId, sender: row.sender, nonce: Number(row.nonce) });
    }
    const job = row?.state === 'submitted' ? confirmRootsJob : publishRootsJob;
    await this.outbox.append(tx, job, { chainId: String(chainId) });
    return row !== undefined;
  }

  /** The store holds the root in this place, whatever was believed; from here on the block is watched like any other. */
  async moveTo(tx: Tx, { issuerId, batchId, chainId }: AnchorPlace, place: Place): Promise<boolean> {
    const { transactionHash, blockNumber, blockHash, blockTime, gasUsed } = place;
    const rows = await tx.query(
      `update anchors set state = 'anchored', transaction_hash = $4, block_number = $5, block_hash = $6, block_time = $7,
              gas_used = $8, last_error = null, updated_at = $9
       where ${NAMED} returning 1`,
      [
        ...[issuerId, batchId, chainId, transactionHash === null ? null : bytesOf(transactionHash), blockNumber],
        ...[bytesOf(blockHash), blockTime, gasUsed, this.clock.now()],
      ],
    );
    return rows.length > 0;
  }

  /** Hashes of all transactions that were signed to carry the root last, newest first. */
  async attemptsOf(tx: Tx, { issuerId, batchId, chainId }: AnchorPlace): Promise<string[]> {
    const rows = await tx.query<{ hash: Buffer }>(
      `select t.hash from anchors a
       join anchor_transactions t on t.chain_id = a.chain_id and t.sender = a.sender and t.nonce = a.nonce
       where a.issuer_id = $1 and a.batch_id = $2 and a.chain_id = $3 order by t.attempt desc`,
      [issuerId, batchId, chainId],
    );
    return rows.map(({ hash }) => `0x${hash.toString('hex')}`);
  }

  /** Writes the tiles of a batch anew. MUST be given the tree over its leaves, whose root is the batch's. */
  async writeTiles(tx: Tx, { issuerId, batchId }: AnchorKey, tree: MerkleTree): Promise<void> {
    await tx.query('delete from anchor_tiles where issuer_id = $1 and batch_id = $2', [issuerId, batchId]);
    for (const { level, index, hashes, middle } of tilesOf(tree)) {
      await tx.query(
        `insert into anchor_tiles (issuer_id, batch_id, level, tile_index, hashes, middle)
         values ($1, $2, $3, $4, $5, $6)`,
        [issuerId, batchId, level, index, hashes, middle],
      );
    }
  }
}

function bytesOf(hash: string): Buffer {
  return Buffer.from(hash.slice(2), 'hex');
}

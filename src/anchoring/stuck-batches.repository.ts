import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

/** A root that has been on its way to one chain for too long. */
export type StuckAnchor = {
  readonly issuerId: string;
  readonly batchId: string;
  readonly chainId: number;
  readonly state: 'pending' | 'submitted';
  readonly documents: number;
  readonly sealedAt: Date;
  /** As `anchors.last_error` has it. */
  readonly lastError: string | null;
  /** The newest transaction that was signed to carry it; null when none was. */
  readonly attempt: {
    readonly hash: string;
    readonly nonce: number;
    readonly attempt: number;
    /** In wei. */
    readonly maxFeePerGas: string;
    readonly maxPriorityFeePerGas: string;
    readonly signedAt: Date;
    readonly broadcastAt: Date | null;
  } | null;
};

type StuckRow = {
  issuer_id: string;
  batch_id: string;
  chain_id: string;
  state: 'pending' | 'submitted';
  size: number;
  sealed_at: Date;
  last_error: string | null;
  hash: Buffer | null;
  nonce: string;
  attempt: number;
  max_fee_per_gas: string;
  max_priority_fee_per_gas: string;
  created_at: Date;
  broadcast_at: Date | null;
};

@Injectable()
export class StuckBatchesRepository {
  /** Of every issuer, the longest waiting first. */
  async find(tx: Tx, sealedBefore: Date, limit: number): Promise<StuckAnchor[]> {
    const rows = await tx.query<StuckRow>('select * from stuck_anchors($1, $2)', [sealedBefore, limit]);
    return rows.map((row) => ({
      issuerId: row.issuer_id,
      batchId: row.batch_id,
      chainId: Number(row.chain_id),
      state: row.state,
      documents: row.size,
      sealedAt: row.sealed_at,
      lastError: row.last_error,
      attempt: row.hash === null ? null : attemptOf(row, row.hash),
    }));
  }
}

function attemptOf(row: StuckRow, hash: Buffer): NonNullable<StuckAnchor['attempt']> {
  return {
    hash: `0x${hash.toString('hex')}`,
    nonce: Number(row.nonce),
    attempt: row.attempt,
    maxFeePerGas: row.max_fee_per_gas,
    maxPriorityFeePerGas: row.max_priority_fee_per_gas,
    signedAt: row.created_at,
    broadcastAt: row.broadcast_at,
  };
}

import { Injectable } from '@nestjs/common';
import { TransactionsRepository } from '../anchoring/index.js';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { fixEventLeavesJob, renderDocumentsJob, revokeOnChainJob } from './documents.jobs.js';

type Named = { readonly issuerId: string; readonly documentId: string };

/** What an operator's command may put right about documents: work that was given up, and what a chain has forgotten. */
@Injectable()
export class DocumentRepairs {
  constructor(
    private readonly transactions: TransactionsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Lets workers try again to draw what they had given up. */
  async retryDrawing(tx: Tx, { issuerId, documentId }: Named): Promise<boolean> {
    const rows = await tx.query(
      `update documents set render_failures = 0, render_error = null
       where issuer_id = $1 and id = $2 and rendered_at is null returning 1`,
      [issuerId, documentId],
    );
    await this.outbox.append(tx, renderDocumentsJob, { issuerId });
    return rows.length > 0;
  }

  /** The same for the leaves of events. */
  async retryLeaves(tx: Tx, { issuerId, documentId }: Named): Promise<boolean> {
    const rows = await tx.query(
      `update document_events set leaf_failures = 0 where issuer_id = $1 and document_id = $2 and leaf is null returning 1`,
      [issuerId, documentId],
    );
    await this.outbox.append(tx, fixEventLeavesJob, { issuerId });
    return rows.length > 0;
  }

  /**
   * Brings a revocation to the chain, whether it was never asked for there or the chain has lost it. Where `sender` had carried
   * it the stored bytes are sent again, which also closes the nonces that a restored chain has forgotten.
   */
  async revokeAgain(
    tx: Tx,
    { issuerId, documentId, chainId }: Named & { chainId: number },
    sender: Uint8Array,
  ): Promise<boolean> {
    const [row] = await tx.query<{ state: string; nonce: string | null }>(
      `insert into document_revocations as r (issuer_id, document_id, chain_id, state, requested_at)
       values ($1, $2, $3, 'pending', $4)
       on conflict (issuer_id, document_id, chain_id) do update
       set state = case when r.sender = $5 and r.nonce is not null then 'submitted' else 'pending' end,
           revoked_at = null, tried_at = null
       where r.state = 'revoked' returning state, nonce`,
      [issuerId, documentId, chainId, this.clock.now(), Buffer.from(sender)],
    );
    if (row?.state === 'submitted') {
      await this.transactions.reopen(tx, { chainId, sender, nonce: Number(row.nonce) });
    }
    await this.outbox.append(tx, revokeOnChainJob, { chainId: String(chainId) });
    return row !== undefined;
  }
}

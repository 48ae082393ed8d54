import type { Clock } from '../kernel/index.js';
import { ChainUnreachable, TransactionRefused } from '../platform/chain/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import { type BroadcastOutcome, outcomeOf } from './broadcast-outcome.js';
import type { Attempt } from './transactions.repository.js';

/** Step 5 of 8 — docs/WALKTHROUGH.md. Sends bytes that are stored. */
export class BroadcastAttempt {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * MUST be given an attempt whose row is committed: a crash here, or a node that took the bytes and never said so, is then
   * mended by sending the same bytes again. `known` and `nonce-too-low` mean that the chain has to be looked at, which
   * `ConfirmRoots` does anyway. Throws `ChainUnreachable` after noting it on the anchors concerned.
   */
  async execute(attempt: Attempt): Promise<BroadcastOutcome> {
    try {
      const result = await this.desk.chain.client.broadcast(attempt.raw);
      await this.note(attempt, null);
      this.logger.info('anchor.broadcast', {
        ...told(attempt),
        hash: attempt.hash,
        result,
      });
      return outcomeOf(result);
    } catch (error) {
      if (!(error instanceof TransactionRefused) && !(error instanceof ChainUnreachable)) {
        throw error;
      }
      const reason = error instanceof TransactionRefused ? TransactionRefused.codeWith(error.reason) : error.code;
      await this.note(attempt, reason);
      this.logger.warn('anchor.broadcast-failed', { ...told(attempt), reason });
      if (error instanceof ChainUnreachable) {
        throw error;
      }
      return outcomeOf(error);
    }
  }

  private async note(attempt: Attempt, reason: string | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.desk.transactions.markBroadcast(tx, attempt, this.clock.now());
      await this.desk.anchors.recordErrorOfSubmitted(tx, attempt, reason);
    });
  }
}

function told({ chainId, nonce, attempt }: Attempt): { chainId: number; nonce: number; attempt: number } {
  return { chainId, nonce, attempt };
}

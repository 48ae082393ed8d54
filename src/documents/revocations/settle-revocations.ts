import { Injectable } from '@nestjs/common';
import { Transaction } from 'ethers';
import { raisedFees, type Attempt } from '../../anchoring/index.js';
import { Clock, to0x } from '../../kernel/index.js';
import { ChainClient } from '../../platform/chain/index.js';
import { Settings } from '../../platform/config/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import type { OpenRevocation } from './revocations.repository.js';
import { RevocationDesk } from './revocation-desk.js';
import { SendRevocations } from './send-revocations.js';

const POLLS_BETWEEN_BROADCASTS = 5;
/** After this long without a block, others have offered more. */
const STUCK_AFTER_MS = 60_000;
/** A node behind a load balancer may lag: only after this long is a taken nonce believed to have left us out. */
const LAG_MS = 30_000;

/** Finds out what became of revocations that were sent, and keeps sending what no block has taken. */
@Injectable()
export class SettleRevocations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly chain: ChainClient,
    private readonly desk: RevocationDesk,
    private readonly send: SendRevocations,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * A revocation MUST become `revoked` only when its store holds it, and has for as many blocks as CHAIN_CONFIRMATIONS
   * says. Which transaction brought it there does not matter. Doing this in two processes changes nothing.
   */
  async execute(): Promise<void> {
    const { admin, revocations, transactions } = this.desk;
    const { open, stores, attempts } = await this.unitOfWork.run(async (tx) => {
      const open = await revocations.findSubmitted(tx, admin.chainId);
      const nonces = [...new Set(open.map(({ nonce }) => nonce ?? -1))];
      return {
        open,
        stores: await this.desk.storesOf(
          tx,
          open.map(({ issuerId }) => issuerId),
        ),
        attempts: await transactions.findAttempts(tx, admin, nonces),
      };
    });
    if (open.length === 0) {
      return;
    }
    const [mined, head] = await Promise.all([this.chain.nonceOf(admin.address), this.chain.head()]);
    for (const nonce of [...new Set(open.map((revocation) => revocation.nonce ?? -1))]) {
      const carried = open.filter((revocation) => revocation.nonce === nonce);
      const newest = attempts.find((attempt) => attempt.nonce === nonce);
      if (nonce < mined) {
        await this.settle(carried, stores, { head: head.number, newest });
      } else if (newest !== undefined) {
        // In no block, or in none any more.
        await this.unitOfWork.run((tx) => revocations.markSeen(tx, carried, admin.chainId, null));
        await this.push(newest);
      }
    }
  }

  private async settle(
    carried: readonly OpenRevocation[],
    stores: ReadonlyMap<string, string>,
    { head, newest }: { head: number; newest: Attempt | undefined },
  ): Promise<void> {
    const { admin, revocations } = this.desk;
    const answers = await Promise.all(
      carried.map(({ issuerId, leaf }) => this.chain.isRevoked(stores.get(issuerId) ?? '', leaf)),
    );
    const held = carried.filter((_, index) => answers[index] === true);
    const absent = carried.filter((_, index) => answers[index] === false);
    const sure = held.filter(({ seenBlock }) => head - (seenBlock ?? head) + 1 >= this.settings.chainConfirmations);
    const fresh = held.filter((revocation) => revocation.seenBlock === null && !sure.includes(revocation));
    const at = this.clock.now();
    const isLost = newest === undefined || this.isOlder(newest.createdAt, LAG_MS);
    await this.unitOfWork.run(async (tx) => {
      await this.desk.settle(tx, sure);
      await revocations.markSeen(tx, fresh, admin.chainId, head);
      await revocations.markSeen(tx, absent, admin.chainId, null);
      if (isLost && absent.length > 0) {
        const carrier = { ...admin, nonce: absent[0]?.nonce ?? -1 };
        await revocations.moveBackToPending(tx, absent, carrier, { reason: 'revocation.not-recorded', at });
      }
    });
  }

  private async push(attempt: Attempt): Promise<void> {
    if (this.isOlder(attempt.createdAt, STUCK_AFTER_MS)) {
      await this.send.broadcast((await this.replace(attempt)) ?? attempt);
    } else if (this.isOlder(attempt.broadcastAt, POLLS_BETWEEN_BROADCASTS * this.settings.anchorPollMs)) {
      await this.send.broadcast(attempt);
    }
  }

  /** The same content for higher fees, stored; null when the cap forbids it, or another process has been faster. */
  private async replace(attempt: Attempt): Promise<Attempt | null> {
    const fees = raisedFees(attempt.fees, await this.chain.suggestedFees(), this.desk.admin.feeCap);
    if (fees === null) {
      return null;
    }
    const { to, data, gasLimit } = Transaction.from(to0x(attempt.raw));
    const { nonce } = attempt;
    const replacement = this.desk.sign({ to: to ?? '', data, gasLimit }, { nonce, attempt: attempt.attempt + 1, fees });
    const isStored = await this.unitOfWork.run((tx) => this.desk.transactions.insertAttempt(tx, replacement));
    return isStored ? replacement : null;
  }

  private isOlder(time: Date | null, milliseconds: number): boolean {
    return time === null || this.clock.now().getTime() - time.getTime() >= milliseconds;
  }
}

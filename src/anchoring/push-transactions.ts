import { Transaction } from 'ethers';
import { type Clock, to0x } from '../kernel/index.js';
import { type Fees, signCall, signFiller } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import type { BroadcastAttempt } from './broadcast-attempt.js';
import { cappedFees, raisedFees } from './fees.js';
import type { Relayer } from './relayer.js';
import type { Attempt } from './transactions.repository.js';

/** After this long without a block, others have offered more. */
const STUCK_AFTER_MS = 60_000;
const POLLS_BETWEEN_BROADCASTS = 5;
const NONCES_AT_A_TIME = 32;

/** Step 6 of 8 — docs/WALKTHROUGH.md. Keeps sending what no block has taken yet. */
export class PushTransactions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly broadcast: BroadcastAttempt,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends again, lowest nonce first, the newest bytes of every nonce from `mined` on: a nonce that is missing holds up all
   * behind it. What is stuck gets a replacement with the same content and higher fees, stored before it is sent; when the
   * cap forbids that, the same bytes go out again. A nonce without bytes, which only a restored backup can leave behind,
   * is filled with a transfer of nothing.
   */
  async execute(relayer: Relayer, mined: number): Promise<void> {
    const { transactions, chain } = this.desk;
    const waiting = await this.unitOfWork.run(async (tx) => {
      const end = Math.min(await transactions.findNextNonce(tx, relayer), mined + NONCES_AT_A_TIME);
      const nonces = Array.from({ length: Math.max(0, end - mined) }, (_, index) => mined + index);
      const attempts = await transactions.findAttempts(tx, relayer, nonces);
      return nonces.map((nonce) => ({ nonce, attempt: attempts.find((attempt) => attempt.nonce === nonce) }));
    });
    if (waiting.length === 0) {
      return;
    }
    const suggested = await chain.client.suggestedFees();
    for (const { nonce, attempt } of waiting) {
      if (attempt === undefined) {
        await this.broadcast.execute(await this.fill(relayer, nonce, suggested));
      } else {
        await this.push(relayer, attempt, { suggested, isNext: nonce === mined });
      }
    }
  }

  private async push(
    relayer: Relayer,
    attempt: Attempt,
    { suggested, isNext }: { suggested: Fees; isNext: boolean },
  ): Promise<void> {
    const isOutbid = attempt.fees.maxFeePerGas < suggested.maxFeePerGas;
    if (this.isOlder(attempt.createdAt, STUCK_AFTER_MS) && (isNext || isOutbid)) {
      await this.broadcast.execute((await this.replace(relayer, attempt, suggested)) ?? attempt);
      return;
    }
    // What was stored and never sent is most likely about to be sent by whoever stored it.
    const lastCareTaken = attempt.broadcastAt ?? attempt.createdAt;
    if (!this.isOlder(lastCareTaken, POLLS_BETWEEN_BROADCASTS * this.settings.anchorPollMs)) {
      return;
    }
    const outcome = await this.broadcast.execute(attempt);
    const replacement = outcome === 'underpriced' ? await this.replace(relayer, attempt, suggested) : null;
    if (replacement !== null) {
      await this.broadcast.execute(replacement);
    }
  }

  /** Null when the cap forbids it, or when another process has been faster. */
  private async replace(relayer: Relayer, attempt: Attempt, suggested: Fees): Promise<Attempt | null> {
    const { key, chainId, feeCap } = relayer;
    const fees = raisedFees(attempt.fees, suggested, feeCap);
    if (fees === null) {
      return null;
    }
    const { to, data, gasLimit, value } = Transaction.from(to0x(attempt.raw));
    const { nonce } = attempt;
    const signed = signCall({ key, chainId, nonce, fees, to: to ?? '', data, gasLimit, value });
    const replacement = this.desk.attemptOf(relayer, signed, { nonce, attempt: attempt.attempt + 1, fees });
    return (await this.insert(replacement)) ? replacement : null;
  }

  private async fill(relayer: Relayer, nonce: number, suggested: Fees): Promise<Attempt> {
    const { key, chainId, feeCap } = relayer;
    const fees = cappedFees(suggested, feeCap);
    const filler = this.desk.attemptOf(relayer, signFiller({ key, chainId, nonce, fees }), { nonce, attempt: 1, fees });
    await this.insert(filler);
    return filler;
  }

  private insert(attempt: Attempt): Promise<boolean> {
    return this.unitOfWork.run((tx) => this.desk.transactions.insertAttempt(tx, attempt));
  }

  private isOlder(time: Date, milliseconds: number): boolean {
    return this.clock.now().getTime() - time.getTime() >= milliseconds;
  }
}

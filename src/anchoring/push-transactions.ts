import { Transaction } from 'ethers';
import { type Clock, to0x } from '../kernel/index.js';
import { type ChainBlock, type ChainClient, type Fees, signCall, signFiller } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { BroadcastOutcome } from './broadcast-outcome.js';
import { cappedFees, isMuchCheaper, raisedFees } from './fees.js';
import type { Relayer } from './relayer.js';
import { type Attempt, attemptOf, type TransactionsRepository } from './transactions.repository.js';

/** After this long without a block that takes it, others have offered more. */
const STUCK_AFTER_MS = 60_000;
const POLLS_BETWEEN_BROADCASTS = 5;
const NONCES_AT_A_TIME = 32;

/** What the roads of anchors and of revocations stand on alike. */
type Ground = {
  readonly settings: Pick<Settings, 'anchorPollMs'>;
  readonly rows: { readonly transactions: TransactionsRepository };
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/** Sends an attempt that is stored. MUST note when it was sent. Throws `ChainUnreachable`. */
type Broadcast = (attempt: Attempt) => Promise<BroadcastOutcome>;

/** What the chain asks for gas, and how far it is: asked for when something turns on it, and once in a pass. */
class Market {
  private readonly asking: { fees?: Promise<Fees>; head?: Promise<ChainBlock> } = {};

  constructor(private readonly client: ChainClient) {}

  fees(): Promise<Fees> {
    return (this.asking.fees ??= this.client.suggestedFees());
  }

  head(): Promise<ChainBlock> {
    return (this.asking.head ??= this.client.head());
  }
}

/** What decides about an attempt: `isNext` when all behind it wait for its nonce. */
type Stand = { readonly market: Market; readonly isNext: boolean; readonly cap: bigint };

/** Step 6 of 8 — docs/WALKTHROUGH.md. Keeps sending what no block has taken yet. */
export class PushTransactions {
  constructor(
    private readonly client: ChainClient,
    private readonly broadcast: Broadcast,
    private readonly ground: Ground,
  ) {}

  /**
   * Sends again, lowest nonce first, the newest bytes of every nonce from `mined` on: a nonce that is missing holds up all
   * behind it. A nonce without bytes, which only a restored backup can leave behind, is filled with a transfer of nothing.
   *
   * The same content is signed anew, stored before it is sent, for other fees
   * - higher ones, when the node calls it underpriced, or when it took it and the blocks of a minute went by without it.
   *   While the chain makes no blocks nobody offers more, and no fee would help;
   * - lower ones, when the account cannot pay for what was offered and the chain has come to ask for less. No fee is
   *   raised for want of money: who sends some later MUST NOT find that the price has grown meanwhile.
   *
   * When the cap forbids a replacement, the same bytes go out again.
   */
  async execute(sender: Relayer, mined: number): Promise<void> {
    const { unitOfWork, rows } = this.ground;
    const { transactions } = rows;
    const waiting = await unitOfWork.run(async (tx) => {
      const end = Math.min(await transactions.findNextNonce(tx, sender), mined + NONCES_AT_A_TIME);
      const nonces = Array.from({ length: Math.max(0, end - mined) }, (_, index) => mined + index);
      const attempts = await transactions.findAttempts(tx, sender, nonces);
      return nonces.map((nonce) => ({ nonce, attempt: attempts.find((attempt) => attempt.nonce === nonce) }));
    });
    const market = new Market(this.client);
    for (const { nonce, attempt } of waiting) {
      if (attempt === undefined) {
        await this.fill(sender, nonce, await market.fees());
      } else {
        await this.push(sender, attempt, { market, isNext: nonce === mined, cap: sender.feeCap });
      }
    }
  }

  private async push(sender: Relayer, attempt: Attempt, stand: Stand): Promise<void> {
    // What was stored and never sent is most likely about to be sent by whoever stored it.
    const lastCareTaken = attempt.broadcastAt ?? attempt.createdAt;
    if (!this.isOlder(lastCareTaken, POLLS_BETWEEN_BROADCASTS * this.ground.settings.anchorPollMs)) {
      return;
    }
    const outcome = await this.broadcast(attempt);
    const fees = await this.otherFees(outcome, attempt, stand);
    const replacement = fees && (await this.replace(sender, attempt, fees));
    if (replacement !== null) {
      await this.broadcast(replacement);
    }
  }

  /** Null when the same bytes are right, or when the cap forbids others. */
  private async otherFees(outcome: BroadcastOutcome, attempt: Attempt, stand: Stand): Promise<Fees | null> {
    const { market, cap } = stand;
    if (outcome === 'unpaid') {
      const today = cappedFees(await market.fees(), cap);
      return isMuchCheaper(today, attempt.fees) ? today : null;
    }
    const isTooLow = outcome === 'underpriced' || (outcome === 'sent' && (await this.isStuck(attempt, stand)));
    return isTooLow ? raisedFees(attempt.fees, await market.fees(), cap) : null;
  }

  private async isStuck({ createdAt, fees }: Attempt, { market, isNext }: Stand): Promise<boolean> {
    if (!this.isOlder(createdAt, STUCK_AFTER_MS)) {
      return false;
    }
    const isOutbid = fees.maxFeePerGas < (await market.fees()).maxFeePerGas;
    return (isNext || isOutbid) && wasPassedOver(createdAt, await market.head());
  }

  /** Null when another process has been faster. */
  private async replace(sender: Relayer, attempt: Attempt, fees: Fees): Promise<Attempt | null> {
    const { key, chainId } = sender;
    const { to, data, gasLimit, value } = Transaction.from(to0x(attempt.raw));
    const { nonce } = attempt;
    const signed = signCall({ key, chainId, nonce, fees, to: to ?? '', data, gasLimit, value });
    const createdAt = this.ground.clock.now();
    const replacement = attemptOf(sender, signed, { nonce, attempt: attempt.attempt + 1, fees, createdAt });
    return (await this.insert(replacement)) ? replacement : null;
  }

  /** What another process has stored meanwhile is pushed at the next look. */
  private async fill(sender: Relayer, nonce: number, suggested: Fees): Promise<void> {
    const { key, chainId, feeCap } = sender;
    const fees = cappedFees(suggested, feeCap);
    const signed = signFiller({ key, chainId, nonce, fees });
    const filler = attemptOf(sender, signed, { nonce, attempt: 1, fees, createdAt: this.ground.clock.now() });
    if (await this.insert(filler)) {
      await this.broadcast(filler);
    }
  }

  private insert(attempt: Attempt): Promise<boolean> {
    const { unitOfWork, rows } = this.ground;
    return unitOfWork.run((tx) => rows.transactions.insertAttempt(tx, attempt));
  }

  private isOlder(time: Date, milliseconds: number): boolean {
    return this.ground.clock.now().getTime() - time.getTime() >= milliseconds;
  }
}

/** By the time of blocks, which may be half the wait behind ours: a chain that stands still passes nobody over. */
function wasPassedOver(createdAt: Date, head: ChainBlock): boolean {
  return head.timestamp * 1_000 - createdAt.getTime() >= STUCK_AFTER_MS / 2;
}

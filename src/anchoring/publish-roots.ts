import { type Clock, to0x } from '../kernel/index.js';
import { ChainUnreachable, factoryAddress, type Fees, signAnchorMany, WrongChain } from '../platform/chain/index.js';
import type { Tx, UnitOfWork } from '../platform/database/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import { SETBACKS } from './anchoring.errors.js';
import type { BroadcastAttempt } from './broadcast-attempt.js';
import type { CheckPending, Publishable } from './check-pending.js';
import { cappedFees } from './fees.js';
import type { Relayer } from './relayer.js';
import { type Attempt, attemptOf } from './transactions.repository.js';

/** Well under `MAX_ANCHORS_PER_TRANSACTION`: a transaction of 7 M gas still fits the blocks of a busy chain. */
export const ROOTS_PER_TRANSACTION = 100;

/** Nodes queue few transactions of one account. Beyond this, roots wait and travel together, which is cheaper too. */
const MOST_UNDER_WAY = 16;

/** Only a lack of gas reverts the whole transaction, so trying at once again would burn it again. */
const REST_AFTER_REVERT_MS = 300_000;

/** Who sends, how many of its transactions are in blocks, and what the chain asks for gas. */
type Carriage = { readonly relayer: Relayer; readonly mined: number; readonly fees: Fees };

/** Step 5 of 8 — docs/WALKTHROUGH.md. Signs pending roots of many issuers into one transaction, and sends it. */
export class PublishRoots {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly checkPending: CheckPending,
    private readonly broadcast: BroadcastAttempt,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes every pending root of one chain.
   *
   * - A transaction MUST be stored, and its roots `submitted`, in one commit before it is broadcast. What crashes before
   *   that commit has done nothing; what crashes after it is sent by `ConfirmRoots`, byte for byte the same.
   * - Two processes MUST NOT sign for the same root or with the same nonce: both are taken under the sender's row lock,
   *   which is held while signing and never while asking the chain.
   * - While the chain cannot be asked, roots stay pending with the reason, and whoever issues documents notices nothing.
   */
  async execute(): Promise<void> {
    const seen: string[] = [];
    try {
      await this.desk.chain.client.assertChainId();
      while (await this.publishSome(seen)) {
        // The next roots wait already.
      }
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      await this.desk.noteOutage(error.code);
    }
  }

  /** False when nothing is left that could be sent now. Each root is looked at once per execution. */
  private async publishSome(seen: string[]): Promise<boolean> {
    const { pending, stores } = await this.findPending(seen);
    const carrier = pending.length === 0 ? null : await this.chooseCarrier();
    if (carrier === null) {
      return false;
    }
    seen.push(...pending.map(({ batchId }) => batchId));
    const ready = await this.checkPending.execute(carrier.relayer, pending, stores);
    if (ready.length === 0) {
      return true;
    }
    const fees = await this.desk.chain.client.suggestedFees();
    const attempt = await this.unitOfWork.run((tx) => this.store(tx, ready, { ...carrier, fees }));
    if (attempt === null) {
      return false;
    }
    await this.broadcast.execute(attempt);
    return true;
  }

  /**
   * The relayer with the fewest transactions under way, if possible not one that waits for gas money; null when all have as
   * many as nodes queue.
   */
  private async chooseCarrier(): Promise<Omit<Carriage, 'fees'> | null> {
    const { anchors, chainId } = this.desk;
    const poor = await this.unitOfWork.run((tx) => anchors.findSendersWithoutMoney(tx, chainId));
    const isPoor = ({ sender }: Relayer): number => Number(poor.some((each) => to0x(each) === to0x(sender)));
    const loads = await Promise.all(
      this.desk.relayers.map(async (relayer) => {
        const [mined, next] = await Promise.all([
          this.desk.chain.client.nonceOf(relayer.address),
          this.unitOfWork.run((tx) => this.desk.transactions.findNextNonce(tx, relayer)),
        ]);
        return { relayer, mined, underWay: next - mined };
      }),
    );
    const [least] = loads
      .filter(({ underWay }) => underWay < MOST_UNDER_WAY)
      .sort((a, b) => isPoor(a.relayer) - isPoor(b.relayer) || a.underWay - b.underWay);
    return least ?? null;
  }

  private findPending(seen: readonly string[]): ReturnType<AnchorDesk['withStores']> {
    const restedSince = new Date(this.clock.now().getTime() - REST_AFTER_REVERT_MS);
    const choice = { seen, limit: ROOTS_PER_TRANSACTION, rested: SETBACKS.reverted, restedSince };
    return this.desk.withStores((tx) => this.desk.anchors.findPending(tx, this.desk.chainId, choice));
  }

  /** MUST touch nothing but the database: signing is pure, and what the chain says was asked before. */
  private async store(
    tx: Tx,
    ready: readonly Publishable[],
    { relayer, mined, fees }: Carriage,
  ): Promise<Attempt | null> {
    const { anchors, transactions } = this.desk;
    const nonce = Math.max(await transactions.lockSender(tx, relayer), mined);
    if (nonce - mined >= MOST_UNDER_WAY) {
      return null;
    }
    const held = new Set((await anchors.lockPending(tx, relayer.chainId, ready)).map(({ batchId }) => batchId));
    const chosen = ready.filter(({ batchId }) => held.has(batchId));
    if (chosen.length === 0) {
      return null;
    }
    const attempt = this.sign(relayer, chosen, { nonce, fees: cappedFees(fees, relayer.feeCap) });
    if (!(await transactions.insertAttempt(tx, attempt))) {
      throw new Error(`Nonce ${nonce} has bytes already, though it was never given out`);
    }
    await transactions.setNextNonce(tx, { ...attempt, nonce: nonce + 1 });
    await anchors.moveToSubmitted(tx, chosen, attempt, attempt.createdAt);
    return attempt;
  }

  private sign(
    relayer: Relayer,
    chosen: readonly Publishable[],
    { nonce, fees }: { nonce: number; fees: Fees },
  ): Attempt {
    const signed = signAnchorMany({
      key: relayer.key,
      chainId: relayer.chainId,
      nonce,
      fees,
      factory: factoryAddress(),
      anchors: chosen.map(({ store, root, size }) => ({ store, root, count: size })),
    });
    return attemptOf(relayer, signed, { nonce, attempt: 1, fees, createdAt: this.clock.now() });
  }
}

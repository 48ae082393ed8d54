import { Transaction } from 'ethers';
import { cappedFees, raisedFees, type Attempt } from '../../anchoring/index.js';
import { to0x, type Clock } from '../../kernel/index.js';
import type { UnitOfWork } from '../../platform/database/index.js';
import type { OpenRevocation } from './revocations.repository.js';
import type { RevocationDesk } from './revocation-desk.js';
import type { RevocationRegister } from './revocation-register.js';
import type { SendRevocations } from './send-revocations.js';

const POLLS_BETWEEN_BROADCASTS = 5;
/** After this long without a block, others have offered more. */
const STUCK_AFTER_MS = 60_000;
/** A node behind a load balancer may lag: only after this long is a taken nonce believed to have left us out. */
const LAG_MS = 30_000;

/** Finds out what became of revocations that were sent, and keeps sending what no block has taken. */
export class SettleRevocations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: RevocationDesk,
    private readonly register: RevocationRegister,
    private readonly send: SendRevocations,
    private readonly clock: Clock,
  ) {}

  /**
   * A revocation MUST become `revoked` only when its store holds it, and has for as many blocks as the chain's
   * confirmations say. Which transaction brought it there does not matter. Doing this in two processes changes nothing.
   *
   * Every nonce that is in no block is pushed, also one whose transaction carries nothing any more: after a
   * reorganisation it would hold up all that come after it. One without stored bytes is filled with a transfer of nothing: it
   * was an operator's command's, which deployed a store in a block that is gone; `chain.store-not-found` tells where that is
   * to be run again.
   */
  async execute(): Promise<void> {
    const { admin, revocations } = this.desk;
    const { open, stores } = await this.unitOfWork.run(async (tx) => {
      const open = await revocations.findSubmitted(tx, admin.chainId);
      const issuerIds = open.map(({ issuerId }) => issuerId);
      return { open, stores: await this.desk.storesOf(tx, issuerIds) };
    });
    if (open.length === 0) {
      return;
    }
    const mined = await this.desk.chain.client.nonceOf(admin.address);
    const nonces = new Set(open.map(({ nonce }) => nonce ?? -1));
    for (const nonce of [...nonces].filter((each) => each < mined)) {
      const carried = open.filter((revocation) => revocation.nonce === nonce);
      await this.settle(nonce, carried, stores.get(carried[0]?.issuerId ?? '') ?? '');
    }
    await this.pushAll(mined);
  }

  /** A transaction speaks to one store. */
  private async settle(nonce: number, carried: readonly OpenRevocation[], store: string): Promise<void> {
    const { admin, revocations, transactions } = this.desk;
    const standings = await this.register.standingsOf(
      store,
      carried.map(({ leaf }) => leaf),
    );
    const sure = carried.filter((_, index) => standings[index] === 'held-for-good');
    const absent = carried.filter((_, index) => standings[index] === 'absent');
    await this.unitOfWork.run(async (tx) => {
      await this.desk.settle(tx, sure);
      const [newest] = await transactions.findAttempts(tx, admin, [nonce]);
      if (absent.length > 0 && (newest === undefined || this.isOlder(newest.createdAt, LAG_MS))) {
        const failure = { reason: 'revocation.not-recorded', at: this.clock.now() };
        await revocations.moveBackToPending(tx, absent, { ...admin, nonce }, failure);
      }
    });
  }

  private async pushAll(mined: number): Promise<void> {
    const { admin, transactions } = this.desk;
    const waiting = await this.unitOfWork.run(async (tx) => {
      const end = await transactions.findNextNonce(tx, admin);
      const nonces = Array.from({ length: Math.max(0, end - mined) }, (_, index) => mined + index);
      const attempts = await transactions.findAttempts(tx, admin, nonces);
      return nonces.map((nonce) => ({ nonce, newest: attempts.find((attempt) => attempt.nonce === nonce) }));
    });
    for (const { nonce, newest } of waiting) {
      await (newest === undefined ? this.fill(nonce) : this.push(newest));
    }
  }

  /** Stored before it is sent, like everything; what another process has stored meanwhile is pushed at the next look. */
  private async fill(nonce: number): Promise<void> {
    const { admin, chain } = this.desk;
    const fees = cappedFees(await chain.client.suggestedFees(), admin.feeCap);
    const filler = this.desk.signFiller(nonce, fees);
    if (await this.unitOfWork.run((tx) => this.desk.transactions.insertAttempt(tx, filler))) {
      await this.send.broadcast(filler);
    }
  }

  private async push(attempt: Attempt): Promise<void> {
    if (this.isOlder(attempt.createdAt, STUCK_AFTER_MS)) {
      await this.send.broadcast((await this.replace(attempt)) ?? attempt);
    } else if (this.isOlder(attempt.broadcastAt, POLLS_BETWEEN_BROADCASTS * this.desk.pollMs)) {
      await this.send.broadcast(attempt);
    }
  }

  /** The same content for higher fees, stored; null when the cap forbids it, or another process has been faster. */
  private async replace(attempt: Attempt): Promise<Attempt | null> {
    const fees = raisedFees(attempt.fees, await this.desk.chain.client.suggestedFees(), this.desk.admin.feeCap);
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

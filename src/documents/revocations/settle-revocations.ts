import type { PushTransactions } from '../../anchoring/index.js';
import type { Clock } from '../../kernel/index.js';
import type { UnitOfWork } from '../../platform/database/index.js';
import type { OpenRevocation } from './revocations.repository.js';
import type { RevocationDesk } from './revocation-desk.js';
import type { RevocationRegister } from './revocation-register.js';

/** A node behind a load balancer may lag: only after this long is a taken nonce believed to have left us out. */
const LAG_MS = 30_000;

/** Finds out what became of revocations that were sent, and keeps sending what no block has taken. */
export class SettleRevocations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: RevocationDesk,
    private readonly register: RevocationRegister,
    private readonly push: PushTransactions,
    private readonly clock: Clock,
  ) {}

  /**
   * A revocation MUST become `revoked` only when its store holds it, and has for as many blocks as the chain's
   * confirmations say. Which transaction brought it there does not matter. Doing this in two processes changes nothing.
   *
   * Every nonce that is in no block is pushed, also one whose transaction carries nothing any more: after a
   * reorganisation it would hold up all that come after it. One without stored bytes was an operator's command's, which
   * deployed a store in a block that is gone; `chain.store-not-found` tells where that is to be run again.
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
    await this.push.execute(admin, mined);
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

  private isOlder(time: Date, milliseconds: number): boolean {
    return this.clock.now().getTime() - time.getTime() >= milliseconds;
  }
}

import { type Clock, to0x } from '../kernel/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import { SETBACKS } from './anchoring.errors.js';
import type { SettleTransactions } from './settle-transactions.js';

/** So long a transaction without a key may wait for its block. */
const LEFT_ALONE_MS = 60_000;

/** Step 6 of 8 — docs/WALKTHROUGH.md. Takes over what relayers were to carry whose keys are configured no more. */
export class TakeOver {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly settle: SettleTransactions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Settles what the chain has decided about; what no block took within a minute goes back to `pending`, so that a relayer
   * of today carries it. Should the old transaction be mined after all, the store lets the second pass without a trace, and
   * `CheckPending` finds the root there if it comes first. Without this, roots of a replaced key would wait for ever.
   */
  async execute(): Promise<void> {
    const { anchors, chainId, chain, relayers } = this.desk;
    const senders = await this.unitOfWork.run((tx) => anchors.findSendersUnderWay(tx, chainId));
    const ours = new Set(relayers.map(({ sender }) => to0x(sender)));
    for (const sender of senders.filter((each) => !ours.has(to0x(each)))) {
      const mined = await chain.client.nonceOf(sender);
      await this.settle.execute({ chainId, sender }, mined);
      await this.release({ chainId, sender, nonce: mined });
    }
  }

  private async release(from: { chainId: number; sender: Uint8Array; nonce: number }): Promise<void> {
    const at = this.clock.now();
    const failure = { reason: SETBACKS.relayerGone, at };
    const unchangedSince = new Date(at.getTime() - LEFT_ALONE_MS);
    const roots = await this.unitOfWork.run((tx) =>
      this.desk.anchors.release(tx, from, { ...failure, unchangedSince }),
    );
    if (roots > 0) {
      this.logger.warn('anchor.taken-over', { chainId: from.chainId, relayer: to0x(from.sender), roots });
    }
  }
}

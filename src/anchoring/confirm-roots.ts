import { ChainUnreachable, WrongChain } from '../platform/chain/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import type { PushTransactions } from './push-transactions.js';
import type { SettleTransactions } from './settle-transactions.js';
import type { TakeOver } from './take-over.js';
import type { WatchBlocks } from './watch-blocks.js';

type Passes = {
  readonly watch: WatchBlocks;
  readonly settle: SettleTransactions;
  readonly push: PushTransactions;
  readonly takeOver: TakeOver;
};

/** Step 6 of 8 — docs/WALKTHROUGH.md. Follows everything that was sent until it is final. */
export class ConfirmRoots {
  constructor(
    private readonly desk: AnchorDesk,
    private readonly passes: Passes,
    private readonly logger: Logger,
  ) {}

  /**
   * Moves each unfinished anchor of one chain as far as the chain allows, forward or back. Blocks are watched
   * first, so that what a reorganisation undid is looked for, and sent again, in the same pass.
   *
   * MUST be run again and again while anything is unfinished; no pass depends on the one before, and a crash at any point
   * costs one pass. A chain that cannot be asked changes nothing.
   */
  async execute(): Promise<void> {
    const { watch, settle, push, takeOver } = this.passes;
    try {
      await this.desk.chain.client.assertChainId();
      await watch.execute();
      for (const relayer of this.desk.relayers) {
        const mined = await this.desk.chain.client.nonceOf(relayer.address);
        await settle.execute(relayer, mined);
        await push.execute(relayer, mined);
      }
      await takeOver.execute();
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      await this.desk.noteOutage(error.code);
      this.logger.warn('anchor.chain-not-asked', { chainId: this.desk.chainId, reason: error.code });
    }
  }
}

import { ChainUnreachable, WrongChain } from '../platform/chain/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import type { PushTransactions } from './push-transactions.js';
import type { SettleTransactions } from './settle-transactions.js';
import type { WatchBlocks } from './watch-blocks.js';

/** Step 6 of 8 — docs/WALKTHROUGH.md. Follows everything that was sent until it is final. */
export class ConfirmRoots {
  constructor(
    private readonly desk: AnchorDesk,
    private readonly watchBlocks: WatchBlocks,
    private readonly settleTransactions: SettleTransactions,
    private readonly pushTransactions: PushTransactions,
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
    try {
      await this.desk.chain.client.assertChainId();
      await this.watchBlocks.execute();
      for (const relayer of this.desk.relayers) {
        const mined = await this.desk.chain.client.nonceOf(relayer.address);
        await this.settleTransactions.execute(relayer, mined);
        await this.pushTransactions.execute(relayer, mined);
      }
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      this.logger.warn('anchor.chain-not-asked', { chainId: this.desk.chainId, reason: error.code });
    }
  }
}

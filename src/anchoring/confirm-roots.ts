import { Injectable } from '@nestjs/common';
import { ChainClient, ChainUnreachable, WrongChain } from '../platform/chain/index.js';
import { Logger } from '../platform/observability/index.js';
import { AnchorDesk } from './anchor-desk.js';
import { PushTransactions } from './push-transactions.js';
import { SettleTransactions } from './settle-transactions.js';
import { WatchBlocks } from './watch-blocks.js';

/** Step 6 of 8 — docs/WALKTHROUGH.md. Follows everything that was sent until it is final. */
@Injectable()
export class ConfirmRoots {
  constructor(
    private readonly chain: ChainClient,
    private readonly desk: AnchorDesk,
    private readonly watchBlocks: WatchBlocks,
    private readonly settleTransactions: SettleTransactions,
    private readonly pushTransactions: PushTransactions,
    private readonly logger: Logger,
  ) {}

  /**
   * Moves each unfinished anchor of the configured chain as far as the chain allows, forward or back. Blocks are watched
   * first, so that what a reorganisation undid is looked for, and sent again, in the same pass.
   *
   * MUST be run again and again while anything is unfinished; no pass depends on the one before, and a crash at any point
   * costs one pass. A chain that cannot be asked changes nothing.
   */
  async execute(): Promise<void> {
    try {
      await this.chain.assertChainId();
      await this.watchBlocks.execute();
      const mined = await this.chain.nonceOf(this.desk.relayer.address);
      await this.settleTransactions.execute(mined);
      await this.pushTransactions.execute(mined);
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      this.logger.warn('anchor.chain-not-asked', { reason: error.code });
    }
  }
}

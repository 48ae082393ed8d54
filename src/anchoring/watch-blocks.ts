import type { Clock } from '../kernel/index.js';
import type { ChainBlock } from '../platform/chain/index.js';
import type { UnitOfWork } from '../platform/database/index.js';
import type { Logger } from '../platform/observability/index.js';
import type { AnchorDesk } from './anchor-desk.js';
import { SETBACKS } from './anchoring.errors.js';
import type { BlockReference } from './anchors.repository.js';
import { mapLimited } from './map-limited.js';

const QUESTIONS_AT_A_TIME = 8;

/**
 * Where the chain names no final block, an anchor is watched for this long after it was confirmed: a single node that is
 * killed, as on one's own machine, comes back without its last seconds, however many blocks those were.
 */
const WATCHED_WITHOUT_FINALITY_MS = 60_000;

type Height = { readonly head: ChainBlock; readonly finalized: ChainBlock | null };

/** Step 6 of 8 — docs/WALKTHROUGH.md. Watches the blocks that hold anchors until they can no longer be undone. */
export class WatchBlocks {
  /** What the last pass has seen: the same head means the same blocks below it, and they are not asked for again. */
  private lastSight = '';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: AnchorDesk,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Confirms and finalises anchors by the depth of their block, or takes them back when the chain has another block there.
   *
   * A reorganisation MUST NOT lose an anchor: it returns to `submitted`, and its stored bytes count as never sent, so they
   * are sent again at once; if a block has taken them in meanwhile, the receipt is found. `final` is never taken back.
   */
  async execute(): Promise<void> {
    const { chainId, chain } = this.desk;
    const blocks = await this.unitOfWork.run((tx) => this.desk.anchors.findBlocksToWatch(tx, chainId));
    if (blocks.length === 0) {
      return;
    }
    const [head, finalized] = await Promise.all([chain.client.head(), chain.client.finalizedBlock()]);
    const sight = JSON.stringify([head.hash, finalized?.hash, blocks]);
    if (isNamed(finalized) && sight === this.lastSight) {
      return;
    }
    await mapLimited(blocks, QUESTIONS_AT_A_TIME, async (block) => {
      const found = await chain.client.block(block.number);
      await (found?.hash === block.hash ? this.moveForward(block, { head, finalized }) : this.takeBack(block));
    });
    this.lastSight = sight;
  }

  private async moveForward(block: BlockReference, height: Height): Promise<void> {
    const at = this.clock.now();
    const isDeep = height.head.number - block.number + 1 >= this.desk.chain.confirmations;
    if (!isDeep) {
      return;
    }
    const { anchors, chainId } = this.desk;
    await this.unitOfWork.run(async (tx) => {
      await anchors.moveForward(tx, chainId, block, { to: 'confirmed', at });
      const unchangedSince = finalSince(block, height.finalized, at);
      if (unchangedSince !== null) {
        await anchors.moveForward(tx, chainId, block, { to: 'final', at, unchangedSince });
      }
    });
  }

  private async takeBack(block: BlockReference): Promise<void> {
    const { anchors, transactions, chainId } = this.desk;
    const failure = { reason: SETBACKS.reorganised, at: this.clock.now() };
    await this.unitOfWork.run(async (tx) => {
      for (const carrier of await anchors.moveBackFromBlock(tx, chainId, block, failure)) {
        await transactions.reopen(tx, carrier);
      }
    });
    this.logger.warn('anchor.reorganised', { chainId, block: block.number, hash: block.hash });
  }
}

/** Some chains name none, some only their first. */
function isNamed(finalized: ChainBlock | null): finalized is ChainBlock {
  return finalized !== null && finalized.number > 0;
}

/**
 * Since when an anchor of this block must have been confirmed to be final now; null when it is not final at all. By the
 * chain's own word where it has one beyond its first block; elsewhere the configured depth, and some time, have to do.
 */
function finalSince(block: BlockReference, finalized: ChainBlock | null, now: Date): Date | null {
  if (!isNamed(finalized)) {
    return new Date(now.getTime() - WATCHED_WITHOUT_FINALITY_MS);
  }
  return block.number <= finalized.number ? now : null;
}

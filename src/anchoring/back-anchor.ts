import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Chains, type ConfiguredChain } from '../platform/chain/index.js';
import { type Tx, UnitOfWork } from '../platform/database/index.js';
import { Logger } from '../platform/observability/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { publishRootsJob } from './anchoring.jobs.js';
import { AnchorsRepository } from './anchors.repository.js';

const BATCHES_AT_A_TIME = 1_000;

/** Gives a chain that was added later the roots that were sealed before. */
@Injectable()
export class BackAnchor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly anchors: AnchorsRepository,
    private readonly outbox: Outbox,
    private readonly chains: Chains,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Chains that lack an anchor of a batch they are to hold; their ids. */
  async findLacking(): Promise<number[]> {
    const lacking: number[] = [];
    for (const { chainId, since } of this.chains.all) {
      if (await this.unitOfWork.run((tx) => this.anchors.isAnyMissing(tx, { chainId, since: since ?? null }))) {
        lacking.push(chainId);
      }
    }
    return lacking;
  }

  /**
   * Makes the missing anchors of one chain pending, oldest batch first, so that the head of each store there becomes the
   * same as elsewhere. Doing it twice, or in two processes, changes nothing: an anchor is one row for (batch, chain).
   */
  async execute(chainId: number): Promise<void> {
    const chain = this.chains.find(chainId);
    if (chain === undefined) {
      return;
    }
    for (;;) {
      const added = await this.unitOfWork.run((tx) => this.addSome(tx, chain));
      if (added === 0) {
        return;
      }
      this.logger.info('anchor.back-anchored', { chainId, batches: added });
    }
  }

  private async addSome(tx: Tx, { chainId, since }: ConfiguredChain): Promise<number> {
    const at = this.clock.now();
    const missing = { chainId, since: since ?? null, limit: BATCHES_AT_A_TIME, at };
    const added = await this.anchors.insertMissing(tx, missing);
    if (added > 0) {
      await this.outbox.append(tx, publishRootsJob, { chainId: String(chainId) });
    }
    return added;
  }
}

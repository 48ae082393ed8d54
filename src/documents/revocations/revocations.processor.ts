import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { ChainClient, ChainUnreachable, WrongChain } from '../../platform/chain/index.js';
import { Settings } from '../../platform/config/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Logger } from '../../platform/observability/index.js';
import { JobHandler } from '../../platform/queue/index.js';
import { revokeOnChainJob } from '../documents.jobs.js';
import { RevocationsRepository } from './revocations.repository.js';
import { REST_MS, SendRevocations } from './send-revocations.js';
import { SettleRevocations } from './settle-revocations.js';

/** Brings revocations to the chain: what was sent is settled first, then what is pending is sent. */
@Injectable()
export class RevokeOnChain {
  constructor(
    private readonly chain: ChainClient,
    private readonly send: SendRevocations,
    private readonly settle: SettleRevocations,
    private readonly logger: Logger,
  ) {}

  /** While the chain cannot be asked, everything stays as it is: the sweep comes again. */
  async execute(): Promise<void> {
    try {
      await this.chain.assertChainId();
      await this.settle.execute();
      while (await this.send.execute()) {
        // The next issuer's wait already.
      }
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      this.logger.warn('revocation.chain-unreachable', { reason: error.code });
    }
  }
}

@Injectable()
export class RevokeOnChainHandler extends JobHandler<{ chainId: string }> {
  override readonly job = revokeOnChainJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly revoke: RevokeOnChain,
    private readonly revocations: RevocationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    if (chainId === String(this.settings.chainId)) {
      await this.revoke.execute();
    }
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    const { chainId } = this.settings;
    const triedBefore = new Date(this.clock.now().getTime() - REST_MS);
    const isDue = await this.unitOfWork.run((tx) => this.revocations.hasWork(tx, chainId, triedBefore));
    return isDue ? [{ chainId: String(chainId) }] : [];
  }
}

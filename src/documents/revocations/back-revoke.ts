import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Chains } from '../../platform/chain/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Logger } from '../../platform/observability/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { JobHandler } from '../../platform/queue/index.js';
import { backRevokeJob, revokeOnChainJob } from '../documents.jobs.js';
import { RevocationsRepository } from './revocations.repository.js';

const REVOCATIONS_AT_A_TIME = 1_000;
/** Looks at every revocation there is, so not often. At each start it is the first thing that is done. */
const BACK_REVOKE_EVERY_MS = 600_000;

/** Gives a chain that was added later the revocations that were asked for before. */
@Injectable()
export class BackRevoke {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly revocations: RevocationsRepository,
    private readonly outbox: Outbox,
    private readonly chains: Chains,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Chains that lack a revocation which another chain was asked to hold; their ids. */
  async findLacking(): Promise<number[]> {
    const lacking: number[] = [];
    for (const { chainId } of this.chains.all) {
      if (await this.unitOfWork.run((tx) => this.revocations.isAnyMissing(tx, chainId))) {
        lacking.push(chainId);
      }
    }
    return lacking;
  }

  /**
   * Makes the missing revocations of one chain pending. A document MUST be out of force wherever its anchor can be asked for,
   * also where its root is anchored only afterwards. Doing it twice, or in two processes, changes nothing: a revocation is
   * one row for (document, chain).
   */
  async execute(chainId: number): Promise<void> {
    if (this.chains.find(chainId) === undefined) {
      return;
    }
    for (let added = await this.addSome(chainId); added > 0; added = await this.addSome(chainId)) {
      this.logger.info('revocation.back-revoked', { chainId, revocations: added });
    }
  }

  private addSome(chainId: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const missing = { chainId, limit: REVOCATIONS_AT_A_TIME, at: this.clock.now() };
      const added = await this.revocations.insertMissing(tx, missing);
      if (added > 0) {
        await this.outbox.append(tx, revokeOnChainJob, { chainId: String(chainId) });
      }
      return added;
    });
  }
}

@Injectable()
export class BackRevokeHandler extends JobHandler<{ chainId: string }> {
  override readonly job = backRevokeJob;
  override readonly sweepEveryMs = BACK_REVOKE_EVERY_MS;

  constructor(private readonly backRevoke: BackRevoke) {
    super();
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    await this.backRevoke.execute(Number(chainId));
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    return (await this.backRevoke.findLacking()).map((chainId) => ({ chainId: String(chainId) }));
  }
}

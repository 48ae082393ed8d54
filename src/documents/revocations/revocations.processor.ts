import { Injectable } from '@nestjs/common';
import { PushTransactions, StoreDirectory } from '../../anchoring/index.js';
import { Clock } from '../../kernel/index.js';
import { Chains, ChainUnreachable, WrongChain, type ConfiguredChain } from '../../platform/chain/index.js';
import { Settings } from '../../platform/config/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Logger } from '../../platform/observability/index.js';
import { JobHandler } from '../../platform/queue/index.js';
import { revokeOnChainJob } from '../documents.jobs.js';
import { RevocationDesk } from './revocation-desk.js';
import { RevocationRegister } from './revocation-register.js';
import { RevocationRows } from './revocation-rows.js';
import { RevocationsRepository } from './revocations.repository.js';
import { REST_MS, SendRevocations } from './send-revocations.js';
import { SettleRevocations } from './settle-revocations.js';

/** What all chains' revocations stand on. */
@Injectable()
export class RevocationGround {
  constructor(
    readonly settings: Settings,
    readonly rows: RevocationRows,
    readonly unitOfWork: UnitOfWork,
    readonly directory: StoreDirectory,
    readonly clock: Clock,
    readonly logger: Logger,
  ) {}
}

/** The part of one chain. */
type RevocationRoad = {
  readonly chain: ConfiguredChain;
  readonly send: SendRevocations;
  readonly settle: SettleRevocations;
};

/** Brings revocations to every chain: what was sent is settled first, then what is pending is sent. */
@Injectable()
export class RevokeOnChain {
  private readonly roads: readonly RevocationRoad[];
  private readonly logger: Logger;

  constructor(chains: Chains, ground: RevocationGround) {
    this.roads = chains.all.map((chain) => layRoad(chain, ground));
    this.logger = ground.logger;
  }

  get chainIds(): readonly number[] {
    return this.roads.map(({ chain }) => chain.chainId);
  }

  /** Of one chain, or of all. While a chain cannot be asked, everything there stays as it is: the sweep comes again. */
  async execute(chainId?: number): Promise<void> {
    for (const road of this.roads.filter(({ chain }) => chainId === undefined || chain.chainId === chainId)) {
      await this.bring(road);
    }
  }

  private async bring({ chain, send, settle }: RevocationRoad): Promise<void> {
    try {
      await chain.client.assertChainId();
      await settle.execute();
      while (await send.execute()) {
        // The next issuer's wait already.
      }
    } catch (error) {
      if (!(error instanceof ChainUnreachable) && !(error instanceof WrongChain)) {
        throw error;
      }
      this.logger.warn('revocation.chain-unreachable', { chainId: chain.chainId, reason: error.code });
    }
  }
}

function layRoad(chain: ConfiguredChain, ground: RevocationGround): RevocationRoad {
  const { settings, rows, unitOfWork, directory, clock, logger } = ground;
  const desk = new RevocationDesk(chain, settings, rows, directory, clock, logger);
  const register = new RevocationRegister(chain);
  const send = new SendRevocations(unitOfWork, desk, register, clock, logger);
  const push = new PushTransactions(chain.client, (attempt) => send.broadcast(attempt), ground);
  return { chain, send, settle: new SettleRevocations(unitOfWork, desk, register, push, clock) };
}

@Injectable()
export class RevokeOnChainHandler extends JobHandler<{ chainId: string }> {
  override readonly job = revokeOnChainJob;
  override readonly sweepEveryMs: number;

  constructor(
    private readonly revoke: RevokeOnChain,
    private readonly revocations: RevocationsRepository,
    private readonly unitOfWork: UnitOfWork,
    settings: Settings,
    private readonly clock: Clock,
  ) {
    super();
    this.sweepEveryMs = settings.anchorPollMs;
  }

  override async handle({ chainId }: { chainId: string }): Promise<void> {
    await this.revoke.execute(Number(chainId));
  }

  override async findDue(): Promise<{ chainId: string }[]> {
    const triedBefore = new Date(this.clock.now().getTime() - REST_MS);
    const due: { chainId: string }[] = [];
    for (const chainId of this.revoke.chainIds) {
      if (await this.unitOfWork.run((tx) => this.revocations.hasWork(tx, chainId, triedBefore))) {
        due.push({ chainId: String(chainId) });
      }
    }
    return due;
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Chains, type ConfiguredChain } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Logger } from '../platform/observability/index.js';
import { AnchorDesk } from './anchor-desk.js';
import { AnchoringMetrics } from './anchoring.metrics.js';
import { AnchoringRows } from './anchoring-rows.js';
import { BroadcastAttempt } from './broadcast-attempt.js';
import { CheckPending } from './check-pending.js';
import { ConfirmRoots } from './confirm-roots.js';
import { PublishRoots } from './publish-roots.js';
import { PushTransactions } from './push-transactions.js';
import { relayersOf } from './relayer.js';
import { SettleTransactions } from './settle-transactions.js';
import { StoreDirectory } from './store-directory.js';
import { StoreRegister } from './store-register.js';
import { TakeOver } from './take-over.js';
import { WatchBlocks } from './watch-blocks.js';

/** Everything of a worker that speaks to one chain. Chains know nothing of each other: one that is down, or hangs, delays no other. */
export type AnchorRoad = {
  readonly desk: AnchorDesk;
  readonly publish: PublishRoots;
  readonly confirm: ConfirmRoots;
};

/** What all roads stand on. */
@Injectable()
export class RoadGround {
  constructor(
    readonly settings: Settings,
    readonly rows: AnchoringRows,
    readonly unitOfWork: UnitOfWork,
    readonly directory: StoreDirectory,
    readonly clock: Clock,
    readonly logger: Logger,
  ) {}
}

/** The roads of this installation, one for each chain. */
@Injectable()
export class AnchorRoads {
  private readonly byChain: ReadonlyMap<number, AnchorRoad>;

  constructor(chains: Chains, ground: RoadGround, metrics: AnchoringMetrics) {
    this.byChain = new Map(chains.all.map((chain) => [chain.chainId, layRoad(chain, ground, metrics)]));
  }

  get all(): readonly AnchorRoad[] {
    return [...this.byChain.values()];
  }

  /** Undefined for a chain that was configured once and is no more: what was submitted there waits for it to come back. */
  find(chainId: string): AnchorRoad | undefined {
    return this.byChain.get(Number(chainId));
  }
}

function layRoad(chain: ConfiguredChain, ground: RoadGround, metrics: AnchoringMetrics): AnchorRoad {
  const { settings, rows, unitOfWork, directory, clock, logger } = ground;
  const desk = new AnchorDesk(chain, relayersOf(settings, chain), rows, unitOfWork, directory, clock);
  const register = new StoreRegister(chain.client);
  const broadcast = new BroadcastAttempt(unitOfWork, desk, clock, logger);
  const check = new CheckPending(unitOfWork, desk, register, clock, logger);
  const watch = new WatchBlocks(unitOfWork, desk, clock, logger);
  const settle = new SettleTransactions(unitOfWork, register, desk, metrics, clock, logger);
  const push = new PushTransactions(chain.client, (attempt) => broadcast.execute(attempt), ground);
  const takeOver = new TakeOver(unitOfWork, desk, settle, clock, logger);
  return {
    desk,
    publish: new PublishRoots(unitOfWork, desk, check, broadcast, clock),
    confirm: new ConfirmRoots(desk, { watch, settle, push, takeOver }, logger),
  };
}

import type { Clock } from '../kernel/index.js';
import type { ConfiguredChain } from '../platform/chain/index.js';
import type { Tx, UnitOfWork } from '../platform/database/index.js';
import type { AnchoringRows } from './anchoring-rows.js';
import type { AnchorsRepository, OpenAnchor } from './anchors.repository.js';
import type { Relayer } from './relayer.js';
import type { StoreDirectory } from './store-directory.js';
import type { TransactionsRepository } from './transactions.repository.js';

/** What publishing and confirming on one chain have in common: the chain, who sends there, the rows, whose store is where. */
export class AnchorDesk {
  readonly anchors: AnchorsRepository;
  readonly transactions: TransactionsRepository;

  constructor(
    readonly chain: ConfiguredChain,
    readonly relayers: readonly [Relayer, ...Relayer[]],
    rows: AnchoringRows,
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: StoreDirectory,
    private readonly clock: Clock,
  ) {
    this.anchors = rows.anchors;
    this.transactions = rows.transactions;
  }

  get chainId(): number {
    return this.chain.chainId;
  }

  /** Anchors with the stores of their issuers, as of one moment. */
  withStores(
    find: (tx: Tx) => Promise<OpenAnchor[]>,
  ): Promise<{ pending: OpenAnchor[]; stores: ReadonlyMap<string, string> }> {
    return this.unitOfWork.run(async (tx) => {
      const pending = await find(tx);
      const issuerIds = [...new Set(pending.map(({ issuerId }) => issuerId))];
      return { pending, stores: issuerIds.length === 0 ? new Map() : await this.directory.storesOf(tx, issuerIds) };
    });
  }

  /** Notes on all anchors that have yet to reach the chain, but not over what is known better of one, why they do not move. */
  async noteOutage(reason: string): Promise<void> {
    const at = this.clock.now();
    await this.unitOfWork.run((tx) => this.anchors.recordOutage(tx, this.chainId, { reason, at }));
  }
}

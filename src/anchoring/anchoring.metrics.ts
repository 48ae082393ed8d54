import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Clock } from '../kernel/index.js';
import { ChainClient } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Metrics } from '../platform/observability/index.js';
import { AnchorsRepository } from './anchors.repository.js';
import { BatchesRepository } from './batches.repository.js';
import { relayerOf } from './relayer.js';

export type TransactionOutcome = 'succeeded' | 'reverted' | 'nonce-taken';

const UNFINISHED = ['pending', 'submitted', 'anchored', 'confirmed'];

/** The rows that the gauges count. */
@Injectable()
export class AnchoringRows {
  constructor(
    readonly batches: BatchesRepository,
    readonly anchors: AnchorsRepository,
  ) {}
}

/** What operators watch: how long entries wait, what is under way, what it costs, and whether the relayer can still pay. */
@Injectable()
export class AnchoringMetrics implements OnModuleInit {
  private readonly transactions = new Counter({
    name: 'chopmark_anchor_transactions_total',
    help: 'Transactions that the chain has decided about',
    labelNames: ['outcome'],
    registers: [],
  });
  private readonly gas = new Counter({
    name: 'chopmark_anchor_gas_total',
    help: 'Gas that anchoring has used',
    registers: [],
  });

  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: AnchoringRows,
    private readonly chain: ChainClient,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.metrics.registry.registerMetric(this.transactions);
    this.metrics.registry.registerMetric(this.gas);
    this.metrics.observe('chopmark_anchor_oldest_open_leaf_seconds', 'Age of the oldest entry in no batch', () =>
      this.unitOfWork.run(async (tx) => this.secondsSince(await this.rows.batches.findOldestOpen(tx))),
    );
    this.observeUnfinished();
    const { address } = relayerOf(this.settings);
    this.metrics.observe(
      'chopmark_anchor_relayer_balance_ether',
      'What is left to pay for anchors; -1 when the chain cannot be asked',
      () =>
        this.chain.balanceOf(address).then(
          (wei) => Number(wei / 1_000_000_000n) / 1e9,
          () => -1,
        ),
    );
  }

  countTransaction(outcome: TransactionOutcome, gasUsed: bigint): void {
    this.transactions.inc({ outcome });
    this.gas.inc(Number(gasUsed));
  }

  private observeUnfinished(): void {
    const { chainId } = this.settings;
    const unfinished = new Gauge({
      name: 'chopmark_anchor_unfinished',
      help: 'Anchors that are not final, by state',
      labelNames: ['state'],
      registers: [],
      collect: async () => {
        const counts = await this.unitOfWork.run((tx) => this.rows.anchors.countUnfinished(tx, chainId));
        for (const state of UNFINISHED) {
          unfinished.set({ state }, counts.get(state) ?? 0);
        }
      },
    });
    this.metrics.registry.registerMetric(unfinished);
    this.metrics.observe(
      'chopmark_anchor_oldest_unanchored_batch_seconds',
      'Age of the oldest batch that no chain holds yet',
      () =>
        this.unitOfWork.run(async (tx) => this.secondsSince(await this.rows.anchors.findOldestUnanchored(tx, chainId))),
    );
  }

  private secondsSince(time: Date | null): number {
    return time === null ? 0 : Math.max(0, (this.clock.now().getTime() - time.getTime()) / 1_000);
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { Clock } from '../kernel/index.js';
import { Chains, type ConfiguredChain } from '../platform/chain/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { Metrics } from '../platform/observability/index.js';
import { AnchoringRows } from './anchoring-rows.js';
import { type ChainLook, GasAccounts, isShort } from './gas-accounts.js';

export type TransactionOutcome = 'succeeded' | 'reverted' | 'nonce-taken';

const UNFINISHED = ['pending', 'submitted', 'anchored', 'confirmed'];

/** What operators watch: how long entries wait, what is under way, what it costs, and whether the relayer can still pay. */
@Injectable()
export class AnchoringMetrics implements OnModuleInit {
  private readonly transactions = new Counter({
    name: 'chopmark_anchor_transactions_total',
    help: 'Transactions that the chain has decided about',
    labelNames: ['chain', 'outcome'],
    registers: [],
  });
  private readonly gas = new Counter({
    name: 'chopmark_anchor_gas_total',
    help: 'Gas that anchoring has used',
    labelNames: ['chain'],
    registers: [],
  });
  /** Those under way. */
  private readonly looks = new Map<number, Promise<ChainLook>>();

  constructor(
    private readonly metrics: Metrics,
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: AnchoringRows,
    private readonly chains: Chains,
    private readonly accounts: GasAccounts,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.metrics.registry.registerMetric(this.transactions);
    this.metrics.registry.registerMetric(this.gas);
    this.metrics.observe('chopmark_anchor_oldest_open_leaf_seconds', 'Age of the oldest entry in no batch', () =>
      this.unitOfWork.run(async (tx) => this.secondsSince(await this.rows.batches.findOldestOpen(tx))),
    );
    this.observe('chopmark_anchor_unfinished', 'Anchors that are not final, by state', ['state'], (gauge, chain) =>
      this.countUnfinished(gauge, chain),
    );
    this.observe(
      'chopmark_anchor_oldest_unanchored_batch_seconds',
      'Age of the oldest batch that the chain does not hold yet',
      [],
      (gauge, chain) => this.ageOfUnanchored(gauge, chain),
    );
    this.observe(
      'chopmark_chain_wrong',
      '1 when a node serves another chain than the one that is configured, else 0; -1 when it cannot be asked',
      [],
      async (gauge, chain) => {
        const { isWrong } = await this.look(chain);
        gauge.set({ chain: chain.chainId }, isWrong === null ? -1 : Number(isWrong));
      },
    );
    this.observe(
      'chopmark_anchor_relayer_balance_ether',
      'What is left to pay for anchors; -1 when the chain cannot be asked',
      ['relayer'],
      (gauge, chain) => this.balances(gauge, chain),
    );
    this.observe(
      'chopmark_chain_account_short',
      '1 when an account may be unable to pay for its next transaction, else 0; -1 when the chain cannot be asked',
      ['role', 'account'],
      (gauge, chain) => this.shortness(gauge, chain),
    );
  }

  countTransaction(chainId: number, outcome: TransactionOutcome, gasUsed: bigint): void {
    this.transactions.inc({ chain: chainId, outcome });
    this.gas.inc({ chain: chainId }, Number(gasUsed));
  }

  /** A gauge with a value for each chain. */
  private observe(
    name: string,
    help: string,
    labels: readonly string[],
    read: (gauge: Gauge, chain: ConfiguredChain) => Promise<void>,
  ): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['chain', ...labels],
      registers: [],
      collect: async () => {
        await Promise.all(this.chains.all.map((chain) => read(gauge, chain)));
      },
    });
    this.metrics.registry.registerMetric(gauge);
  }

  private async countUnfinished(gauge: Gauge, { chainId }: ConfiguredChain): Promise<void> {
    const counts = await this.unitOfWork.run((tx) => this.rows.anchors.countUnfinished(tx, chainId));
    for (const state of UNFINISHED) {
      gauge.set({ chain: chainId, state }, counts.get(state) ?? 0);
    }
  }

  private async ageOfUnanchored(gauge: Gauge, { chainId }: ConfiguredChain): Promise<void> {
    const oldest = await this.unitOfWork.run((tx) => this.rows.anchors.findOldestUnanchored(tx, chainId));
    gauge.set({ chain: chainId }, this.secondsSince(oldest));
  }

  private async balances(gauge: Gauge, chain: ConfiguredChain): Promise<void> {
    const { accounts } = await this.look(chain);
    for (const { address, balance } of accounts.filter(({ role }) => role === 'relayer')) {
      const ether = balance === null ? -1 : Number(balance / 1_000_000_000n) / 1e9;
      gauge.set({ chain: chain.chainId, relayer: address }, ether);
    }
  }

  private async shortness(gauge: Gauge, chain: ConfiguredChain): Promise<void> {
    for (const account of (await this.look(chain)).accounts) {
      const { chainId, role, address } = account;
      const short = isShort(account);
      gauge.set({ chain: chainId, role, account: address }, short === null ? -1 : Number(short));
    }
  }

  /** Gauges are read together: those that a chain is asked for share one look at it. */
  private look(chain: ConfiguredChain): Promise<ChainLook> {
    const { chainId } = chain;
    const look = this.looks.get(chainId) ?? this.accounts.look(chain).finally(() => this.looks.delete(chainId));
    this.looks.set(chainId, look);
    return look;
  }

  private secondsSince(time: Date | null): number {
    return time === null ? 0 : Math.max(0, (this.clock.now().getTime() - time.getTime()) / 1_000);
  }
}

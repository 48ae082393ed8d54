import { Injectable, Optional } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { SigningOverview } from '../identity/index.js';
import { Chains } from '../platform/chain/index.js';
import { JobQueues } from '../platform/queue/index.js';
import { migrations } from './migrations.js';

type Answer = 'ok' | 'failing';

export type ReadinessReport = {
  /** `degraded`: documents are issued; drawing or anchoring waits. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly database: Answer;
  readonly migrations: Answer;
  readonly queue: Answer;
  readonly chain: Answer;
  /** Whether the documents of every issuer can be signed; of workers only. */
  readonly signing?: Answer;
};

const PATIENCE_MS = 2_000;

/** Whether this process can do its work now. */
@Injectable()
export class Readiness {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: JobQueues,
    private readonly chains: Chains,
    @Optional() private readonly signing?: SigningOverview,
  ) {}

  async check(): Promise<ReadinessReport> {
    const [database, migrated, queue, chain, signing] = await Promise.all([
      answerOf(() => this.dataSource.query('select 1')),
      answerOf(() => this.requireMigrations()),
      answerOf(() => this.queues.pendingCount('documents.render')),
      answerOf(() => Promise.all(this.chains.all.map(({ client }) => client.assertChainId()))),
      this.signing === undefined ? undefined : answerOf(() => requireNone(this.signing?.problems())),
    ]);
    const canServe = database === 'ok' && migrated === 'ok';
    const isWhole = queue === 'ok' && chain === 'ok' && signing !== 'failing';
    return {
      status: canServe ? (isWhole ? 'ready' : 'degraded') : 'not-ready',
      database,
      migrations: migrated,
      queue,
      chain,
      ...(signing === undefined ? {} : { signing }),
    };
  }

  private async requireMigrations(): Promise<void> {
    const rows = await this.dataSource.query<{ name: string }[]>('select name from schema_migrations');
    const applied = new Set(rows.map(({ name }) => name));
    if (!migrations.every(({ name }) => applied.has(name))) {
      throw new Error('Some migrations are not applied');
    }
  }
}

async function requireNone(problems: Promise<readonly unknown[]> | undefined): Promise<void> {
  if ((await problems)?.length !== 0) {
    throw new Error('Some issuers cannot sign');
  }
}

async function answerOf(ask: () => Promise<unknown>): Promise<Answer> {
  const late = pause(PATIENCE_MS, 'late' as const, { ref: false });
  const asked = ask().then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  return (await Promise.race([asked, late])) === 'ok' ? 'ok' : 'failing';
}

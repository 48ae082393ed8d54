import { Client } from 'pg';
import { randomBytes } from 'node:crypto';
import { checkReplays, checkStored, countStored, finding, type Finding, type Ledger } from './checks.js';
import type { BenchInstance, BenchIssuer } from './instance.js';
import type { LoadResult } from './load-protocol.js';
import type { BenchOptions } from './options.js';
import { measureUsage, type UsageReport } from './process-usage.js';
import { runLoad } from './run-load.js';

/** What came of one scenario. */
export type Outcome = {
  readonly title: string;
  readonly documents: number;
  readonly seconds: number;
  readonly latenciesMs?: Float64Array;
  readonly usage: UsageReport;
  readonly findings: readonly Finding[];
  readonly remarks: readonly string[];
};

/** One bench against one instance. */
export class Bench {
  constructor(
    readonly instance: BenchInstance,
    readonly options: BenchOptions,
    readonly database: Client,
  ) {}

  static async open(instance: BenchInstance, options: BenchOptions): Promise<Bench> {
    // The role sees the rows of all issuers, whoever the owner is.
    const database = new Client({ connectionString: instance.databaseUrl, options: '-c role=chopmark_worker' });
    await database.connect();
    return new Bench(instance, options, database);
  }

  close(): Promise<void> {
    return this.database.end();
  }

  /** Issues one by one over `issuerCount` issuers while nothing is drawn. */
  async issueSingly(title: string, issuerCount: number): Promise<{ outcome: Outcome; ledgers: Ledger[] }> {
    const issuers = await this.instance.issuers(issuerCount);
    const storedBefore = await countStored(this.database, issuers);
    const run = newRun();
    const { result, usage, profile } = await this.load(issuers, run);
    const ledgers = ledgersOf(issuers, result);
    const findings = [
      noRefusals(result),
      ...(await checkReplays(this.instance.baseUrl, ledgers, { run, lines: this.options.lines })),
      ...(await checkStored(this.database, ledgers, storedBefore)),
    ];
    const { counted: documents, seconds, latenciesMs } = result;
    return { ledgers, outcome: { title, documents, seconds, latenciesMs, usage, findings, remarks: profile } };
  }

  private async load(
    issuers: readonly BenchIssuer[],
    run: string,
  ): Promise<{ result: LoadResult; usage: UsageReport; profile: string[] }> {
    const { lines, inFlight, warmUpMs, measureMs } = this.options;
    const { baseUrl, profiler } = this.instance;
    let stopMeasuring: (() => UsageReport) | undefined;
    let usage: UsageReport | undefined;
    let profile: Promise<string> | undefined;
    const apiKeys = issuers.map(({ apiKey }) => apiKey);
    const plan = { baseUrl, run, apiKeys, lines, inFlight, warmUpMs, measureMs };
    const result = await runLoad(plan, {
      begin: (pid) => {
        profiler?.begin();
        stopMeasuring = measureUsage([...this.instance.parts(), { name: 'load generator', pid }]);
      },
      end: () => {
        usage = stopMeasuring?.();
        profile = profiler?.end();
      },
    });
    if (usage === undefined) {
      throw new Error('The load generator never said that the measured time was over');
    }
    return { result, usage, profile: profile === undefined ? [] : [await profile] };
  }
}

/** Tells the keys of one run from those of every other. */
export function newRun(): string {
  return randomBytes(4).toString('hex');
}

export function noRefusals({ refusals }: LoadResult): Finding {
  const told = refusals.map(({ status, count, body }) => `${count} × ${status} (${body.slice(0, 200)})`);
  return finding(refusals.length === 0, told.length === 0 ? 'every request answered 201' : told.join(', '));
}

export function ledgersOf(issuers: readonly BenchIssuer[], { answers }: LoadResult): Ledger[] {
  return issuers.map((issuer, index) => ({
    issuer,
    answers: answers.filter(({ request }) => request % issuers.length === index),
  }));
}

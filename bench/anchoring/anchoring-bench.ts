import type { Client } from 'pg';
import type { Finding } from '../issue/checks.js';
import type { BenchInstance } from '../issue/instance.js';
import type { Part, UsageReport } from '../issue/process-usage.js';
import type { HandingOver } from './handing-over.js';

/** An instance of which anchoring alone is wanted: its workers do not draw. */
export class AnchoringInstance {
  constructor(private readonly instance: BenchInstance) {}

  get rpcUrl(): string {
    return this.instance.rpcUrl;
  }

  get databaseUrl(): string {
    return this.instance.databaseUrl;
  }

  /** An issuer that has handed over nothing yet. */
  async newIssuer(): Promise<string> {
    const [issuer] = await this.instance.issuers(1);
    if (issuer === undefined) {
      throw new Error('The instance admits no issuer');
    }
    return issuer.id;
  }

  /** Starts a worker process in place of the one that runs; answers its process id. */
  async startWorker(environment: Readonly<Record<string, string>>): Promise<number> {
    await this.instance.worker?.start({ render: false, environment });
    const worker = this.parts().find(({ name }) => name === 'worker');
    if (worker === undefined) {
      throw new Error('The instance has no worker of its own');
    }
    return worker.pid;
  }

  async stopWorker(): Promise<void> {
    await this.instance.worker?.stop();
  }

  /** The processes that anchoring takes. */
  parts(): readonly Part[] {
    return this.instance.parts().filter(({ name }) => name !== 'API');
  }
}

/** What every part of the bench works with. */
export type AnchoringBench = {
  readonly instance: AnchoringInstance;
  /** Sees the rows of all issuers. */
  readonly database: Client;
  readonly product: HandingOver;
};

/** What came of one part of the bench. */
export type Section = {
  readonly title: string;
  /** What was measured, and how much it was. */
  readonly rows: readonly (readonly [string, string])[];
  readonly usage?: UsageReport;
  readonly findings: readonly Finding[];
};

import type { OperatorDesk } from '../../src/composition/index.js';
import type { Part } from './process-usage.js';

export type IssuerRequest = Parameters<OperatorDesk['addIssuer']>[0];

export type BenchIssuer = { readonly id: string; readonly apiKey: string };

/** What the bench loads: its own instance, or one that runs already. */
export type BenchInstance = {
  readonly baseUrl: string;
  readonly rpcUrl: string;
  /** The owner's: the checks read everything. */
  readonly databaseUrl: string;
  /** The processes that are measured now. */
  parts(): readonly Part[];
  /** Issuers that have issued nothing yet, or, of a running instance, those it has. */
  issuers(count: number): Promise<readonly BenchIssuer[]>;
  /** Null when the worker is not ours to stop. */
  readonly worker: WorkerControl | null;
  readonly profiler: ProfilerControl | null;
  stop(): Promise<void>;
};

export type WorkerControl = {
  /** `environment`: what this one is configured with besides. */
  start(options: { readonly render: boolean; readonly environment?: Readonly<Record<string, string>> }): Promise<void>;
  stop(): Promise<void>;
};

/** Where the API process spends its time between the two calls. */
export type ProfilerControl = { begin(): void; end(): Promise<string> };

/** What the bench tells the load generator, which is a process of its own so that its CPU time can be told apart. */
export type LoadPlan = {
  readonly baseUrl: string;
  readonly run: string;
  /** Taken in turn. */
  readonly apiKeys: readonly string[];
  readonly lines: number;
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Stop after so many requests; absent: when the time is up. */
  readonly limit?: number;
};

/** An answer of 201: which request it answers, and with what. */
export type Answer = { readonly request: number; readonly id: string; readonly number: string };

export type LoadResult = {
  /** All, warm-up included: each of them is checked. */
  readonly answers: readonly Answer[];
  /** Answers of 201 within the measured time. */
  readonly counted: number;
  readonly seconds: number;
  readonly latenciesMs: Float64Array;
  /** How often another status was answered, with the first body of each. */
  readonly refusals: readonly { readonly status: number; readonly count: number; readonly body: string }[];
};

export type LoadMessage = { readonly event: 'begin' | 'end' } | { readonly event: 'done'; readonly result: LoadResult };

import { Bench, type Outcome } from './bench.js';
import { readOptions, USAGE, type BenchOptions } from './options.js';
import { startOwnInstance } from './own-instance.js';
import { describeOutcome } from './report.js';

/** `npm run bench:issue`. Answers the exit code: 1 when anything that was checked does not hold. */
export async function runBench(args: string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const instance = await startOwnInstance(options);
  const stop = endOnSignal(() => instance.stop());
  try {
    const bench = await Bench.open(instance, options);
    try {
      return conclude(await runScenarios(bench));
    } finally {
      await bench.close();
    }
  } finally {
    await stop();
  }
}

async function runScenarios(bench: Bench): Promise<Outcome[]> {
  const { scenarios, issuers } = bench.options;
  const outcomes: Outcome[] = [];
  const tell = (outcome: Outcome): void => {
    outcomes.push(outcome);
    console.log(describeOutcome(outcome));
  };
  if (scenarios.includes('single')) {
    tell((await bench.issueSingly('single: one issuer, one by one, nothing drawn', 1)).outcome);
  }
  if (scenarios.includes('many')) {
    tell((await bench.issueSingly(`many: ${issuers} issuers, one by one, nothing drawn`, issuers)).outcome);
  }
  return outcomes;
}

function conclude(outcomes: readonly Outcome[]): number {
  const failed = outcomes.flatMap(({ findings }) => findings).filter(({ holds }) => !holds);
  console.log(failed.length === 0 ? '\nEvery check holds.' : `\n${failed.length} CHECKS FAIL, see above.`);
  return failed.length === 0 ? 0 : 1;
}

/** Stops once, at the end or on a signal. */
function endOnSignal(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const once = (): Promise<void> => (stopping ??= stop());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void once().then(() => process.exit(130));
    });
  }
  return once;
}

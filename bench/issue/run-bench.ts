import { Bench, type Outcome } from './bench.js';
import { issueInBulk } from './bulk.js';
import type { Finding, Ledger } from './checks.js';
import { drain } from './drain.js';
import { openInstance } from './given-instance.js';
import type { BenchInstance, BenchIssuer } from './instance.js';
import { readOptions, USAGE, type BenchOptions } from './options.js';
import { startOwnInstance } from './own-instance.js';
import { issueAndDraw } from './rendered.js';
import { describeFindings, describeOutcome } from './report.js';

type Checked = { readonly findings: readonly Finding[] };

/** `npm run bench:issue`. Answers the exit code: 1 when anything that was checked does not hold. */
export async function runBench(args: string[]): Promise<number> {
  let options: BenchOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const instance =
    options.instanceFile === undefined ? await startOwnInstance(options) : openGiven(options.instanceFile);
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

function openGiven(file: string): BenchInstance {
  console.log(
    'This instance runs already: its worker draws while it is loaded and takes its share of the machine, and its ' +
      'number series go on from where they are. Without --instance the bench starts one of its own.',
  );
  return openInstance(file);
}

async function runScenarios(bench: Bench): Promise<Checked[]> {
  const { scenarios, issuers, drain: drained } = bench.options;
  const outcomes: Checked[] = [];
  const undrawn: BenchIssuer[] = [];
  const tell = ({ outcome, ledgers }: { outcome: Outcome; ledgers: readonly Ledger[] }): void => {
    outcomes.push(outcome);
    undrawn.push(...ledgers.map(({ issuer }) => issuer));
    console.log(describeOutcome(outcome));
  };
  if (scenarios.includes('rendered')) {
    tell({ outcome: await issueAndDraw(bench), ledgers: [] });
  }
  if (scenarios.includes('single')) {
    tell(await bench.issueSingly('single: one issuer, one by one, nothing drawn', 1));
  }
  if (scenarios.includes('many')) {
    tell(await bench.issueSingly(`many: ${issuers} issuers, one by one, nothing drawn`, issuers));
  }
  if (scenarios.includes('bulk')) {
    tell(await issueInBulk(bench));
  }
  if (undrawn.length > 0 && drained > 0) {
    const findings = await drain(bench, undrawn);
    console.log(`\n── drawing and anchoring what was only issued\n${describeFindings(findings)}`);
    return [...outcomes, { findings }];
  }
  return outcomes;
}

function conclude(outcomes: readonly Checked[]): number {
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

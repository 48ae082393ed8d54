import { Client } from 'pg';
import { table } from '../../scripts/launch/say.js';
import { startOwnInstance } from '../issue/own-instance.js';
import { describeFindings } from '../issue/report.js';
import { AnchoringInstance, type AnchoringBench, type Section } from './anchoring-bench.js';
import { anchorLargeBatch, buildLargeTree } from './anchor-million.js';
import { anchorQueued } from './anchor-queued.js';
import { HandingOver } from './handing-over.js';
import { readOptions, USAGE, type AnchoringOptions } from './options.js';

/** Answers the exit code. */
export async function runAnchoringBench(args: string[]): Promise<number> {
  let options: AnchoringOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  const own = await startOwnInstance({ profile: false });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void own.stop().then(() => process.exit(130));
    });
  }
  try {
    const database = new Client({ connectionString: own.databaseUrl, options: '-c role=chopmark_worker' });
    await database.connect();
    const product = await HandingOver.open(own.databaseUrl);
    try {
      return conclude(await runAll({ instance: new AnchoringInstance(own), database, product }, options));
    } finally {
      await product.close();
      await database.end();
    }
  } finally {
    await own.stop();
  }
}

async function runAll(bench: AnchoringBench, { entries, leaves, proofs }: AnchoringOptions): Promise<Section[]> {
  const sections: Section[] = [];
  const tell = (section: Section): void => {
    sections.push(section);
    console.log(describe(section));
  };
  if (entries > 0) {
    tell(await anchorQueued(bench, entries));
    await bench.instance.stopWorker();
  }
  if (leaves > 0) {
    tell(buildLargeTree(leaves));
    (await anchorLargeBatch(bench, leaves, proofs)).forEach(tell);
  }
  return sections;
}

function describe({ title, rows, usage, findings }: Section): string {
  const processes = usage?.parts.map(({ name, cpuMs, peakMegabytes }) => [
    ...[name, (cpuMs / 1_000).toFixed(1), peakMegabytes.toFixed(0)],
  ]);
  const share = usage && ((100 * usage.otherCpuMs) / (usage.seconds * 1_000 * usage.cores)).toFixed(0);
  return [
    `\n── ${title}`,
    table(['What', ''], rows),
    ...(processes === undefined ? [] : ['', table(['Process', 'CPU s', 'Peak MB'], processes)]),
    ...(share === undefined ? [] : [`others on this machine took ${share} % of it meanwhile`]),
    '',
    describeFindings(findings),
  ].join('\n');
}

function conclude(sections: readonly Section[]): number {
  const failed = sections.flatMap(({ findings }) => findings).filter(({ holds }) => !holds);
  console.log(failed.length === 0 ? '\nEvery check holds.' : `\n${failed.length} CHECKS FAIL, see above.`);
  return failed.length === 0 ? 0 : 1;
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findCommand } from '../../scripts/embedded/commands.js';
import { table } from '../../scripts/launch/say.js';
import { ContestantProcess } from './contestant-process.js';
import { contestants, type Contestant } from './contestants.js';
import { drawPicture, faultsOf } from './inspect.js';
import { contextAt, invoiceAt } from './invoices.js';
import { watchLatency } from './latency.js';
import { watchMemory } from './memory.js';
import { installPeers } from './peers.js';
import type { Work } from './protocol.js';
import { sheetOf } from './sheet.js';

const USAGE = `npm run bench:pdf -- [options]
  --rounds 7         how often each draws; medians are told
  --seconds 1.5      of drawing in a round
  --only NAME,…      contestants whose name contains one of these
  --processor 0      the one they take turns on (needs taskset)
  --memory 100000    instead: so many through one process of ours, and how its memory grows
  --latency          instead: how long one document takes while a thread draws a load
  --out FOLDER       where a file and a picture of each are left (default: .chopmark/bench-pdf)`;

const FONT = 'node_modules/@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf';
/** Until the compiler has done its work: the fast ones get faster for two thousand documents. */
const WARM_UP_SECONDS = 5;
const AT_LEAST = 3;

type Options = {
  readonly rounds: number;
  readonly seconds: number;
  readonly only: readonly string[];
  readonly processor: number | null;
  readonly out: string;
  readonly memory: number | null;
  readonly latency: boolean;
};
type Result = { readonly contestant: Contestant; readonly works: readonly Work[]; readonly faults: readonly string[] };

/** Exit code 0 when all did honest work, whoever was faster. */
export async function runBench(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    console.log(USAGE);
    return 1;
  }
  const place = { processor: options.processor, fontFile: resolve(FONT) };
  if (options.latency) {
    return watchLatency();
  }
  if (options.memory !== null) {
    return watchMemory(place, options.memory);
  }
  installPeers();
  mkdirSync(options.out, { recursive: true });
  const chosen = contestants().filter(
    ({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)),
  );
  const processes = chosen.map((contestant) => new ContestantProcess(contestant, place));
  try {
    const results = await takeTurns(processes, options);
    console.log(report(results, options));
    return results.every(({ faults }) => faults.length === 0) ? 0 : 1;
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

function readOptions(args: string[]): Options | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args,
      options: {
        rounds: text,
        seconds: text,
        only: text,
        processor: text,
        memory: text,
        latency: { type: 'boolean' },
        out: text,
      },
    });
    return {
      rounds: Number(values.rounds ?? 7),
      seconds: Number(values.seconds ?? 1.5),
      only: values.only?.split(',') ?? [],
      processor: findCommand('taskset') === null ? null : Number(values.processor ?? 0),
      memory: values.memory === undefined ? null : Number(values.memory),
      latency: values.latency === true,
      out: values.out ?? join('.chopmark', 'bench-pdf'),
    };
  } catch {
    return null;
  }
}

/** One after the other in each round, so that what else the machine does falls on all alike. */
async function takeTurns(processes: readonly ContestantProcess[], options: Options): Promise<Result[]> {
  const faults = new Map<ContestantProcess, readonly string[]>();
  for (const process of processes) {
    const { first } = await process.work({ from: 0, seconds: WARM_UP_SECONDS, atLeast: AT_LEAST });
    faults.set(process, inspect(process.contestant, first, options.out));
  }
  const works = new Map<ContestantProcess, Work[]>(processes.map((process) => [process, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    for (const process of processes) {
      const from = (round + 1) * 100_000;
      works.get(process)?.push(await process.work({ from, seconds: options.seconds, atLeast: AT_LEAST }));
    }
  }
  return processes.map((process) => ({
    contestant: process.contestant,
    works: works.get(process) ?? [],
    faults: faults.get(process) ?? [],
  }));
}

function inspect({ name }: Contestant, base64: string, folder: string): readonly string[] {
  const file = join(folder, `${name.replaceAll(/[^a-z]+/gi, '-').replace(/^-/, '')}.pdf`);
  writeFileSync(file, Buffer.from(base64, 'base64'));
  if (findCommand('pdftotext') === null) {
    return ['nobody looked: poppler-utils is not installed'];
  }
  drawPicture(file);
  return faultsOf(file, sheetOf(invoiceAt(0), contextAt(0)));
}

function report(results: readonly Result[], { processor, rounds, seconds }: Options): string {
  const rows = results.map((result) => ({ ...result, ...mediansOf(result.works) }));
  const best = Math.min(...rows.filter(({ contestant }) => contestant.side === 'peer').map(({ cpuMs }) => cpuMs));
  const cells = rows.map(({ contestant, cpuMs, wallMs, kilobytes, spread, megabytes }) => [
    `${contestant.name} ${contestant.version()}`.trim(),
    cpuMs.toFixed(2),
    `±${spread.toFixed(0)} %`,
    wallMs.toFixed(2),
    (1_000 / wallMs).toFixed(1),
    kilobytes.toFixed(1),
    megabytes.toFixed(0),
    `${(best / cpuMs).toFixed(2)}×`,
  ]);
  const head = ['', 'CPU ms', '', 'Wall ms', 'Documents/s', 'KB', 'Peak MB', 'Best peer’s CPU'];
  const where = processor === null ? 'on any processor' : `on processor ${processor}`;
  const faults = results.flatMap(({ contestant, faults: found }) =>
    found.map((fault) => `${contestant.name}: ${fault}`),
  );
  return [
    `${rounds} rounds of ${seconds} s each, ${where} of ${cpus()[0]?.model ?? 'an unknown machine'}, Node ${process.version}`,
    table(head, cells),
    faults.length === 0
      ? 'Every text can be read back and every font is embedded, in the files of all.'
      : faults.join('\n'),
  ].join('\n\n');
}

type Medians = Record<'cpuMs' | 'wallMs' | 'kilobytes' | 'spread' | 'megabytes', number>;

function mediansOf(works: readonly Work[]): Medians {
  const cpu = works.map(({ cpuMs, documents }) => cpuMs / documents);
  const middle = median(cpu);
  return {
    cpuMs: middle,
    wallMs: median(works.map(({ wallMs, documents }) => wallMs / documents)),
    kilobytes: median(works.map(({ bytes, documents }) => bytes / documents / 1_000)),
    /** Half the distance between the quickest and the slowest round, in percent of the median. */
    spread: (50 * (Math.max(...cpu) - Math.min(...cpu))) / middle,
    megabytes: Math.max(...works.map(({ residentMegabytes }) => residentMegabytes)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

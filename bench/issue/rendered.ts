import { checkAnchored } from './anchor-checks.js';
import { awaitAnchors } from './await-anchors.js';
import { ledgersOf, newRun, noRefusals, type Bench, type Outcome } from './bench.js';
import { checkStored, countStored } from './checks.js';
import { measureUsage, type UsageReport } from './process-usage.js';
import { runLoad } from './run-load.js';
import type { BenchIssuer } from './instance.js';
import type { LoadPlan } from './load-protocol.js';

/** Enough that fonts are read, and that V8 has compiled in each thread what runs often. */
const WARM_UP_DOCUMENTS = 1_000;
/** The rate of drawing is told between these parts of the way: before and after them not everybody is at work. */
const STEADY = { from: 0.2, to: 0.9 };

/** From the first request until the last document is drawn and its batch's root is on the chain. */
export async function issueAndDraw(bench: Bench): Promise<Outcome> {
  const { instance, database, options } = bench;
  await instance.worker?.start({ render: true });
  await warmUp(bench);
  const issuers = await instance.issuers(1);
  const storedBefore = await countStored(database, issuers);
  const anchoredBefore = (await awaitAnchors(database, issuers, (now) => now.anchored >= now.stored)).anchored;

  let startedAt = 0;
  let finish: (() => UsageReport) | undefined;
  let pid = 0;
  const result = await runLoad(planFor(bench, issuers, options.documents), {
    begin: (generatorPid) => {
      pid = generatorPid;
      startedAt = performance.now();
      finish = measureUsage(instance.parts());
    },
    end: () => undefined,
  });
  const acceptedAfter = (performance.now() - startedAt) / 1_000;
  const wanted = anchoredBefore + result.answers.length;
  const samples: Sample[] = [];
  const progress = await awaitAnchors(database, issuers, ({ drawn, anchored }) => {
    samples.push({ after: (performance.now() - startedAt) / 1_000, drawn });
    return anchored >= wanted;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const usage = finish?.();
  if (usage === undefined || pid === 0) {
    throw new Error('The load generator never said that it began');
  }
  const ledgers = ledgersOf(issuers, result);
  const findings = [
    noRefusals(result),
    ...(await checkStored(database, ledgers, storedBefore)),
    ...(await checkAnchored(database, instance, issuers)),
  ];
  await instance.worker?.stop();
  return {
    title: `rendered: ${options.documents} documents of one issuer, until all are drawn and anchored`,
    documents: progress.anchored - anchoredBefore,
    seconds,
    usage,
    findings,
    remarks: [
      `accepted after ${acceptedAfter.toFixed(1)} s, drawn after ${drawnAfter(samples, wanted).toFixed(1)} s`,
      `drawn, signed and stored on the way: ${steadyRate(samples, wanted).toFixed(0)} a second (from ${100 * STEADY.from} to ${100 * STEADY.to} % of them)`,
    ],
  };
}

type Sample = { readonly after: number; readonly drawn: number };

function drawnAfter(samples: readonly Sample[], wanted: number): number {
  return samples.find(({ drawn }) => drawn >= wanted)?.after ?? NaN;
}

function steadyRate(samples: readonly Sample[], wanted: number): number {
  const within = samples.filter(({ drawn }) => drawn >= STEADY.from * wanted && drawn <= STEADY.to * wanted);
  const [first, last] = [within[0], within.at(-1)];
  return first === undefined || last === undefined ? NaN : (last.drawn - first.drawn) / (last.after - first.after);
}

async function warmUp(bench: Bench): Promise<void> {
  const issuers = await bench.instance.issuers(1);
  await runLoad(planFor(bench, issuers, WARM_UP_DOCUMENTS), { begin: () => undefined, end: () => undefined });
  await awaitAnchors(bench.database, issuers, ({ stored, anchored }) => anchored >= stored);
}

function planFor({ instance, options }: Bench, issuers: readonly BenchIssuer[], limit: number): LoadPlan {
  const { lines, inFlight } = options;
  const apiKeys = issuers.map(({ apiKey }) => apiKey);
  return { baseUrl: instance.baseUrl, run: newRun(), apiKeys, lines, inFlight, warmUpMs: 0, measureMs: 0, limit };
}

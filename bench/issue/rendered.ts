import { checkAnchored } from './anchor-checks.js';
import { awaitAnchors } from './await-anchors.js';
import { ledgersOf, newRun, noRefusals, type Bench, type Outcome } from './bench.js';
import { checkStored, countStored } from './checks.js';
import { measureUsage, type UsageReport } from './process-usage.js';
import { runLoad } from './run-load.js';
import type { BenchIssuer } from './instance.js';
import type { LoadPlan } from './load-protocol.js';

/** Enough that fonts are read and code is compiled. */
const WARM_UP_DOCUMENTS = 32;

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
  let drawnAfter = 0;
  const progress = await awaitAnchors(database, issuers, ({ drawn, anchored }) => {
    drawnAfter ||= drawn >= wanted ? (performance.now() - startedAt) / 1_000 : 0;
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
    remarks: [`accepted after ${acceptedAfter.toFixed(1)} s, drawn after ${drawnAfter.toFixed(1)} s`],
  };
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

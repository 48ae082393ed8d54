import { findRedis } from '../../scripts/embedded/redis.js';
import { awaitQuiet } from './await-quiet.js';
import { checkChain } from './check-chain.js';
import { checkFsck } from './check-fsck.js';
import { checkStored } from './check-stored.js';
import { FAULT_KINDS, planFaults, type FaultKind } from './fault-plan.js';
import { FaultRunner, type DoneFault } from './faults.js';
import { describeFinding, finding, type Finding } from './finding.js';
import { ChaosInstance } from './instance.js';
import { Load, type Ledger } from './load.js';

export type ChaosRequest = {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: number;
  /** The folder with the logs stays when something is broken. */
  readonly keep: boolean;
};

export type ChaosReport = {
  readonly request: ChaosRequest;
  readonly faults: readonly DoneFault[];
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<'documents' | 'revocations' | 'repeats' | 'batches' | 'transactions', number>>;
  readonly quietAfterSeconds: number;
  readonly home: string;
};

const PATIENCE_MS = 240_000;

/** Breaks a whole installation at the moments that `seed` says, while customers use it; then lets it be, and looks. */
export async function runChaos(request: ChaosRequest): Promise<ChaosReport> {
  const instance = await ChaosInstance.start(request.seed);
  let isBroken = true;
  try {
    const report = await observe(instance, request);
    isBroken = !holds(report);
    return report;
  } finally {
    await instance.stop({ keep: request.keep && isBroken });
  }
}

export function holds({ findings }: ChaosReport): boolean {
  return findings.every(({ broken }) => broken.length === 0);
}

async function observe(instance: ChaosInstance, request: ChaosRequest): Promise<ChaosReport> {
  const { seed, seconds, faults: count } = request;
  const kinds = possibleKinds();
  const faults = new FaultRunner(instance);
  const load = new Load(instance, seed);
  await faults.run(planFaults({ seed, count, kinds, durationMs: seconds * 1_000 }));
  const beganQuiet = performance.now();
  await instance.waitUntilUp();
  const ledger = await load.stop();
  const quiet = await awaitQuiet(instance, PATIENCE_MS);
  const quietAfterSeconds = Math.round((performance.now() - beganQuiet) / 1_000);
  const { api, workers } = instance.parts;
  const findings = [
    quiet,
    finding(
      'no process ended but those that were killed',
      [api, ...workers].flatMap(({ collapses }) => collapses),
    ),
    ...(await checkStored(instance, ledger)),
    ...(await checkChain(instance, ledger)),
    await checkFsck(instance, instance.parts.chain.url),
  ];
  const counts = await countWork(instance, ledger);
  return { request, faults: faults.done, findings, counts, quietAfterSeconds, home: instance.home };
}

/** Without Redis on this machine its jobs are in Postgres, and there is nothing to wipe. */
function possibleKinds(): readonly FaultKind[] {
  return findRedis() === null
    ? FAULT_KINDS.filter((kind) => kind !== 'kill-redis' && kind !== 'flush-redis')
    : FAULT_KINDS;
}

async function countWork(instance: ChaosInstance, ledger: Ledger): Promise<ChaosReport['counts']> {
  const [row] = await instance.query<{ batches: string; transactions: string }>(
    `select (select count(*) from anchor_batches) as batches, (select count(*) from anchor_transactions) as transactions`,
  );
  const revocations = ledger.granted.filter(({ wish }) => wish.what === 'revocation').length;
  return {
    ...{ documents: ledger.granted.length - revocations, revocations, repeats: ledger.repeats },
    ...{ batches: Number(row?.batches), transactions: Number(row?.transactions) },
  };
}

export function describeReport({ request, faults, findings, counts, quietAfterSeconds, home }: ChaosReport): string {
  const { documents, revocations, repeats, batches, transactions } = counts;
  const isBroken = findings.some(({ broken }) => broken.length > 0);
  return [
    `seed ${request.seed}, ${request.seconds} s, ${struckOf(faults)} faults (${faults.length} were planned)`,
    ...[...faults].sort((a, b) => a.beganMs - b.beganMs).map(describeFault),
    `${documents} documents and ${revocations} revocations answered with 201, ${repeats} attempts repeated; ` +
      `${batches} batches, ${transactions} transactions; quiet ${quietAfterSeconds} s after the last fault`,
    ...findings.map(describeFinding),
    isBroken
      ? `BROKEN with seed ${request.seed}${request.keep ? `; the logs are in ${home}` : ''}`
      : 'Every promise holds.',
  ].join('\n');
}

/** How many found something to break. */
export function struckOf(faults: readonly DoneFault[]): number {
  return faults.filter(({ struck }) => struck).length;
}

function describeFault({ kind, beganMs, endedMs, detail }: DoneFault): string {
  const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1).padStart(6);
  return `  ${seconds(beganMs)} –${seconds(endedMs)} s  ${kind.padEnd(17)} ${detail}`;
}

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HASH_LENGTH } from '../../src/proof/index.js';
import type { AnchoringBench, Section } from './anchoring-bench.js';
import { awaitStages } from './await-stages.js';
import type { TreeMeasure } from './build-tree.js';
import { checkBatches } from './check-batches.js';
import { measureUsage } from '../issue/process-usage.js';
import type { ProofsMeasure } from './time-proofs.js';

const PROMISED = { treeMs: 4_000, megabytes: 250, proofMs: 2, tiles: 3 };
/** Only so that the bench's own preparing takes no quarter of an hour: a worker hands over smaller chunks. */
const CHUNK = 5_000;
/** The tree alone, on one core in a process of its own. */
export function buildLargeTree(leaves: number): Section {
  const script = fileURLToPath(new URL('build-tree.js', import.meta.url));
  const said = execFileSync('taskset', ['-c', '0', process.execPath, script, String(leaves)], { encoding: 'utf8' });
  const { wallMs, cpuMs, megabytes } = JSON.parse(said) as TreeMeasure;
  return {
    title: `tree: ${leaves} leaves on one core, in a process of its own`,
    rows: [
      ['built in', `${(wallMs / 1_000).toFixed(2)} s`],
      ['CPU', `${(cpuMs / 1_000).toFixed(2)} s`],
      ['memory above what it was before, leaves included', `${megabytes.toFixed(0)} MB`],
    ],
    findings: [
      { holds: cpuMs <= PROMISED.treeMs, sentence: `the tree takes at most ${PROMISED.treeMs} ms of one core` },
      { holds: megabytes <= PROMISED.megabytes, sentence: `and at most ${PROMISED.megabytes} MB` },
    ],
  };
}

/** One batch of so many leaves, sealed and anchored by a worker process that was idle before; then proofs from Postgres. */
export async function anchorLargeBatch(bench: AnchoringBench, leaves: number, proofs: number): Promise<Section[]> {
  const { instance, database, product } = bench;
  const issuer = await instance.newIssuer();
  const entries = randomBytes(leaves * HASH_LENGTH);
  const worker = await instance.startWorker({
    ANCHOR_BATCH_MAX_SIZE: String(leaves),
    ANCHOR_BATCH_MAX_AGE_MS: '86400000',
  });
  await product.handOver(issuer, entries, CHUNK);
  const finishUsage = measureUsage(instance.parts());
  const before = residentMegabytes(worker);
  const startedAt = performance.now();
  const times = await awaitStages(database, issuer, leaves);
  const usage = finishUsage();
  const peak = usage.parts.find(({ name }) => name === 'worker')?.peakMegabytes ?? Infinity;
  const after = (moment: number): string => `${((moment - startedAt) / 1_000).toFixed(1)} s`;
  const sealing: Section = {
    title: `million: one batch of ${leaves} leaves, from the last one handed over`,
    rows: [
      ['sealed, members and tiles stored, after', after(times.sealed)],
      ['anchored after', after(times.anchored)],
      ['confirmed after', after(times.confirmed)],
      ['worker’s memory above what it was before', `${(peak - before).toFixed(0)} MB`],
    ],
    usage,
    findings: [
      { holds: peak - before <= PROMISED.megabytes, sentence: `the worker took at most ${PROMISED.megabytes} MB more` },
      ...(await checkBatches({ database, rpcUrl: instance.rpcUrl }, issuer, leaves)),
    ],
  };
  await instance.stopWorker();
  return [sealing, cutProofs(instance.databaseUrl, issuer, entries, proofs)];
}

/** In a process of its own that has little else in its memory, like the API. */
function cutProofs(databaseUrl: string, issuer: string, entries: Uint8Array, proofs: number): Section {
  const script = fileURLToPath(new URL('time-proofs.js', import.meta.url));
  const args = [script, databaseUrl, issuer, String(proofs)];
  const said = execFileSync(process.execPath, args, { encoding: 'utf8', input: entries, maxBuffer: 2 ** 28 });
  const { times, right, tilesRead, cpuMs } = JSON.parse(said) as ProofsMeasure;
  const quantile = (part: number): number => times[Math.min(proofs - 1, Math.floor(proofs * part))] ?? Infinity;
  const tiles = tilesRead / proofs;
  return {
    title: `proofs: ${proofs} of random leaves of that batch, one after the other`,
    rows: [
      ['p50', `${quantile(0.5).toFixed(2)} ms`],
      ['p99', `${quantile(0.99).toFixed(2)} ms`],
      ['slowest', `${quantile(1).toFixed(2)} ms`],
      ['CPU of the reader, checks included', `${(cpuMs / proofs).toFixed(2)} ms`],
      ['tiles read for one', tiles.toFixed(1)],
    ],
    findings: [
      { holds: right === proofs, sentence: `${right} of ${proofs} proofs lead from their leaf to the root` },
      { holds: tiles <= PROMISED.tiles, sentence: `each reads at most ${PROMISED.tiles} rows of hashes` },
      { holds: quantile(0.99) <= PROMISED.proofMs, sentence: `99 of 100 take at most ${PROMISED.proofMs} ms` },
    ],
  };
}

function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}

import { randomBytes } from 'node:crypto';
import { HASH_LENGTH } from '../../src/proof/index.js';
import type { AnchoringBench, Section } from './anchoring-bench.js';
import { awaitStages } from './await-stages.js';
import { checkBatches } from './check-batches.js';
import { measureUsage } from '../issue/process-usage.js';

/** `RENDER_CHUNK` as it is by default: so many leaves a worker hands over in one transaction. */
const CHUNK = 64;
const PROMISED_SECONDS = 60;

/**
 * Entries that were handed over while nobody worked, from the start of a worker process until the last one is confirmed.
 * Its start is part of it.
 */
export async function anchorQueued({ instance, database, product }: AnchoringBench, entries: number): Promise<Section> {
  const issuer = await instance.newIssuer();
  const handingOver = performance.now();
  await product.handOver(issuer, randomBytes(entries * HASH_LENGTH), CHUNK);
  const startedAt = performance.now();
  const starting = instance.startWorker({});
  const stages = awaitStages(database, issuer, entries);
  await starting;
  const finishUsage = measureUsage(instance.parts());
  const times = await stages;
  const usage = finishUsage();
  const after = (moment: number): string => `${((moment - startedAt) / 1_000).toFixed(1)} s`;
  return {
    title: `queued: ${entries} entries of one issuer, from the start of a worker until all are confirmed`,
    rows: [
      ['handed over before (SubmitLeaf, 64 a transaction)', `${((startedAt - handingOver) / 1_000).toFixed(1)} s`],
      ['sealed into batches after', after(times.sealed)],
      ['in transactions after', after(times.submitted)],
      ['anchored after', after(times.anchored)],
      ['confirmed after', after(times.confirmed)],
    ],
    usage,
    findings: [
      {
        holds: (times.confirmed - handingOver) / 1_000 < PROMISED_SECONDS,
        sentence: `handed over, anchored and confirmed in ${((times.confirmed - handingOver) / 1_000).toFixed(1)} s of ${PROMISED_SECONDS}`,
      },
      ...(await checkBatches({ database, rpcUrl: instance.rpcUrl }, issuer, entries)),
    ],
  };
}

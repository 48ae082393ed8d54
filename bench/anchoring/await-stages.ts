import type { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';

/** How far entries have come, in the order of the road. What has come further counts as well. */
const STAGES = ['sealed', 'submitted', 'anchored', 'confirmed'] as const;
type Stage = (typeof STAGES)[number];

/** When (by `performance.now`) all entries had come so far. */
export type StageTimes = Readonly<Record<Stage, number>>;

/** The states of anchors that are at a stage or behind it. */
const STATES: Readonly<Record<Stage, readonly string[]>> = {
  sealed: ['pending', 'submitted', 'anchored', 'confirmed', 'final'],
  submitted: ['submitted', 'anchored', 'confirmed', 'final'],
  anchored: ['anchored', 'confirmed', 'final'],
  confirmed: ['confirmed', 'final'],
};

const LOOK_EVERY_MS = 100;
/** Without any progress for so long it will not come any more. */
const PATIENCE_MS = 120_000;

/** Looks on until `wanted` entries of the issuer are confirmed. Throws when nothing moves any more. */
export async function awaitStages(database: Client, issuerId: string, wanted: number): Promise<StageTimes> {
  const times: Partial<Record<Stage, number>> = {};
  let last = '';
  let movedAt = performance.now();
  while (times.confirmed === undefined) {
    await sleep(LOOK_EVERY_MS);
    const counts = await countStages(database, issuerId);
    const now = performance.now();
    for (const stage of STAGES) {
      if (counts[stage] >= wanted) {
        times[stage] ??= now;
      }
    }
    const told = JSON.stringify(counts);
    movedAt = told === last ? movedAt : now;
    last = told;
    if (now - movedAt > PATIENCE_MS) {
      throw new Error(`Of ${wanted} entries nothing moves any more: ${told}`);
    }
  }
  return times as StageTimes;
}

/** Counts by batches, of which there are few: looking must not disturb. */
async function countStages(database: Client, issuerId: string): Promise<Record<Stage, number>> {
  const { rows } = await database.query<{ state: string; entries: string }>(
    `select a.state, sum(b.size) as entries
     from anchor_batches b join anchors a on a.issuer_id = b.issuer_id and a.batch_id = b.id
     where b.issuer_id = $1 group by a.state`,
    [issuerId],
  );
  const reached = (stage: Stage): number =>
    rows.filter(({ state }) => STATES[stage].includes(state)).reduce((sum, { entries }) => sum + Number(entries), 0);
  return {
    sealed: reached('sealed'),
    submitted: reached('submitted'),
    anchored: reached('anchored'),
    confirmed: reached('confirmed'),
  };
}

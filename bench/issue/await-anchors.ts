import type { Client } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { progressLine } from '../../scripts/launch/say.js';
import type { BenchIssuer } from './instance.js';

export type AnchorProgress = {
  readonly stored: number;
  readonly drawn: number;
  /** Drawn, in a batch, and the batch's root on the chain. */
  readonly anchored: number;
};

/** Without any progress for so long it will not come any more. */
const PATIENCE_MS = 60_000;

/** Looking counts every document, so not often. */
const LOOK_EVERY_MS = 400;

/** Waits until `isEnough`, or until nothing moves any more; answers what there was in the end. */
export async function awaitAnchors(
  database: Client,
  issuers: readonly BenchIssuer[],
  isEnough: (progress: AnchorProgress) => boolean,
): Promise<AnchorProgress> {
  const line = progressLine();
  let last = await anchorProgress(database, issuers);
  let movedAt = performance.now();
  while (!isEnough(last) && performance.now() - movedAt < PATIENCE_MS) {
    await sleep(LOOK_EVERY_MS);
    const now = await anchorProgress(database, issuers);
    if (now.drawn > last.drawn || now.anchored > last.anchored) {
      movedAt = performance.now();
    }
    last = now;
    if (process.stdout.isTTY) {
      line.update(`${now.stored} stored, ${now.drawn} drawn, ${now.anchored} anchored`);
    }
  }
  line.end();
  return last;
}

async function anchorProgress(database: Client, issuers: readonly BenchIssuer[]): Promise<AnchorProgress> {
  const { rows } = await database.query<Record<keyof AnchorProgress, string>>(
    `select (select count(*) from documents where issuer_id = any($1::uuid[])) as stored,
            (select count(*) from documents where issuer_id = any($1::uuid[]) and rendered_at is not null) as drawn,
            (select coalesce(sum(b.size), 0) from anchor_batches b where b.issuer_id = any($1::uuid[]) and exists
              (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id
               and a.state in ('anchored', 'confirmed', 'final'))) as anchored`,
    [issuers.map(({ id }) => id)],
  );
  const [row] = rows;
  return { stored: Number(row?.stored), drawn: Number(row?.drawn), anchored: Number(row?.anchored) };
}

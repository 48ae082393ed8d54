import { setTimeout as pause } from 'node:timers/promises';
import { finding, type Finding } from './finding.js';
import type { ChaosInstance } from './instance.js';

/** What is still to be done, by name; nothing is left when there are no rows. */
const LEFT = `
  select 'document not drawn' as what, id::text as id, coalesce(render_error, '') as state from documents where rendered_at is null
  union all
  select 'event without a leaf', document_id || '/' || seq, type from document_events where leaf is null
  union all
  select 'entry in no batch', encode(leaf, 'hex'), '' from anchor_leaves where batch_id is null
  union all
  select 'batch without an anchor', b.id::text, '' from anchor_batches b
    where not exists (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id)
  union all
  select 'anchor not confirmed', batch_id::text, state || ' nonce ' || coalesce(nonce::text, '-') || ' ' || coalesce(last_error, '')
    from anchors where state not in ('confirmed', 'final')
  union all
  select 'revocation not settled', document_id::text, state || ' nonce ' || coalesce(nonce::text, '-') || ' ' || coalesce(last_error, '')
    from document_revocations where state <> 'revoked'
  union all
  select 'wish in the outbox', id::text, topic from outbox`;

type Row = { readonly what: string; readonly id: string; readonly state: string };

/** Waits until everything that was asked for is done; tells what is stuck when it has not been after so long. */
export async function awaitQuiet(instance: ChaosInstance, patienceMs: number): Promise<Finding> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const left = await instance.query<Row>(LEFT).catch((error: unknown) => [databaseAway(error)]);
    if (left.length === 0 || performance.now() > deadline) {
      return finding(
        'nothing is stuck: all is drawn, sealed, anchored, revoked and confirmed',
        left.map(({ what, id, state }) => `${what}: ${id} ${state}`),
      );
    }
    await pause(500);
  }
}

function databaseAway(error: unknown): Row {
  return { what: 'database', id: '', state: String(error) };
}

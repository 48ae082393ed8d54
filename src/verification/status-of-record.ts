import type { OpenEvent } from '../documents/index.js';
import { outOfForceMark, type DocumentKind } from '../documents/index.js';
import type { Evidence } from '../evidence/index.js';
import { toChinaTime } from '../kernel/index.js';
import type { Fact } from '../proof/index.js';

/**
 * What our own record adds to what the chain says: a document that was reversed or replaced is revoked nowhere, and out of
 * force all the same. The record can only make the answer worse: what is revoked on the chain, or by an event, stays so.
 */
export function withRecordedStatus(
  facts: readonly Fact[],
  { lifeCycle }: Pick<DocumentKind, 'lifeCycle'>,
  evidence: Pick<Evidence, 'document' | 'events' | 'opened'>,
  openEvent: Pick<OpenEvent, 'payloadOf'>,
): Fact[] {
  const { status } = evidence.document;
  if (outOfForceMark(lifeCycle, status) === undefined) {
    return [...facts];
  }
  return facts.map((fact) =>
    fact.question === 'status' && !REVOKED.has(fact.code)
      ? { question: 'status', outcome: 'fails', code: `status.${status}`, detail: detailOf(evidence, openEvent) }
      : fact,
  );
}

const REVOKED: ReadonlySet<string> = new Set(['status.revoked', 'status.revocation-recorded']);

/** When it went out of force, and the number of what took its place, if anything did. */
function detailOf(
  { events, opened }: Pick<Evidence, 'events' | 'opened'>,
  openEvent: Pick<OpenEvent, 'payloadOf'>,
): Record<string, string> {
  const last = events.at(-1);
  if (last === undefined) {
    return {};
  }
  const { successorNumber } = openEvent.payloadOf(opened, last);
  return {
    at: toChinaTime(last.at),
    ...(typeof successorNumber === 'string' ? { successorNumber } : {}),
  };
}

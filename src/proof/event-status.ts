import type { EvidenceEvent } from './evidence-bundle.js';

/**
 * Events after which a document is out of force, whatever its kind, with what the status fact then says. `released` ends
 * a proof of registration only: of other documents it says that a claim was given up.
 */
const ENDS: Readonly<Record<string, string>> = {
  revoked: 'revocation-recorded',
  'red-lettered': 'red-lettered',
  'written-off': 'written-off',
  'last-ticket-refunded': 'refunded',
  superseded: 'superseded',
  transferred: 'superseded',
  changed: 'superseded',
  corrected: 'corrected',
  reissued: 'lost',
  cancelled: 'cancelled',
  lapsed: 'lapsed',
};
const KIND_THAT_RELEASE_ENDS = 'certificate.property-proof';

/** The name of the status fact that an event leads to; undefined while the document stays in force. */
export function endOf(type: string, kind: string): string | undefined {
  if (type === 'released') {
    return kind === KIND_THAT_RELEASE_ENDS ? 'cancelled' : undefined;
  }
  return Object.hasOwn(ENDS, type) ? ENDS[type] : undefined;
}

/**
 * What the events say of the document's status. It is believed whether or not the event is anchored yet: nobody who lies
 * in his favour says that his document is void. That no event says so proves nothing: a bearer can cut the list short.
 */
export function recordedEnd(
  events: readonly EvidenceEvent[],
  kind: string,
): { readonly name: string; readonly at: string } | undefined {
  const ends = events.flatMap(({ type, at }) => {
    const name = endOf(type, kind);
    return name === undefined ? [] : [{ name, at }];
  });
  return ends.at(-1);
}

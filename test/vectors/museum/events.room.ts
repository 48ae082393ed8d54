import type { EvidenceBundle } from '../../../src/proof/index.js';
import { edited, respelt } from './craft.js';
import { cannotTell, json, notValid, valid, type Piece, type Room } from './piece.js';

const REFUTED = notValid('integrity.event-refuted');

const pieces: readonly Piece[] = [
  {
    id: 'events',
    done: 'Nothing: a document with two later events',
    why: 'A control',
    make: ({ eventful }) => json(eventful.bundle),
    expected: valid('integrity.holds', 'integrity.events-hold', 'status.holds'),
  },
  {
    id: 'events-cut-short',
    done: 'The last event left out',
    why: 'Whoever hands a bundle on can do that, and what is left holds: no judge may say that nothing happened',
    make: ({ eventful }) => json({ ...eventful.bundle, events: eventful.bundle.events.slice(0, -1) }),
    expected: valid('integrity.holds', 'integrity.events-hold'),
  },
  {
    id: 'event-left-out',
    done: 'The event in the middle left out',
    why: 'Each names the one before',
    make: ({ eventful: { bundle } }) => json({ ...bundle, events: bundle.events.filter((_, index) => index !== 1) }),
    expected: REFUTED,
  },
  {
    id: 'event-left-out-renumbered',
    done: 'The same, and the last one renumbered',
    why: 'The number is under the leaf, too',
    make: ({ eventful: { bundle } }) =>
      json({
        ...bundle,
        events: [...bundle.events.slice(0, 1), ...bundle.events.slice(2).map((event) => ({ ...event, seq: 1 }))],
      }),
    expected: REFUTED,
  },
  {
    id: 'events-reordered',
    done: 'Two events in each other’s place',
    why: 'What came first decides',
    make: ({ eventful: { bundle } }) => {
      const [first, second, third] = bundle.events;
      return json({ ...bundle, events: [first, third, second] });
    },
    expected: REFUTED,
  },
  {
    id: 'event-of-another-document',
    done: 'An event of another document in the place of one',
    why: 'It is sound and anchored; it happened to something else',
    make: ({ eventful, redLettered }) =>
      json({
        ...eventful.bundle,
        events: [...eventful.bundle.events.slice(0, 1), ...redLettered.bundle.events.slice(1, 2)],
      }),
    expected: notValid('integrity.event-refuted', 'status.red-lettered'),
  },
  {
    id: 'event-payload-changed',
    done: 'The amount in an event changed',
    why: 'What was recorded with it is under its leaf',
    make: ({ eventful }) => json(respelt(eventful.bundle, /:string:-1\.00/, ':string:-9.00')),
    expected: REFUTED,
  },
  {
    id: 'event-renamed',
    done: 'The type beside an event’s data changed to "delivered"',
    why: 'Pages show what stands beside; it must be what stands inside',
    make: ({ eventful }) => json(withEvent(eventful.bundle, { type: 'delivered' })),
    expected: REFUTED,
  },
  {
    id: 'event-moved-in-time',
    done: 'The time beside an event’s data a year earlier',
    why: 'The same with the time',
    make: ({ eventful }) => json(withEvent(eventful.bundle, { at: '2025-03-05T10:30:00.000Z' })),
    expected: REFUTED,
  },
  {
    id: 'event-proof-of-another',
    done: 'The proof of an event from another batch',
    why: 'The event is genuine; that it was anchored is not shown',
    make: ({ eventful }) =>
      json(withEvent(eventful.bundle, { proof: eventful.bundle.document.signature.proof.map((hash) => `0x${hash}`) })),
    expected: REFUTED,
  },
  {
    id: 'event-without-data',
    done: 'An event that has an invented leaf and no data',
    why: 'A hash alone could stand for anything: it is not known to have happened',
    make: ({ eventful }) => json(withoutData(eventful.bundle)),
    expected: cannotTell('integrity.event-not-known'),
  },
  {
    id: 'event-invented-end',
    done: 'An event "revoked" that nobody recorded, without data',
    why: 'Who would call a document void must be able to show it: this one cannot, and nobody is told that it is in force either',
    make: ({ sound }) => json(withInventedEnd(sound.bundle)),
    expected: notValid('status.revocation-recorded'),
  },
];

function withEvent(bundle: EvidenceBundle, changes: Partial<EvidenceBundle['events'][number]>): EvidenceBundle {
  return edited(bundle, ({ events: [, second] }) => {
    Object.assign(second ?? {}, changes);
  });
}

function withoutData(bundle: EvidenceBundle): unknown {
  const [first, second] = bundle.events;
  return { ...bundle, events: [first, { seq: 1, type: second?.type, at: second?.at, leaf: `0x${'ef'.repeat(32)}` }] };
}

function withInventedEnd(bundle: EvidenceBundle): unknown {
  const end = { seq: 1, type: 'revoked', at: '2026-11-22T00:00:00.000Z', leaf: null };
  return { ...bundle, events: [...bundle.events.slice(0, 1), end] };
}

export const eventsRoom: Room = { name: 'What happened later', pieces };

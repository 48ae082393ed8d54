import { because, json, notValid, pdf, pending, valid, type Finding, type Piece, type Room } from './piece.js';

const KNOWS = (finding: Finding): Finding & { readonly because: string } =>
  because(
    'It knows the events; a stamp has none, a bundle can be cut short, and the chain is told of revocations alone',
    finding,
  );

const pieces: readonly Piece[] = [
  {
    id: 'anchored-copy',
    done: 'Nothing: the copy with its stamp as it was handed out',
    why: 'A control',
    make: ({ sound }) => pdf(sound.anchored),
    expected: valid(
      'integrity.pdf-holds',
      'integrity.append-holds',
      'signature.holds',
      'anchor.stamp-holds',
      'issuer.holds',
    ),
  },
  {
    id: 'anchored-copy-of-many-pages',
    done: 'Nothing: the copy of a document of several pages',
    why: 'A control',
    make: ({ later }) => pdf(later.anchored),
    expected: valid('integrity.pdf-holds', 'integrity.append-holds'),
  },
  {
    id: 'copy-of-another-issuer',
    done: 'Nothing: the copy of another issuer’s document',
    why: 'A control',
    make: ({ foreign }) => pdf(foreign.anchored),
    expected: valid('integrity.pdf-holds', 'issuer.holds'),
  },
  {
    id: 'revoked',
    done: 'Revoked by its issuer; the copy was handed out before',
    why: 'The paper does not know, the chain does',
    make: ({ revoked }) => pdf(revoked.anchored),
    expected: notValid('status.revoked'),
  },
  {
    id: 'revoked-bundle-before',
    done: 'Its evidence bundle from before the revocation',
    why: 'Old evidence must not outlive the document',
    make: ({ revoked }) => json({ ...revoked.bundle, events: revoked.bundle.events.slice(0, 1) }),
    expected: notValid('status.revoked'),
  },
  {
    id: 'red-lettered',
    done: 'Reversed by a red-letter invoice',
    why: 'It must not be booked again',
    make: ({ redLettered }) => json(redLettered.bundle),
    expected: notValid('status.red-lettered'),
  },
  {
    id: 'red-lettered-copy',
    done: 'The anchored copy of the same',
    why: 'The file that lies in the books of whoever received it',
    make: ({ redLettered }) => pdf(redLettered.anchored),
    expected: valid('integrity.append-holds'),
    otherwise: { server: KNOWS(notValid('status.red-lettered')) },
  },
  {
    id: 'superseded',
    done: 'A property certificate after the transfer of the property',
    why: 'The former owner still has his copy',
    make: ({ superseded }) => json(superseded.bundle),
    expected: notValid('status.superseded'),
  },
  {
    id: 'superseded-copy',
    done: 'The anchored copy of the same',
    why: 'The former owner still has his copy',
    make: ({ superseded }) => pdf(superseded.anchored),
    expected: valid('integrity.append-holds'),
    otherwise: { server: KNOWS(notValid('status.superseded')) },
  },
  {
    id: 'superseded-events-cut',
    done: 'Its evidence bundle without the event',
    why: 'Who hands it on can cut the list short',
    make: ({ superseded }) => json({ ...superseded.bundle, events: superseded.bundle.events.slice(0, 1) }),
    expected: valid('status.holds'),
    otherwise: { server: KNOWS(notValid('status.superseded')) },
  },
  {
    id: 'cancelled',
    done: 'A proof of registration after the mortgage was paid off',
    why: 'The claim it proves is gone',
    make: ({ cancelled }) => json(cancelled.bundle),
    expected: notValid('status.cancelled'),
  },
  {
    id: 'pending',
    done: 'Its transaction is sent and in no block yet',
    why: 'Too early is not wrong',
    make: ({ pending: waiting }) => json(waiting.bundle),
    expected: pending('anchor.pending'),
  },
  {
    id: 'pending-file',
    done: 'The issued file of the same',
    why: 'What a buyer has in hand a minute after the purchase',
    make: ({ pending: waiting }) => pdf(waiting.issued, { bundle: waiting.bundle }),
    expected: pending('anchor.pending'),
  },
  {
    id: 'pending-said-to-be-anchored',
    done: 'The same bundle with the state "anchored" written into it',
    why: 'The state proves nothing: the store is asked',
    make: ({ pending: waiting }) =>
      json({ ...waiting.bundle, anchors: waiting.bundle.anchors.map((anchor) => ({ ...anchor, state: 'anchored' })) }),
    expected: notValid('anchor.not-anchored'),
  },
  {
    id: 'anchors-left-out',
    done: 'The anchors left out of a sound bundle',
    why: 'What is not said to be anchored is at most pending',
    make: ({ sound }) => json({ ...sound.bundle, anchors: [] }),
    expected: pending('anchor.pending', 'inclusion.pending'),
  },
  {
    id: 'revoked-anchors-left-out',
    done: 'The anchors and later events left out of the bundle of a revoked document',
    why: 'Who hides where it is anchored must not get rid of the revocation',
    make: ({ revoked }) => json({ ...revoked.bundle, anchors: [], events: revoked.bundle.events.slice(0, 1) }),
    expected: notValid('status.revoked'),
  },
  {
    id: 'revoked-on-a-chain-not-named',
    done: 'The anchor of a revoked document said to be on a chain that nobody knows',
    why: 'The document names its own chain under the leaf: the revocation is looked for there, whatever the anchors say',
    make: ({ revoked }) =>
      json({
        ...revoked.bundle,
        events: revoked.bundle.events.slice(0, 1),
        anchors: revoked.bundle.anchors.map((anchor) => ({ ...anchor, chainId: 'eip155:99' })),
      }),
    expected: notValid('status.revoked'),
  },
];

export const statusRoom: Room = { name: 'Status', pieces };

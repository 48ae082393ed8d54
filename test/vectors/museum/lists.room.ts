import type { EvidenceBundle } from '../../../src/proof/index.js';
import {
  because,
  cannotTell,
  json,
  notValid,
  type Circumstances,
  type Finding,
  type Piece,
  type Room,
} from './piece.js';

const NOBODY: Circumstances = { nodes: ['down', 'down', 'down'] };
const withoutEvents = (bundle: EvidenceBundle): EvidenceBundle => ({ ...bundle, events: bundle.events.slice(0, 1) });
const OPEN = cannotTell('anchor.unreachable', 'status.unreachable');

/** The service asks its own lists, and of a bundle that was handed in only its record. */
const byRecord = (finding: Finding): Finding & { readonly because: string } =>
  because('It takes no lists from strangers; it has its record', finding);
const REVOKED_BY_RECORD = byRecord(notValid('status.revoked'));

const pieces: readonly Piece[] = [
  {
    id: 'list-says-ended',
    done: 'The bundle of a revoked document without its events; no node answers, and the issuer’s list is at hand',
    why: 'An end is an end, whoever tells it with the issuer’s signature',
    make: ({ revoked, statusList }) => json(withoutEvents(revoked.bundle), { statusLists: [statusList.token] }),
    circumstances: NOBODY,
    expected: notValid('status.listed-as-ended'),
    otherwise: { server: REVOKED_BY_RECORD },
  },
  {
    id: 'list-with-broken-signature',
    done: 'The same; one character of the list’s signature is changed',
    why: 'A list that nobody signed says nothing',
    make: ({ revoked, statusList }) =>
      json(withoutEvents(revoked.bundle), { statusLists: [withSignatureSpoilt(statusList.token)] }),
    circumstances: NOBODY,
    expected: OPEN,
    otherwise: { server: REVOKED_BY_RECORD },
  },
  {
    id: 'list-of-another-issuer',
    done: 'The same with the list of another issuer, which is sound',
    why: 'Nobody can say what another issuer’s documents are worth',
    make: ({ revoked, statusList }) => json(withoutEvents(revoked.bundle), { statusLists: [statusList.foreignToken] }),
    circumstances: NOBODY,
    expected: OPEN,
    otherwise: { server: REVOKED_BY_RECORD },
  },
  {
    id: 'list-place-of-sibling',
    done: 'The place in the list, in the bundle of a revoked document, replaced by that of a sibling in force',
    why: 'The place is under no leaf: whoever hands the bundle on can write another’s',
    make: ({ revoked, sound, statusList }) =>
      json(
        { ...withoutEvents(revoked.bundle), credentialStatus: sound.bundle.credentialStatus },
        { statusLists: [statusList.token] },
      ),
    circumstances: NOBODY,
    expected: cannotTell('anchor.unreachable', 'status.list-place-unproven'),
    otherwise: { server: REVOKED_BY_RECORD },
  },
  {
    id: 'list-stale',
    done: 'A sound bundle; no node answers, and the list has run out years ago',
    why: 'An old list says nothing of what happened since',
    make: ({ sound, statusList }) => json(sound.bundle, { statusLists: [statusList.token] }),
    circumstances: { ...NOBODY, clock: 'ten-years-fast' },
    expected: cannotTell('anchor.unreachable', 'status.list-stale'),
    otherwise: { server: byRecord(OPEN) },
  },
];

function withSignatureSpoilt(token: string): string {
  const at = token.lastIndexOf('.') + 10;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

export const listsRoom: Room = { name: 'Status lists', pieces };

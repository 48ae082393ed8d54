import { appendsRoom } from './appends.room.js';
import { chainRoom } from './chain.room.js';
import { eventsRoom } from './events.room.js';
import { evidenceRoom } from './evidence.room.js';
import { issuedBytesRoom } from './issued-bytes.room.js';
import { listsRoom } from './lists.room.js';
import type { Finding, Judge, Piece, Room } from './piece.js';
import { signersRoom } from './signers.room.js';
import { stampsRoom } from './stamps.room.js';
import { statusRoom } from './status.room.js';
import { strangersRoom } from './strangers.room.js';

/** The museum, room by room: documents that are broken, each in one way, and sound ones between them. */
export const ROOMS: readonly Room[] = [
  issuedBytesRoom,
  appendsRoom,
  stampsRoom,
  signersRoom,
  evidenceRoom,
  eventsRoom,
  statusRoom,
  listsRoom,
  chainRoom,
  strangersRoom,
];

export const PIECES: readonly Piece[] = ROOMS.flatMap(({ pieces }) => pieces);

/** What this judge has to say of a piece. */
export function findingFor({ expected, otherwise }: Piece, judge: Judge): Finding {
  const { verdict, by } = otherwise?.[judge] ?? expected;
  return { verdict, by };
}

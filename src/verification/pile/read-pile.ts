import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { safeFileName } from '../uploads.js';
import { FileTooLarge, NoFileGiven, PileTooLarge } from '../verification.errors.js';
import { MEGABYTE, PILE_LIMITS, type PileFile } from './pile.js';
import { readArchive, type Room } from './read-archive.js';
import type { Slice, Spool } from './spool.js';

const LARGEST_REQUEST = PILE_LIMITS.requestMegabytes * MEGABYTE;
const LARGEST_FILE = PILE_LIMITS.fileMegabytes * MEGABYTE;
const LIMITS = { fileSize: LARGEST_REQUEST + 1, files: PILE_LIMITS.files + 1, parts: PILE_LIMITS.files + 11 };

type Upload = { readonly fileName: string; readonly slice: Slice | 'too-large'; readonly isArchive: boolean };

/**
 * Takes the whole request to disk, then lists what is in it: only then is it known how many files there are, and a client
 * that sends all before it reads anything does not wait for us while we wait for it.
 *
 * Throws `NoFileGiven`, and `PileTooLarge` when there are more bytes or parts than a pile may have.
 */
export async function readPile(request: FastifyRequest, spool: Spool): Promise<PileFile[]> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_REQUEST) {
    throw new PileTooLarge(`${PILE_LIMITS.requestMegabytes} MB`);
  }
  const uploads: Upload[] = [];
  const intake = { bytes: 0 };
  for await (const part of request.parts({ limits: LIMITS })) {
    const upload = part.type === 'file' ? await received(part, spool, intake) : null;
    if (upload !== null) {
      uploads.push(upload);
    }
    if (uploads.length > PILE_LIMITS.files) {
      throw new PileTooLarge(`${PILE_LIMITS.files} files`);
    }
  }
  if (uploads.length === 0) {
    throw new NoFileGiven();
  }
  return listed(uploads, spool);
}

/** Null when no file was chosen: a form sends an empty part all the same, without a name. */
async function received(
  { filename, file }: MultipartFile,
  spool: Spool,
  intake: { bytes: number },
): Promise<Upload | null> {
  const start = spool.size;
  const fileName = safeFileName(filename);
  const { length, isArchive } = await spooled(file, spool, intake);
  if (length > LARGEST_FILE && !isArchive) {
    spool.cutTo(start);
    return { fileName, slice: 'too-large', isArchive };
  }
  return length === 0 && fileName === '' ? null : { fileName, slice: { start, length }, isArchive };
}

/** Reads all of it, and keeps what a file of its sort may have. */
async function spooled(
  file: AsyncIterable<Buffer>,
  spool: Spool,
  intake: { bytes: number },
): Promise<{ length: number; isArchive: boolean }> {
  let length = 0;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of file) {
    head = head.length < 4 ? Buffer.concat([head, chunk]).subarray(0, 4) : head;
    length += chunk.length;
    intake.bytes += chunk.length;
    if (intake.bytes > LARGEST_REQUEST) {
      throw new PileTooLarge(`${PILE_LIMITS.requestMegabytes} MB`);
    }
    if (length <= LARGEST_FILE || isZip(head)) {
      await spool.append(chunk);
    }
  }
  return { length, isArchive: isZip(head) };
}

/** A local file header, or the end of an archive without entries (APPNOTE.TXT, 4.3.7 and 4.3.16). */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

async function listed(uploads: readonly Upload[], spool: Spool): Promise<PileFile[]> {
  const room: Room = {
    files: PILE_LIMITS.files - uploads.filter(({ isArchive }) => !isArchive).length,
    unpackedBytes: PILE_LIMITS.unpackedMegabytes * MEGABYTE,
  };
  const files: PileFile[] = [];
  for (const { fileName, slice, isArchive } of uploads) {
    if (slice === 'too-large') {
      files.push({ fileName, refusal: new FileTooLarge(PILE_LIMITS.fileMegabytes) });
    } else if (isArchive) {
      files.push(...(await readArchive(spool, slice, fileName, room)));
    } else {
      files.push({ fileName, read: () => spool.read(slice) });
    }
  }
  return files;
}

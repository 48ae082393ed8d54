import { fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { ArchiveRefused, FileTooLarge, type ArchiveFault, type FileRefused } from '../verification.errors.js';
import { entryName, isLeftOver, isUnsafe } from './entry-name.js';
import { MEGABYTE, PILE_LIMITS, type PileFile } from './pile.js';
import type { Slice, Spool } from './spool.js';

/** No PDF or bundle shrinks so much; what is small does no harm however it swells. */
const MOST_SWELLING = 100;
const SMALL = MEGABYTE;
/** Directories and left-overs of operating systems are not counted as files, but somebody has to read past them. */
const MOST_ENTRIES = 4 * PILE_LIMITS.files;
const STORED = 0;
const DEFLATED = 8;

/** How much an archive may still add to its pile. */
export type Room = { files: number; unpackedBytes: number };

type Named = { readonly entry: Entry; readonly name: string };

/**
 * The files of an archive, in its order; nothing is unpacked yet. What is wrong with an entry is said of that entry, what is
 * wrong with the archive in one line for it. Takes what it needs off the room.
 */
export async function readArchive(spool: Spool, slice: Slice, archive: string, room: Room): Promise<PileFile[]> {
  const listed = await listOf(spool, slice, room);
  if ('fault' in listed) {
    return [{ fileName: archive, refusal: new ArchiveRefused(listed.fault) }];
  }
  const { zip, entries } = listed;
  room.files -= entries.length;
  const overlapping = overlappingOf(entries);
  const names = new Set<string>();
  return entries.map((named) => {
    const { entry, name: fileName } = named;
    const refusal = overlapping.has(entry)
      ? new ArchiveRefused('entry-overlapping')
      : (faultOf(named, names) ?? swellingOf(entry, room));
    names.add(fileName);
    return refusal === undefined
      ? { fileName, archive, read: () => unpacked(zip, entry) }
      : { fileName, archive, refusal };
  });
}

type Listed = { readonly zip: ZipFile; readonly entries: readonly Named[] } | { readonly fault: ArchiveFault };

async function listOf(spool: Spool, slice: Slice, room: Room): Promise<Listed> {
  try {
    // Names are judged here: yauzl would give up the whole archive for the sake of one.
    const zip = await fromRandomAccessReaderPromise(spool.readerOf(slice), slice.length, {
      autoClose: false,
      decodeStrings: false,
    });
    const entries = zip.entryCount > MOST_ENTRIES ? [] : await entriesOf(zip);
    if (zip.entryCount > MOST_ENTRIES || entries.length > room.files) {
      return { fault: 'archive-too-many' };
    }
    return entries.length === 0 ? { fault: 'archive-empty' } : { zip, entries };
  } catch {
    // Whatever yauzl found there, it is no ZIP that can be read.
    return { fault: 'archive-unreadable' };
  }
}

async function entriesOf(zip: ZipFile): Promise<Named[]> {
  const found: Named[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = entryName(entry);
    if (!isLeftOver(name)) {
      found.push({ entry, name });
    }
  }
  return found;
}

/** Entries whose bytes another entry uses as well: ten megabytes could be unpacked to petabytes (Fifield, 2019). */
function overlappingOf(entries: readonly Named[]): ReadonlySet<Entry> {
  const inOrder = entries
    .map(({ entry }) => entry)
    .sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  return new Set(
    inOrder.filter((entry) => {
      const start = entry.relativeOffsetOfLocalHeader;
      const isOverlapping = start < end;
      end = Math.max(end, start + entry.compressedSize);
      return isOverlapping;
    }),
  );
}

function faultOf({ entry, name }: Named, names: ReadonlySet<string>): FileRefused | undefined {
  const faults: readonly [ArchiveFault, boolean][] = [
    ['entry-path-unsafe', isUnsafe(name)],
    ['entry-duplicate-name', names.has(name)],
    ['entry-encrypted', entry.isEncrypted()],
    ['entry-unreadable', entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED],
  ];
  const fault = faults.find(([, isSo]) => isSo)?.[0];
  return fault === undefined ? undefined : new ArchiveRefused(fault);
}

/** By what the archive declares; `unpacked` makes sure that it is true. */
function swellingOf({ uncompressedSize, compressedSize }: Entry, room: Room): FileRefused | undefined {
  if (uncompressedSize > PILE_LIMITS.fileMegabytes * MEGABYTE) {
    return new FileTooLarge(PILE_LIMITS.fileMegabytes);
  }
  if (uncompressedSize > SMALL && uncompressedSize > MOST_SWELLING * compressedSize) {
    return new ArchiveRefused('entry-swells');
  }
  if (uncompressedSize > room.unpackedBytes) {
    return new ArchiveRefused('archive-swells');
  }
  room.unpackedBytes -= uncompressedSize;
  return undefined;
}

/** At most as many bytes as declared are ever unpacked: yauzl stops at the first that is too many. */
async function unpacked(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    const isSizeFalse = error instanceof Error && /bytes in the stream/.test(error.message);
    throw new ArchiveRefused(isSizeFalse ? 'entry-size-false' : 'entry-unreadable');
  }
  return Buffer.concat(chunks);
}

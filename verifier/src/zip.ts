import { unzipSync, type UnzipFileInfo } from 'fflate';

/** Why an entry cannot be had, or the whole archive. */
export type ZipRefusal = 'too-large' | 'too-many' | 'named-twice' | 'bad-archive';

/** An entry of an archive. `passed-over` is not wanted; `refused` cannot be had; an empty name means the archive. */
export type ZipEntry =
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'passed-over'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly why: ZipRefusal };

const MOST_ENTRIES = 20_000;
/** Unpacked; a hundred times what the largest invoice takes. */
const LARGEST_ENTRY = 64 * 1024 * 1024;
/** Deflate cannot do better than 1:1032; what claims to was made to harm. */
const BEST_RATIO = 1_100;
/** Unpacked at one time: bytes, and entries. */
const LARGEST_PORTION = 64 * 1024 * 1024;
const MOST_IN_PORTION = 256;

export function isZip(bytes: Uint8Array): boolean {
  // A local file header, or the end of an archive with nothing in it (APPNOTE 4.3.7, 4.3.16).
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/**
 * The files of an archive, unpacked a portion at a time. An entry never takes more memory than it claims, and one that
 * claims too much is refused; entries that lie upon each other, with which small archives unpack to terabytes, make the whole
 * archive refused; so does a list of more entries than are looked at. Of two entries of one name only the first is read.
 */
export function* filesInZip(archive: Uint8Array, isWanted: (name: string) => boolean): Generator<ZipEntry> {
  const listed = list(archive);
  if (!Array.isArray(listed)) {
    yield { kind: 'refused', name: '', why: listed };
    return;
  }
  const seen = new Set<string>();
  const wanted: number[] = [];
  for (const [index, entry] of listed.entries()) {
    const { name } = entry;
    const refusal = seen.has(name) ? 'named-twice' : refusalOf(entry);
    seen.add(name);
    if (!isWanted(name)) {
      yield* name.endsWith('/') ? [] : [{ kind: 'passed-over' as const, name }];
    } else if (refusal === undefined) {
      wanted.push(index);
    } else {
      yield { kind: 'refused', name, why: refusal };
    }
  }
  for (const portion of portionsOf(listed, wanted)) {
    yield* unpacked(archive, listed, portion);
  }
}

/** What the archive says it holds; unpacks nothing. */
function list(archive: Uint8Array): UnzipFileInfo[] | ZipRefusal {
  const listed: UnzipFileInfo[] = [];
  try {
    unzipSync(archive, {
      filter: (entry) => {
        listed.push(entry);
        if (listed.length > MOST_ENTRIES) {
          throw new RangeError('too many');
        }
        return false;
      },
    });
  } catch {
    return listed.length > MOST_ENTRIES ? 'too-many' : 'bad-archive';
  }
  const packed = listed.reduce((sum, { size }) => sum + size, 0);
  return packed <= archive.length ? listed : 'bad-archive';
}

function refusalOf({ size, originalSize }: UnzipFileInfo): ZipRefusal | undefined {
  const isFair =
    originalSize <= LARGEST_ENTRY && size <= LARGEST_ENTRY && originalSize <= BEST_RATIO * Math.max(size, 1);
  return isFair ? undefined : 'too-large';
}

function* portionsOf(listed: readonly UnzipFileInfo[], wanted: readonly number[]): Generator<Set<number>> {
  let portion = new Set<number>();
  let size = 0;
  for (const index of wanted) {
    const { originalSize = 0 } = listed[index] ?? {};
    if (portion.size === MOST_IN_PORTION || (portion.size > 0 && size + originalSize > LARGEST_PORTION)) {
      yield portion;
      portion = new Set();
      size = 0;
    }
    portion.add(index);
    size += originalSize;
  }
  if (portion.size > 0) {
    yield portion;
  }
}

/** One damaged entry spoils what lies beside it in a portion, so they are then unpacked one by one. */
function* unpacked(
  archive: Uint8Array,
  listed: readonly UnzipFileInfo[],
  portion: ReadonlySet<number>,
): Generator<ZipEntry> {
  const together = unpack(archive, portion);
  for (const index of portion) {
    const name = listed[index]?.name ?? '';
    const bytes = (together ?? unpack(archive, new Set([index])))?.get(name);
    yield bytes === undefined ? { kind: 'refused', name, why: 'bad-archive' } : { kind: 'file', name, bytes };
  }
}

function unpack(archive: Uint8Array, portion: ReadonlySet<number>): ReadonlyMap<string, Uint8Array> | undefined {
  let index = -1;
  try {
    const files = unzipSync(archive, {
      filter: () => {
        index += 1;
        return portion.has(index);
      },
    });
    return new Map(Object.entries(files));
  } catch {
    return undefined;
  }
}

import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { filesInZip, isZip, type ZipRefusal } from './zip.js';

/** A file to check, wherever it was found. */
export type PileFile = { readonly name: string; readonly read: () => Uint8Array };

/** Why something that was named, or lies in an archive, could not be read. */
export type Unread = {
  readonly name: string;
  readonly why: ZipRefusal | 'not-there' | 'unreadable' | 'nested-archive' | 'too-deep' | 'link';
};

/** What to check, as it is found: a folder of a million files is never held in memory. */
export type PileItem =
  | { readonly kind: 'file'; readonly file: PileFile }
  | { readonly kind: 'unread'; readonly unread: Unread }
  /** Of another sort than documents come in. */
  | { readonly kind: 'passed-over'; readonly name: string };

/** What documents are called. */
const DOCUMENT = /\.(pdf|json|tt|oa)$/i;
const ARCHIVE = /\.zip$/i;
const LARGEST_FILE = 512 * 1024 * 1024;
const DEEPEST_FOLDER = 32;

/**
 * The files behind what was named: a file is taken whatever it is called; of folders and archives, at any depth, what has
 * the name of a document, or of `wanted`. Links inside folders are not followed, so nothing outside what was named is read.
 */
export function* pileOf(paths: readonly string[], wanted = DOCUMENT): Generator<PileItem> {
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      yield unread(path, 'not-there');
    } else if (found.isDirectory()) {
      yield* filesBelow(path, 0, wanted);
    } else {
      yield* fileAt(path, wanted);
    }
  }
}

function* filesBelow(folder: string, depth: number, wanted: RegExp): Generator<PileItem> {
  const entries = entriesOf(folder);
  if (entries === undefined) {
    yield unread(folder, 'unreadable');
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) {
      yield unread(path, 'link');
    } else if (entry.isDirectory()) {
      yield* depth < DEEPEST_FOLDER ? filesBelow(path, depth + 1, wanted) : [unread(path, 'too-deep')];
    } else if (wanted.test(entry.name) || ARCHIVE.test(entry.name)) {
      yield* fileAt(path, wanted);
    } else {
      yield { kind: 'passed-over', name: path };
    }
  }
}

/** By name; undefined for a folder that may not be read. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined;
  }
}

/** Files are read in one go, not in turns with others: what takes time here is arithmetic, and trips to threads cost more. */
function read(path: string): Uint8Array {
  const { buffer, byteOffset, length } = readFileSync(path);
  // As plain bytes: taking a part of a Buffer costs several times as much.
  return new Uint8Array(buffer, byteOffset, length);
}

function* fileAt(path: string, wanted: RegExp): Generator<PileItem> {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST_FILE) {
    yield unread(path, 'too-large');
    return;
  }
  if (!ARCHIVE.test(path)) {
    yield { kind: 'file', file: { name: path, read: () => read(path) } };
    return;
  }
  const bytes = read(path);
  yield* isZip(bytes) ? inArchive(path, bytes, wanted) : [unread(path, 'bad-archive')];
}

function* inArchive(archive: string, bytes: Uint8Array, wanted: RegExp): Generator<PileItem> {
  const nameOf = (entry: string): string => `${archive}!/${entry}`;
  for (const entry of filesInZip(bytes, (name) => wanted.test(name))) {
    if (entry.kind === 'file') {
      yield { kind: 'file', file: { name: nameOf(entry.name), read: () => entry.bytes } };
    } else if (entry.kind === 'refused') {
      yield unread(entry.name === '' ? archive : nameOf(entry.name), entry.why);
    } else if (ARCHIVE.test(entry.name)) {
      yield unread(nameOf(entry.name), 'nested-archive');
    } else if (!isLitter(entry.name)) {
      yield { kind: 'passed-over', name: nameOf(entry.name) };
    }
  }
}

/** What some systems put beside every file of an archive. */
function isLitter(name: string): boolean {
  return name.startsWith('__MACOSX/') || basename(name).startsWith('._');
}

function unread(name: string, why: Unread['why']): PileItem {
  return { kind: 'unread', unread: { name, why } };
}

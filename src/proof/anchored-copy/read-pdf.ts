import { MOST_OBJECTS, readCrossReferences } from './cross-references.js';
import type { CrossReferences } from './cross-references.js';
import { PdfFile } from './pdf-file.js';
import type { ObjectPlace, PdfRevision } from './pdf-file.js';
import { latin, standsAt } from './pdf-bytes.js';
import { PdfParser } from './pdf-parser.js';
import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfRef } from './pdf-values.js';
import type { PdfDictionary } from './pdf-values.js';

type Section = PdfRevision & Pick<CrossReferences, 'places'>;

const MOST_REVISIONS = 64;
/** The last line of each revision. */
export const EOF_MARK = '%%EOF';

/**
 * Opens a PDF of the plain form that our writer makes and incremental updates keep: cross-references as tables or as streams
 * that are not compressed, no encryption, nothing after the last `%%EOF` but one line end. Objects are read when they are
 * asked for, and those in object streams not at all.
 *
 * Whatever the bytes are, it ends soon, needs no more memory than a small multiple of them, and throws `PdfUnreadable` or
 * nothing. What it cannot read is not thereby wrong: many good PDFs are of another form.
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  const sections = readSections(bytes);
  const places = new Map<number, ObjectPlace>();
  for (const section of sections) {
    for (const [number, place] of section.places) {
      if (!places.has(number)) {
        places.set(number, place);
      }
    }
  }
  const revisions = sections
    .map(({ xrefAt, end, trailer, isStream }) => ({ xrefAt, end, trailer, isStream }))
    .reverse();
  return new PdfFile(bytes, revisions, places);
}

/** Newest first. Each MUST end before the one after it begins. */
function readSections(bytes: Uint8Array): Section[] {
  const sections: Section[] = [];
  let at: number | null = lastXref(bytes);
  let before = bytes.length;
  let count = 0;
  while (at !== null) {
    const section = readSection(bytes, at);
    count += section.places.length;
    const isInPlace = sections.length === 0 ? section.end === before : section.end <= before;
    if (!isInPlace || sections.length >= MOST_REVISIONS || count > MOST_OBJECTS) {
      throw new PdfUnreadable(`The revision that ends at byte ${section.end} is out of order, or one too many`);
    }
    sections.push(section);
    before = section.xrefAt;
    at = previousOf(section.trailer);
  }
  return sections;
}

function previousOf(trailer: PdfDictionary): number | null {
  const previous = trailer.get('Prev');
  if (previous !== undefined && typeof previous !== 'number') {
    throw new PdfUnreadable('/Prev is not a number');
  }
  return previous ?? null;
}

/** What `startxref` at the end of the file says. */
function lastXref(bytes: Uint8Array): number {
  const tail = latin(bytes.subarray(-64));
  const [, offset] = /startxref[\r\n]{1,2}(\d{1,15})[\r\n]{1,2}%%EOF(?:\r\n|\n|\r)?$/.exec(tail) ?? [];
  if (offset === undefined) {
    throw new PdfUnreadable('The file does not end with startxref and %%EOF');
  }
  return Number(offset);
}

function readSection(bytes: Uint8Array, xrefAt: number): Section {
  const parser = new PdfParser(bytes, xrefAt);
  const { places, trailer, isStream } = readCrossReferences(parser, bytes);
  if (!(trailer.get('Root') instanceof PdfRef) || trailer.has('Encrypt') || trailer.has('XRefStm')) {
    parser.fail('The trailer has no /Root, is encrypted, or has cross-references in two forms');
  }
  parser.skipSpace();
  parser.expect('startxref');
  parser.skipSpace();
  if (parser.integer() !== xrefAt) {
    parser.fail('startxref points elsewhere');
  }
  if (!parser.acceptLineEnd()) {
    parser.fail('A line end is missing');
  }
  parser.expect(EOF_MARK);
  parser.acceptLineEnd();
  return { xrefAt, end: parser.at, trailer, isStream, places };
}

/** Ends of all revisions that a file could have, by its `%%EOF` marks alone: for files that are damaged elsewhere. */
export function possibleEnds(bytes: Uint8Array, most = MOST_REVISIONS): number[] {
  const ends: number[] = [];
  for (let at = indexOf(bytes, EOF_MARK, 0); at >= 0 && ends.length < most; at = indexOf(bytes, EOF_MARK, at + 1)) {
    const parser = new PdfParser(bytes, at + EOF_MARK.length);
    parser.acceptLineEnd();
    ends.push(parser.at);
  }
  return ends;
}

/** The first place of `text` (Latin-1) from `from` on, or -1. */
export function indexOf(bytes: Uint8Array, text: string, from: number): number {
  // Names and words are everywhere in a PDF: a character that is neither is found sooner.
  const rare = Math.max(0, text.search(/[^\w\s/()<>[\]]/));
  const byte = text.charCodeAt(rare);
  for (let at = bytes.indexOf(byte, from + rare); at >= 0; at = bytes.indexOf(byte, at + 1)) {
    if (standsAt(bytes, at - rare, text)) {
      return at - rare;
    }
  }
  return -1;
}

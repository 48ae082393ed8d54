import type { ObjectPlace } from './pdf-file.js';
import type { PdfParser } from './pdf-parser.js';
import { PdfName, isArray } from './pdf-values.js';
import type { PdfDictionary } from './pdf-values.js';

/** Where one revision says that its objects are. */
export type CrossReferences = {
  readonly places: readonly (readonly [number: number, place: ObjectPlace])[];
  readonly trailer: PdfDictionary;
  /** Written as a stream, whose dictionary is the trailer; else as a table. */
  readonly isStream: boolean;
};

type Places = [number: number, place: ObjectPlace][];

export const MOST_OBJECTS = 500_000;

/** Reads the cross-references that begin where `parser` is, up to `startxref`. */
export function readCrossReferences(parser: PdfParser, bytes: Uint8Array): CrossReferences {
  return parser.accept('xref') ? readTable(parser) : readStream(parser, bytes);
}

function readTable(parser: PdfParser): CrossReferences {
  const places: Places = [];
  parser.skipSpace();
  while (!parser.accept('trailer')) {
    readSubsection(parser, places);
    parser.skipSpace();
  }
  parser.skipSpace();
  return { places, trailer: parser.dictionary(), isStream: false };
}

/** `0 12` and twelve entries of twenty bytes. Source: ISO 32000-1, 7.5.4. */
function readSubsection(parser: PdfParser, places: Places): void {
  const first = parser.integer();
  parser.expect(' ');
  const count = parser.integer();
  if (!parser.accept(' \n')) {
    parser.acceptLineEnd();
  }
  if (first + count > MOST_OBJECTS || places.length + count > MOST_OBJECTS) {
    parser.fail('Too many objects');
  }
  for (let index = 0; index < count; index += 1) {
    places.push([first + index, parser.xrefEntry()]);
  }
}

/** Without a filter only. Source: ISO 32000-1, 7.5.8. */
function readStream(parser: PdfParser, bytes: Uint8Array): CrossReferences {
  parser.integer();
  parser.expect(' ');
  parser.integer();
  parser.expect(' obj');
  parser.skipSpace();
  const trailer = parser.dictionary();
  const type = trailer.get('Type');
  if (!(type instanceof PdfName) || type.name !== 'XRef' || trailer.has('Filter')) {
    parser.fail('The cross-references are compressed, or none');
  }
  parser.skipSpace();
  parser.expect('stream');
  if (!parser.accept('\r\n')) {
    parser.expect('\n');
  }
  const places = readEntries(parser, bytes, trailer);
  parser.acceptLineEnd();
  parser.expect('endstream');
  parser.skipSpace();
  parser.expect('endobj');
  return { places, trailer, isStream: true };
}

function readEntries(parser: PdfParser, bytes: Uint8Array, trailer: PdfDictionary): Places {
  const middle = middleWidth(parser, trailer);
  const last = countsOf(trailer, 'W')?.[2] ?? 0;
  const numbers = numbersOf(parser, countsOf(trailer, 'Index') ?? [0, Number(trailer.get('Size'))]);
  const width = 1 + middle + last;
  const length = numbers.length * width;
  if (trailer.get('Length') !== length || parser.at + length > bytes.length) {
    parser.fail('The cross-reference stream has another length');
  }
  const places: Places = numbers.map((number, index) => {
    const at = parser.at + width * index;
    return [number, placeOf(bytes[at] ?? 0, valueAt(bytes, at + 1, middle))];
  });
  parser.at += length;
  return places;
}

/** Bytes of the middle field of an entry. The first MUST be one byte: without it the type would have to be guessed. */
function middleWidth(parser: PdfParser, trailer: PdfDictionary): number {
  const [type, middle = NaN, last = NaN] = countsOf(trailer, 'W') ?? [];
  if (type !== 1 || !(middle >= 1 && middle <= 6 && last <= 2)) {
    parser.fail('The entries of the cross-reference stream have another form');
  }
  return middle;
}

/** Types that are not known are references to nothing, as the standard says. */
function placeOf(type: number, value: number): ObjectPlace {
  return type === 1 ? value : type === 2 ? 'packed' : null;
}

function numbersOf(parser: PdfParser, sections: readonly number[]): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < sections.length; index += 2) {
    const [first = NaN, count = NaN] = sections.slice(index, index + 2);
    if (!(first + count <= MOST_OBJECTS && numbers.length + count <= MOST_OBJECTS)) {
      parser.fail('Too many objects');
    }
    for (let number = first; number < first + count; number += 1) {
      numbers.push(number);
    }
  }
  return numbers;
}

/** An array of whole numbers; undefined when the entry is absent. Any other value is no number at all. */
function countsOf(trailer: PdfDictionary, key: string): number[] | undefined {
  const value = trailer.get(key);
  return isArray(value)
    ? value.map((item) => (Number.isSafeInteger(item) && Number(item) >= 0 ? Number(item) : NaN))
    : undefined;
}

function valueAt(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let at = from; at < from + width; at += 1) {
    value = value * 256 + (bytes[at] ?? 0);
  }
  return value;
}

import { openSync, readSync } from 'node:fs';

/**
 * A TrueType file (OpenType, `glyf`) that stays open. Its small tables are in memory; outlines, nearly all of a Chinese font's
 * ten megabytes, are read one by one: a face costs next to nothing before it draws.
 */
export type TrueTypeTables = {
  readonly head: Uint8Array;
  readonly hhea: Uint8Array;
  /** In units of the font. */
  readonly unitsPerEm: number;
  /** Glyph number; 0 when the font does not draw the character. */
  glyphOf(codePoint: number): number;
  glyphBytes(glyph: number): Uint8Array;
  metrics(glyph: number): { readonly advance: number; readonly bearing: number };
};

const DIRECTORY_ENTRY = 16;
const HEADER = 12;

export function openTrueType(path: string): TrueTypeTables {
  const file = openSync(path, 'r');
  const places = placesOf(file);
  const place = (tag: string): Place => {
    const found = places.get(tag);
    if (found === undefined) {
      throw new Error(`${path} has no table "${tag}"; a TrueType font with glyf outlines is needed.`);
    }
    return found;
  };
  const table = (tag: string): Uint8Array => readAt(file, place(tag));
  const [head, hhea, hmtx] = [table('head'), table('hhea'), viewOf(table('hmtx'))];
  const offsetOf = glyphOffsets(viewOf(table('loca')), viewOf(head).getInt16(50) === 1);
  const outlines = place('glyf').at;
  const measured = viewOf(hhea).getUint16(34);
  return {
    head,
    hhea,
    unitsPerEm: viewOf(head).getUint16(18),
    glyphOf: glyphsByCharacter(viewOf(table('cmap')), path),
    glyphBytes: (glyph) => {
      const at = offsetOf(glyph);
      return readAt(file, { at: outlines + at, length: offsetOf(glyph + 1) - at });
    },
    metrics: (glyph) => ({
      advance: hmtx.getUint16(4 * Math.min(glyph, measured - 1)),
      bearing: hmtx.getInt16(glyph < measured ? 4 * glyph + 2 : 4 * measured + 2 * (glyph - measured)),
    }),
  };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Place = { readonly at: number; readonly length: number };

function placesOf(file: number): Map<string, Place> {
  const count = viewOf(readAt(file, { at: 0, length: HEADER })).getUint16(4);
  const directory = readAt(file, { at: HEADER, length: DIRECTORY_ENTRY * count });
  const view = viewOf(directory);
  const places = new Map<string, Place>();
  for (let entry = 0; entry < directory.length; entry += DIRECTORY_ENTRY) {
    const tag = String.fromCharCode(...directory.subarray(entry, entry + 4));
    places.set(tag, { at: view.getUint32(entry + 8), length: view.getUint32(entry + 12) });
  }
  return places;
}

/** Throws when the file ends before `length` bytes are read: a font cut short MUST NOT draw half a character. */
function readAt(file: number, { at, length }: Place): Uint8Array {
  const bytes = new Uint8Array(length);
  if (readSync(file, bytes, 0, length, at) !== length) {
    throw new Error(`The font file ends before byte ${at + length}; install the package it came with again.`);
  }
  return bytes;
}

function glyphOffsets(loca: DataView, isLong: boolean): (glyph: number) => number {
  return isLong ? (glyph) => loca.getUint32(4 * glyph) : (glyph) => 2 * loca.getUint16(2 * glyph);
}

const WINDOWS = 3;
const ALL_OF_UNICODE = 10;
const GROUP = 12;
const GROUPS = 16;

/** The table of characters in its format 12: ranges of code points whose glyphs follow each other, in ascending order. */
function glyphsByCharacter(cmap: DataView, path: string): (codePoint: number) => number {
  const at = Array.from({ length: cmap.getUint16(2) }, (_, index) => 4 + 8 * index).find(
    (entry) => cmap.getUint16(entry) === WINDOWS && cmap.getUint16(entry + 2) === ALL_OF_UNICODE,
  );
  const table = at === undefined ? 0 : cmap.getUint32(at + 4);
  if (at === undefined || cmap.getUint16(table) !== 12) {
    throw new Error(`${path} has no table of characters for all of Unicode (cmap 3, 10, format 12).`);
  }
  const count = cmap.getUint32(table + 12);
  return (codePoint) => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const group = table + GROUPS + GROUP * middle;
      if (codePoint > cmap.getUint32(group + 4)) {
        low = middle + 1;
      } else if (codePoint < cmap.getUint32(group)) {
        high = middle;
      } else {
        return cmap.getUint32(group + 8) + codePoint - cmap.getUint32(group);
      }
    }
    return 0;
  };
}

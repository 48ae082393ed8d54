import type { Alphabet } from './alphabet.js';
import { documentFont } from './fonts.js';
import { viewOf } from './true-type.js';

/** What a glyph brings into a font program. */
type Piece = {
  /** The outline, padded to a multiple of four bytes. */
  readonly outline: Uint8Array;
  /** Sum of its 32-bit words: what it adds to the checksum of the table. */
  readonly sum: number;
  readonly advance: number;
  readonly bearing: number;
};

/** The start of every font program of one alphabet: `.notdef` and the alphabet's glyphs. */
type Foundation = { readonly pieces: readonly Piece[]; readonly outlines: Uint8Array; readonly sum: number };

const pieces = new Map<number, Piece>();
const foundations = new WeakMap<Alphabet, Foundation>();

/** In the order of the directory, which MUST be that of the alphabet. */
const TAGS = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const;
const HEAD_LENGTH = 56;
const HHEA_LENGTH = 36;
const MAXP_LENGTH = 32;
const GLYF_AT = 12 + 16 * TAGS.length + HEAD_LENGTH + HHEA_LENGTH + MAXP_LENGTH;

/**
 * The TrueType program of one document: `.notdef`, the alphabet, then `others`, so that a glyph's number is its character's
 * code. Cut out of the full font outline by outline without decoding any; what the alphabet brings is cut once in a process.
 * The same characters in the same order give the same bytes.
 */
export function fontProgram(alphabet: Alphabet, others: readonly number[]): Uint8Array {
  const foundation = foundationOf(alphabet);
  const further = others.map((codePoint) => pieceOf(documentFont().glyphOf(codePoint)));
  const all = [...foundation.pieces, ...further];
  const outlines = further.reduce((sum, { outline }) => sum + outline.length, foundation.outlines.length);
  const metricsAt = GLYF_AT + outlines;
  const placesAt = metricsAt + 4 * all.length;
  const file = new Uint8Array(placesAt + 4 * (all.length + 1));
  file.set(foundation.outlines, GLYF_AT);
  let at = GLYF_AT + foundation.outlines.length;
  let glyfSum = foundation.sum;
  for (const { outline, sum } of further) {
    file.set(outline, at);
    at += outline.length;
    glyfSum = (glyfSum + sum) >>> 0;
  }
  writeMetrics(viewOf(file), all, metricsAt, placesAt);
  writeHeads(file, all.length);
  writeDirectory(viewOf(file), glyfSum, {
    glyf: [GLYF_AT, outlines],
    head: [GLYF_AT - MAXP_LENGTH - HHEA_LENGTH - HEAD_LENGTH, 54],
    hhea: [GLYF_AT - MAXP_LENGTH - HHEA_LENGTH, HHEA_LENGTH],
    maxp: [GLYF_AT - MAXP_LENGTH, MAXP_LENGTH],
    hmtx: [metricsAt, 4 * all.length],
    loca: [placesAt, 4 * (all.length + 1)],
  });
  return file;
}

function foundationOf(alphabet: Alphabet): Foundation {
  let foundation = foundations.get(alphabet);
  if (foundation === undefined) {
    const { glyphOf } = documentFont();
    const own = [pieceOf(0), ...alphabet.codePoints.map((codePoint) => pieceOf(glyphOf(codePoint)))];
    const outlines = new Uint8Array(Buffer.concat(own.map(({ outline }) => outline)));
    foundation = { pieces: own, outlines, sum: checksum(viewOf(outlines), 0, outlines.length) };
    foundations.set(alphabet, foundation);
  }
  return foundation;
}

function pieceOf(glyph: number): Piece {
  let piece = pieces.get(glyph);
  if (piece === undefined) {
    const { tables } = documentFont();
    const source = tables.glyphBytes(glyph);
    if (source.length > 0 && viewOf(source).getInt16(0) < 0) {
      throw new Error(`Glyph ${glyph} is made of other glyphs; the document font MUST hold simple outlines only.`);
    }
    const outline = new Uint8Array(Math.ceil(source.length / 4) * 4);
    outline.set(source);
    piece = { outline, sum: checksum(viewOf(outline), 0, outline.length), ...tables.metrics(glyph) };
    pieces.set(glyph, piece);
  }
  return piece;
}

function writeMetrics(view: DataView, all: readonly Piece[], metricsAt: number, placesAt: number): void {
  let place = 0;
  for (const [index, { outline, advance, bearing }] of all.entries()) {
    view.setUint16(metricsAt + 4 * index, advance);
    view.setInt16(metricsAt + 4 * index + 2, bearing);
    view.setUint32(placesAt + 4 * index, place);
    place += outline.length;
  }
  view.setUint32(placesAt + 4 * all.length, place);
}

function writeHeads(file: Uint8Array, count: number): void {
  const { head, hhea, maxp } = documentFont().tables;
  const view = viewOf(file);
  const maxpAt = GLYF_AT - MAXP_LENGTH;
  const hheaAt = maxpAt - HHEA_LENGTH;
  const headAt = hheaAt - HEAD_LENGTH;
  file.set(head, headAt);
  view.setInt16(headAt + 50, 1); // long places
  file.set(hhea, hheaAt);
  view.setUint16(hheaAt + 34, count);
  file.set(maxp, maxpAt);
  view.setUint16(maxpAt + 4, count);
}

/** The sfnt container; checksums are those of the OpenType specification. */
function writeDirectory(
  view: DataView,
  glyfSum: number,
  tables: Readonly<Record<(typeof TAGS)[number], readonly [at: number, length: number]>>,
): void {
  const power = 2 ** Math.floor(Math.log2(TAGS.length));
  view.setUint32(0, 0x0001_0000);
  view.setUint16(4, TAGS.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (TAGS.length - power) * 16);
  for (const [index, tag] of TAGS.entries()) {
    const [at, length] = tables[tag];
    const entry = 12 + 16 * index;
    for (let letter = 0; letter < 4; letter += 1) {
      view.setUint8(entry + letter, tag.charCodeAt(letter));
    }
    view.setUint32(entry + 4, tag === 'glyf' ? glyfSum : checksum(view, at, Math.ceil(length / 4) * 4));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, length);
  }
}

function checksum(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let offset = at; offset < at + length; offset += 4) {
    sum = (sum + view.getUint32(offset)) >>> 0;
  }
  return sum;
}

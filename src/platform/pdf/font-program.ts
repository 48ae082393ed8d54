import type { Alphabet } from './alphabet.js';
import { adler32, ByteCode, joinedAdler32, type Bits } from './bit-code.js';
import { BitStream } from './bit-stream.js';
import { documentFont } from './fonts.js';
import { viewOf } from './true-type.js';

/** What a glyph brings into a font program, or a row of glyphs. */
type Piece = {
  /** The outlines in the font's code, and their length in bytes without it: a multiple of four. */
  readonly bits: Bits;
  readonly length: number;
  /** Sum of their 32-bit words: what they add to the checksum of the table. */
  readonly sum: number;
  readonly adler: number;
};
type Glyph = Piece & { readonly outline: Uint8Array; readonly advance: number; readonly bearing: number };
/** The start of every font program of one alphabet: `.notdef` and the alphabet's glyphs. */
type Foundation = { readonly glyphs: readonly Glyph[]; readonly piece: Piece };

/** A font file, compressed, and how long it is when it is not. The bytes are valid until the next font is made. */
export type FontProgram = { readonly bytes: Uint8Array; readonly length: number };

const glyphs = new Map<number, Glyph>();
const foundations = new WeakMap<Alphabet, Foundation>();

/** In the order of the directory, which MUST be that of the alphabet. */
const TAGS = ['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'] as const;
const DIRECTORY = 12 + 16 * TAGS.length;
const HEAD_AT = DIRECTORY;
const HHEA_AT = HEAD_AT + 56;
const MAXP_AT = HHEA_AT + 36;
const GLYF_AT = MAXP_AT + 32;

/**
 * The TrueType program of one document: `.notdef`, the alphabet, then `others`, so that a glyph's number is its character's
 * code. Cut out of the full font outline by outline; each is encoded once in a process, what the alphabet brings in one piece.
 * The same characters in the same order give the same bytes.
 */
export function fontProgram(alphabet: Alphabet, others: readonly number[]): FontProgram {
  const { glyphOf } = documentFont();
  const foundation = foundationOf(alphabet);
  const further = others.map((codePoint) => glyphCalled(glyphOf(codePoint)));
  const all = [...foundation.glyphs, ...further];
  const outlines = [foundation.piece, ...further].reduce((sum, { length }) => sum + length, 0);
  const tail = tailOf(all);
  const sum = [foundation.piece, ...further].reduce((total, piece) => (total + piece.sum) >>> 0, 0);
  const head = headOf(all.length, { sum, outlines, tail });
  return {
    bytes: compressed(head, [foundation.piece, ...further], tail.bytes),
    length: GLYF_AT + outlines + tail.bytes.length,
  };
}

function foundationOf(alphabet: Alphabet): Foundation {
  let foundation = foundations.get(alphabet);
  if (foundation === undefined) {
    const { glyphOf } = documentFont();
    const own = [glyphCalled(0), ...alphabet.codePoints.map((codePoint) => glyphCalled(glyphOf(codePoint)))];
    const outlines = Buffer.concat(own.map(({ outline }) => outline));
    foundation = { glyphs: own, piece: pieceOf(outlines) };
    foundations.set(alphabet, foundation);
  }
  return foundation;
}

function glyphCalled(number: number): Glyph {
  let glyph = glyphs.get(number);
  if (glyph === undefined) {
    const outline = outlineOf(number);
    glyph = { ...pieceOf(outline), outline, ...documentFont().tables.metrics(number) };
    glyphs.set(number, glyph);
  }
  return glyph;
}

/** Padded to a multiple of four bytes. */
function outlineOf(number: number): Uint8Array {
  const source = documentFont().tables.glyphBytes(number);
  if (source.length > 0 && viewOf(source).getInt16(0) < 0) {
    throw new Error(`Glyph ${number} is made of other glyphs; the document font MUST hold simple outlines only.`);
  }
  const outline = new Uint8Array(Math.ceil(source.length / 4) * 4);
  outline.set(source);
  return outline;
}

function pieceOf(outlines: Uint8Array): Piece {
  return {
    bits: codeOfOutlines().encode(outlines),
    length: outlines.length,
    sum: checksum(viewOf(outlines), 0, outlines.length),
    adler: adler32(outlines),
  };
}

let code: ByteCode | undefined;

/** The code that suits Chinese characters: a row of them from the middle of the font, always the same. */
function codeOfOutlines(): ByteCode {
  if (code === undefined) {
    const { glyphOf } = documentFont();
    const sample = Array.from({ length: 256 }, (_, index) => outlineOf(glyphOf(0x5b00 + 2 * index)));
    code = new ByteCode(Buffer.concat(sample));
  }
  return code;
}

type Tail = { readonly bytes: Uint8Array; readonly isLong: boolean; readonly measured: number };

/** Metrics and places of the outlines. Glyphs at the end that are all as wide as the last name their width once. */
function tailOf(all: readonly Glyph[]): Tail {
  const last = all.at(-1)?.advance;
  const measured = 2 + all.findLastIndex(({ advance }) => advance !== last);
  const outlines = all.reduce((sum, { length }) => sum + length, 0);
  const isLong = outlines > 0x1_fffe;
  const metrics = metricsLength(all.length, measured);
  const bytes = new Uint8Array(metrics + (all.length + 1) * (isLong ? 4 : 2));
  const view = viewOf(bytes);
  let place = 0;
  for (const [index, { length, advance, bearing }] of all.entries()) {
    if (index < measured) {
      view.setUint16(4 * index, advance);
      view.setInt16(4 * index + 2, bearing);
    } else {
      view.setInt16(2 * measured + 2 * index, bearing);
    }
    writePlace(view, metrics, { index, place, isLong });
    place += length;
  }
  writePlace(view, metrics, { index: all.length, place, isLong });
  return { bytes, isLong, measured };
}

const metricsLength = (count: number, measured: number): number => Math.ceil((2 * measured + 2 * count) / 4) * 4;

function writePlace(
  view: DataView,
  at: number,
  { index, place, isLong }: { readonly index: number; readonly place: number; readonly isLong: boolean },
): void {
  if (isLong) {
    view.setUint32(at + 4 * index, place);
  } else {
    view.setUint16(at + 2 * index, place / 2);
  }
}

/** Everything before the outlines: the directory and the tables that tell how many glyphs there are. */
function headOf(
  count: number,
  { sum, outlines, tail }: { readonly sum: number; readonly outlines: number; readonly tail: Tail },
): Uint8Array {
  const { head, hhea, maxp } = documentFont().tables;
  const file = new Uint8Array(GLYF_AT);
  const view = viewOf(file);
  file.set(head, HEAD_AT);
  view.setInt16(HEAD_AT + 50, tail.isLong ? 1 : 0);
  file.set(hhea, HHEA_AT);
  view.setUint16(HHEA_AT + 34, tail.measured);
  file.set(maxp, MAXP_AT);
  view.setUint16(MAXP_AT + 4, count);
  const metricsAt = GLYF_AT + outlines;
  const metrics = metricsLength(count, tail.measured);
  const tailView = viewOf(tail.bytes);
  writeDirectory(view, {
    glyf: [GLYF_AT, outlines, sum],
    head: [HEAD_AT, 54, checksum(view, HEAD_AT, 56)],
    hhea: [HHEA_AT, 36, checksum(view, HHEA_AT, 36)],
    maxp: [MAXP_AT, 32, checksum(view, MAXP_AT, 32)],
    hmtx: [metricsAt, 2 * tail.measured + 2 * count, checksum(tailView, 0, metrics)],
    loca: [metricsAt + metrics, tail.bytes.length - metrics, checksum(tailView, metrics, tail.bytes.length - metrics)],
  });
  return file;
}

/** The sfnt container; checksums are those of the OpenType specification. */
function writeDirectory(
  view: DataView,
  tables: Readonly<Record<(typeof TAGS)[number], readonly [at: number, length: number, sum: number]>>,
): void {
  const power = 2 ** Math.floor(Math.log2(TAGS.length));
  view.setUint32(0, 0x0001_0000);
  view.setUint16(4, TAGS.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (TAGS.length - power) * 16);
  for (const [index, tag] of TAGS.entries()) {
    const [at, length, sum] = tables[tag];
    const entry = 12 + 16 * index;
    for (let letter = 0; letter < 4; letter += 1) {
      view.setUint8(entry + letter, tag.charCodeAt(letter));
    }
    view.setUint32(entry + 4, sum);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, length);
  }
}

/** A last word that is cut short counts as if zeros followed. */
function checksum(view: DataView, at: number, length: number): number {
  let sum = 0;
  let offset = at;
  for (; offset + 4 <= at + length; offset += 4) {
    sum = (sum + view.getUint32(offset)) >>> 0;
  }
  return offset < at + length ? (sum + view.getUint16(offset) * 0x1_0000) >>> 0 : sum;
}

/** One for all: its room is as large as a font, and would be thrown away with every document. */
const stream = new BitStream();

/** A zlib stream: `head` as it is, the outlines in their code, `tail` as it is. */
function compressed(head: Uint8Array, pieces: readonly Piece[], tail: Uint8Array): Uint8Array {
  const outlineBits = pieces.reduce((sum, { bits }) => sum + bits.length, 0);
  const { header } = codeOfOutlines();
  const end = codeOfOutlines().end();
  const room = 64 + head.length + tail.length + Math.ceil((header.length + outlineBits + end.length) / 8);
  stream.begin(room);
  stream.byte(0x78);
  stream.byte(0x01);
  stream.stored(head, false);
  stream.put(0, 1);
  stream.append(header);
  let adler = adler32(head);
  for (const piece of pieces) {
    stream.append(piece.bits);
    adler = joinedAdler32(adler, piece.adler, piece.length);
  }
  stream.append(end);
  stream.stored(tail, true);
  adler = joinedAdler32(adler, adler32(tail), tail.length);
  for (const shift of [24, 16, 8, 0]) {
    stream.byte((adler / 2 ** shift) & 0xff);
  }
  return stream.bytes();
}

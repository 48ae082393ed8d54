import { constants, deflateRawSync } from 'node:zlib';
import { adler32, joinedAdler32 } from './adler.js';
import type { Alphabet } from './alphabet.js';
import { documentFont } from './fonts.js';
import { viewOf } from './true-type.js';

/** What a glyph brings into a font program, or a row of glyphs. */
type Piece = {
  /** Its length is a multiple of four. */
  readonly outline: Uint8Array;
  /** Sum of their 32-bit words: what they add to the checksum of the table. */
  readonly sum: number;
  readonly adler: number;
};
type Glyph = Piece & { readonly advance: number; readonly bearing: number };
/** The start of every font program of one alphabet: `.notdef` and the alphabet's glyphs. */
type Foundation = {
  readonly glyphs: readonly Glyph[];
  readonly piece: Piece;
  /** The outlines as blocks of deflate that end at a whole byte; none is the last. */
  readonly packed: Uint8Array;
};
/** What the foundation does not bring. */
type OwnPart = { readonly pieces: readonly Piece[]; readonly tail: Uint8Array };

/** A font file, compressed, and how long it is when it is not. */
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
 * code. Cut out of the full font outline by outline; what the alphabet brings is compressed once in a process. The same characters in the same order give the same bytes.
 */
export function fontProgram(alphabet: Alphabet, others: readonly number[]): FontProgram {
  const { glyphOf } = documentFont();
  const foundation = foundationOf(alphabet);
  const further = others.map((codePoint) => glyphCalled(glyphOf(codePoint)));
  const all = [...foundation.glyphs, ...further];
  const outlines = [foundation.piece, ...further].reduce((total, { outline }) => total + outline.length, 0);
  const tail = tailOf(all);
  const sum = [foundation.piece, ...further].reduce((total, piece) => (total + piece.sum) >>> 0, 0);
  const head = headOf(all.length, { sum, outlines, tail });
  return {
    bytes: compressed(head, foundation, { pieces: further, tail: tail.bytes }),
    length: GLYF_AT + outlines + tail.bytes.length,
  };
}

function foundationOf(alphabet: Alphabet): Foundation {
  let foundation = foundations.get(alphabet);
  if (foundation === undefined) {
    const { glyphOf } = documentFont();
    const own = [glyphCalled(0), ...alphabet.codePoints.map((codePoint) => glyphCalled(glyphOf(codePoint)))];
    const outlines = Buffer.concat(own.map(({ outline }) => outline));
    foundation = {
      glyphs: own,
      piece: pieceOf(outlines),
      packed: deflateRawSync(outlines, { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_FULL_FLUSH }),
    };
    foundations.set(alphabet, foundation);
  }
  return foundation;
}

function glyphCalled(number: number): Glyph {
  let glyph = glyphs.get(number);
  if (glyph === undefined) {
    glyph = { ...pieceOf(outlineOf(number)), ...documentFont().tables.metrics(number) };
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

function pieceOf(outline: Uint8Array): Piece {
  return { outline, sum: checksum(viewOf(outline), 0, outline.length), adler: adler32(outline) };
}

type Tail = { readonly bytes: Uint8Array; readonly isLong: boolean; readonly measured: number };

/** Metrics and places of the outlines. Glyphs at the end that are all as wide as the last name their width once. */
function tailOf(all: readonly Glyph[]): Tail {
  const last = all.at(-1)?.advance;
  const measured = 2 + all.findLastIndex(({ advance }) => advance !== last);
  const outlines = all.reduce((sum, { outline }) => sum + outline.length, 0);
  const isLong = outlines > 0x1_fffe;
  const metrics = metricsLength(all.length, measured);
  const bytes = new Uint8Array(metrics + (all.length + 1) * (isLong ? 4 : 2));
  const view = viewOf(bytes);
  let place = 0;
  for (const [index, { outline, advance, bearing }] of all.entries()) {
    if (index < measured) {
      view.setUint16(4 * index, advance);
      view.setInt16(4 * index + 2, bearing);
    } else {
      view.setInt16(2 * measured + 2 * index, bearing);
    }
    writePlace(view, metrics, { index, place, isLong });
    place += outline.length;
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

const HEADER_OF_ZLIB = Uint8Array.of(0x78, 0x01);

/**
 * A zlib stream (RFC 1950): `head` stored as it is, the foundation, which was compressed once, then all that is the
 * document's own. Trying harder on the latter, or letting it refer back to the foundation, saves 1 KB and costs 0.3 ms.
 */
function compressed(head: Uint8Array, { piece, packed }: Foundation, own: OwnPart): Uint8Array {
  const adler = [piece, ...own.pieces].reduce(
    (sum, next) => joinedAdler32(sum, next.adler, next.outline.length),
    adler32(head),
  );
  const checked = joinedAdler32(adler, adler32(own.tail), own.tail.length);
  const outlines = own.pieces.map(({ outline }) => outline);
  const stored = Uint8Array.of(
    0,
    head.length & 0xff,
    head.length >> 8,
    ~head.length & 0xff,
    (~head.length >> 8) & 0xff,
  );
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checked);
  const last = deflateRawSync(Buffer.concat([...outlines, own.tail]), { level: constants.Z_BEST_SPEED });
  return Buffer.concat([HEADER_OF_ZLIB, stored, head, packed, last, sum]);
}

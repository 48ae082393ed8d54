import { constants, deflateRawSync } from 'node:zlib';
import { adler32, joinedAdler32 } from './adler.js';
import type { Alphabet } from './alphabet.js';
import { charstring } from './charstring.js';
import { compactFontHead, indexHead } from './compact-font.js';
import { documentFont, face, faceOf, glyphIn } from './fonts.js';
import { readOutline } from './glyph-outline.js';
import type { Bits } from './bit-writer.js';
import { appendBits, LiteralCode } from './literal-code.js';
import { GRID, simplified } from './simpler-outline.js';
import { viewOf } from './true-type.js';

/** A charstring. */
type Glyph = { readonly bytes: Uint8Array; readonly adler: number };

/** The start of the glyphs of every font program of one alphabet: `.notdef` and the alphabet's. */
type Foundation = {
  readonly lengths: readonly number[];
  readonly length: number;
  readonly adler: number;
  /** As blocks of deflate that end at a whole byte; none is the last. */
  readonly packed: Uint8Array;
  /** For the glyphs that documents have besides. */
  readonly code: LiteralCode;
  /** By code point, what documents had so far. */
  readonly coded: Map<number, CodedGlyph>;
};

type CodedGlyph = { readonly length: number; readonly adler: number; readonly bits: Bits };

/** Advance of a Chinese character, in thousandths of an em: what does not tell its own has it. */
export const DEFAULT_WIDTH = 1000;

/** By face and glyph. */
const glyphs = new Map<number, Glyph>();
const foundations = new WeakMap<Alphabet, Foundation>();

/**
 * The program of a document's first font, a compressed CFF file: `.notdef`, the alphabet, then `others`, so that a glyph's number is
 * its character's code. Outlines are simplified once in a process, what the alphabet brings is compressed once, and every
 * other glyph is coded once for the alphabet, so that a document only puts bits together.
 * The same characters in the same order give the same bytes, whatever was drawn before.
 */
export function fontProgram(alphabet: Alphabet, others: readonly number[]): Uint8Array {
  const foundation = foundationOf(alphabet);
  const further = others.map((codePoint) => codedGlyph(foundation, codePoint));
  const lengths = [...foundation.lengths, ...further.map(({ length }) => length)];
  const head = Buffer.concat([headOf(0, lengths.length), indexHead(lengths)]);
  return compressed(head, foundation, further);
}

/**
 * The program of the font for what a further face draws of a document, a CFF file that is not compressed: `.notdef`, then
 * `codePoints`. A document has a character or two of them: there is nothing to share, nor to be quick about.
 */
export function furtherFontProgram(index: number, codePoints: readonly number[]): Uint8Array {
  const { glyphOf } = documentFont();
  const own = [notdefOf(index), ...codePoints.map(glyphOf)].map((glyph) => glyphCalled(glyph).bytes);
  return Buffer.concat([headOf(index, own.length), indexHead(own.map(({ length }) => length)), ...own]);
}

/** Takes what time the alphabet's outlines need, a tenth of a second, before the first document wants them. */
export function prepareFont(alphabet: Alphabet): void {
  foundationOf(alphabet);
}

function foundationOf(alphabet: Alphabet): Foundation {
  let foundation = foundations.get(alphabet);
  if (foundation === undefined) {
    const { glyphOf } = documentFont();
    const own = [0, ...alphabet.codePoints.map(glyphOf)].map((number) => glyphCalled(number).bytes);
    const bytes = Buffer.concat(own);
    foundation = {
      lengths: own.map(({ length }) => length),
      length: bytes.length,
      adler: adler32(bytes),
      packed: deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_FULL_FLUSH }),
      code: new LiteralCode([bytes]),
      coded: new Map(),
    };
    foundations.set(alphabet, foundation);
  }
  return foundation;
}

function codedGlyph({ code, coded }: Foundation, codePoint: number): CodedGlyph {
  let glyph = coded.get(codePoint);
  if (glyph === undefined) {
    const { bytes, adler } = glyphCalled(documentFont().glyphOf(codePoint));
    glyph = { length: bytes.length, adler, bits: code.bits(bytes) };
    coded.set(codePoint, glyph);
  }
  return glyph;
}

const notdefOf = (index: number): number => index * 0x1_0000;

/** By its face and its number there (`DocumentFont.glyphOf`). */
function glyphCalled(place: number): Glyph {
  let glyph = glyphs.get(place);
  if (glyph === undefined) {
    const { tables } = face(faceOf(place));
    const { advance } = tables.metrics(glyphIn(place));
    const contours = readOutline(tables.glyphBytes(glyphIn(place))).map(simplified);
    const bytes = charstring(contours, GRID, advance === DEFAULT_WIDTH ? undefined : advance / GRID);
    glyph = { bytes, adler: adler32(bytes) };
    glyphs.set(place, glyph);
  }
  return glyph;
}

/** By face and number of glyphs: documents of one kind have about the same. */
const heads: Uint8Array[][] = [];

const headOf = (index: number, count: number): Uint8Array => ((heads[index] ??= [])[count] ??= makeHead(index, count));

function makeHead(index: number, count: number): Uint8Array {
  const { name, tables } = face(index);
  const [left = 0, bottom = 0, right = 0, top = 0] = [36, 38, 40, 42].map(
    (at) => viewOf(tables.head).getInt16(at) / GRID,
  );
  return compactFontHead({
    name,
    box: [Math.floor(left), Math.floor(bottom), Math.ceil(right), Math.ceil(top)],
    glyphs: count,
    defaultWidth: DEFAULT_WIDTH / GRID,
  });
}

const HEADER_OF_ZLIB = Uint8Array.of(0x78, 0x01);

/**
 * A zlib stream (RFC 1950): `head` stored as it is, the foundation, which was compressed once, then all that is the
 * document's own.
 */
function compressed(head: Uint8Array, foundation: Foundation, own: readonly CodedGlyph[]): Uint8Array {
  const { length } = head;
  const stored = Uint8Array.of(0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
  const { start, end } = foundation.code;
  const bits = own.reduce((sum, glyph) => sum + glyph.bits.length, start.length + end.length);
  const before = HEADER_OF_ZLIB.length + stored.length + length + foundation.packed.length;
  const file = Buffer.allocUnsafe(before + Math.ceil(bits / 8) + CHECKSUM);
  let at = 0;
  for (const part of [HEADER_OF_ZLIB, stored, head, foundation.packed]) {
    file.set(part, at);
    at += part.length;
  }
  let place = appendBits(file, 8 * before, start);
  for (const glyph of own) {
    place = appendBits(file, place, glyph.bits);
  }
  appendBits(file, place, end);
  file.writeUInt32BE(checksum(head, [foundation, ...own]), file.length - CHECKSUM);
  return file;
}

const CHECKSUM = 4;

function checksum(head: Uint8Array, rest: readonly { readonly adler: number; readonly length: number }[]): number {
  return rest.reduce((sum, { adler, length }) => joinedAdler32(sum, adler, length), adler32(head));
}

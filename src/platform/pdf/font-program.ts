import { constants, deflateRawSync } from 'node:zlib';
import { adler32, joinedAdler32 } from './adler.js';
import type { Alphabet } from './alphabet.js';
import { charstring } from './charstring.js';
import { compactFontHead, indexHead } from './compact-font.js';
import { documentFont } from './fonts.js';
import { readOutline } from './glyph-outline.js';
import { GRID, simplified } from './simpler-outline.js';
import { viewOf } from './true-type.js';

/** A charstring, or a row of them. */
type Glyphs = { readonly bytes: Uint8Array; readonly adler: number };

/** The start of the glyphs of every font program of one alphabet: `.notdef` and the alphabet's. */
type Foundation = Glyphs & {
  readonly lengths: readonly number[];
  /** As blocks of deflate that end at a whole byte; none is the last. */
  readonly packed: Uint8Array;
};

export const FONT_NAME = 'NotoSerifSC-Regular';

/** Advance of a Chinese character, in thousandths of an em: what does not tell its own has it. */
export const DEFAULT_WIDTH = 1000;

const glyphs = new Map<number, Glyphs>();
const foundations = new WeakMap<Alphabet, Foundation>();

/**
 * The font program of one document, a compressed CFF file: `.notdef`, the alphabet, then `others`, so that a glyph's number is
 * its character's code. Outlines are simplified once in a process, and what the alphabet brings is compressed once.
 * The same characters in the same order give the same bytes.
 */
export function fontProgram(alphabet: Alphabet, others: readonly number[]): Uint8Array {
  const { glyphOf } = documentFont();
  const foundation = foundationOf(alphabet);
  const further = others.map((codePoint) => glyphCalled(glyphOf(codePoint)));
  const lengths = [...foundation.lengths, ...further.map(({ bytes }) => bytes.length)];
  const head = Buffer.concat([headOf(lengths.length), indexHead(lengths)]);
  return compressed(head, foundation, further);
}

function foundationOf(alphabet: Alphabet): Foundation {
  let foundation = foundations.get(alphabet);
  if (foundation === undefined) {
    const { glyphOf } = documentFont();
    const own = [glyphCalled(0), ...alphabet.codePoints.map((codePoint) => glyphCalled(glyphOf(codePoint)))];
    const bytes = Buffer.concat(own.map((glyph) => glyph.bytes));
    foundation = {
      bytes,
      adler: adler32(bytes),
      lengths: own.map((glyph) => glyph.bytes.length),
      packed: deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_FULL_FLUSH }),
    };
    foundations.set(alphabet, foundation);
  }
  return foundation;
}

function glyphCalled(number: number): Glyphs {
  let glyph = glyphs.get(number);
  if (glyph === undefined) {
    const { tables } = documentFont();
    const { advance } = tables.metrics(number);
    const contours = readOutline(tables.glyphBytes(number)).map(simplified);
    const bytes = charstring(contours, GRID, advance === DEFAULT_WIDTH ? undefined : advance / GRID);
    glyph = { bytes, adler: adler32(bytes) };
    glyphs.set(number, glyph);
  }
  return glyph;
}

function headOf(count: number): Uint8Array {
  const { head } = documentFont().tables;
  const [left = 0, bottom = 0, right = 0, top = 0] = [36, 38, 40, 42].map((at) => viewOf(head).getInt16(at) / GRID);
  return compactFontHead({
    name: FONT_NAME,
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
function compressed(head: Uint8Array, foundation: Foundation, own: readonly Glyphs[]): Uint8Array {
  const checked = [foundation, ...own].reduce(
    (sum, { adler, bytes }) => joinedAdler32(sum, adler, bytes.length),
    adler32(head),
  );
  const { length } = head;
  const stored = Uint8Array.of(0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checked);
  const last = deflateRawSync(Buffer.concat(own.map(({ bytes }) => bytes)), { level: constants.Z_BEST_SPEED });
  return Buffer.concat([HEADER_OF_ZLIB, stored, head, foundation.packed, last, sum]);
}

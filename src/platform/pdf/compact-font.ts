import { GRID } from './simpler-outline.js';

/** What the tables of a CFF program say of its font. Lengths are in steps of the grid. */
type FontFacts = {
  readonly name: string;
  /** Left, bottom, right and top of all glyphs. */
  readonly box: readonly number[];
  readonly glyphs: number;
  /** The advance of glyphs that do not tell theirs. */
  readonly defaultWidth: number;
};

/** Operators of CFF dictionaries. */
const FONT_BOX = [5];
const CHARSET = [15];
const CHARSTRINGS = [17];
const PRIVATE = [18];
const DEFAULT_WIDTH = [20];
const FONT_MATRIX = [12, 7];
const CHARACTER_COLLECTION = [12, 30];
const CID_COUNT = [12, 34];
const FONT_DICTS = [12, 36];
const FONT_DICT_OF_GLYPH = [12, 37];

/** The first two names of a font's own: those before are the standard's. */
const ADOBE = 391;
const IDENTITY = 392;
const HEADER = Uint8Array.of(1, 0, 4, 2);
const NO_SUBROUTINES = Uint8Array.of(0, 0);

/**
 * All of a CID-keyed CFF program (Adobe Technical Note 5176) that stands before its charstrings. A glyph's number is its CID.
 * One font, that is to say one dictionary, has all glyphs.
 */
export function compactFontHead(facts: FontFacts): Uint8Array {
  const start = Buffer.concat([HEADER, index([ascii(facts.name)])]);
  const names = Buffer.concat([index([ascii('Adobe'), ascii('Identity')]), NO_SUBROUTINES]);
  const charset = Uint8Array.of(2, ...word(1), ...word(facts.glyphs - 2));
  const fontDictOfGlyph = Uint8Array.of(3, ...word(1), ...word(0), 0, ...word(facts.glyphs));
  const privateDict = Uint8Array.of(...short(facts.defaultWidth), ...DEFAULT_WIDTH);
  const places = { charset: 0, fontDictOfGlyph: 0, fontDicts: 0, private: 0, charstrings: 0 };
  const build = (): Uint8Array[] => [
    Buffer.concat([start, topDict(facts, places), names]),
    charset,
    fontDictOfGlyph,
    index([Uint8Array.of(...short(privateDict.length), ...short(places.private), ...PRIVATE)]),
    privateDict,
  ];
  let at = 0;
  const ends = build().map(({ length }) => (at += length));
  [places.charset = 0, places.fontDictOfGlyph = 0, places.fontDicts = 0, places.private = 0, places.charstrings = 0] =
    ends;
  return Buffer.concat(build());
}

type Places = Readonly<Record<'charset' | 'fontDictOfGlyph' | 'fontDicts' | 'private' | 'charstrings', number>>;

function topDict({ box, glyphs }: FontFacts, places: Places): Uint8Array {
  const scale = real(GRID / 1000);
  return index([
    Uint8Array.of(
      ...[...short(ADOBE), ...short(IDENTITY), ...short(0), ...CHARACTER_COLLECTION],
      // Not straight after the collection: veraPDF 1.30 keeps that one's operands, and would take them for the matrix.
      ...[...box.flatMap(short), ...FONT_BOX],
      ...[...scale, ...short(0), ...short(0), ...scale, ...short(0), ...short(0), ...FONT_MATRIX],
      ...[...short(glyphs), ...CID_COUNT],
      ...[...short(places.charset), ...CHARSET],
      ...[...short(places.fontDictOfGlyph), ...FONT_DICT_OF_GLYPH],
      ...[...short(places.charstrings), ...CHARSTRINGS],
      ...[...short(places.fontDicts), ...FONT_DICTS],
    ),
  ]);
}

/** The head of an INDEX whose items are of the given lengths; they follow it. */
export function indexHead(lengths: readonly number[]): Uint8Array {
  const bytes = lengths.reduce((sum, length) => sum + length, 1);
  const size = bytes > 0xffff ? 3 : bytes > 0xff ? 2 : 1;
  const head = new Uint8Array(3 + size * (lengths.length + 1));
  head.set([...word(lengths.length), size]);
  let at = 3;
  let offset = 1;
  for (let item = 0; item <= lengths.length; item += 1) {
    for (let digit = size - 1; digit >= 0; digit -= 1) {
      head[at] = offset >> (8 * digit);
      at += 1;
    }
    offset += lengths[item] ?? 0;
  }
  return head;
}

function index(items: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([indexHead(items.map(({ length }) => length)), ...items]);
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const word = (value: number): number[] => [value >> 8, value & 0xff];

/** Always three bytes, so that tables keep their places whatever is in them. */
const short = (value: number): number[] => [28, (value >> 8) & 0xff, value & 0xff];

/** `.004` as its digits, half a byte each. */
function real(value: number): number[] {
  const digits = String(value).replace(/^0/, '').replace('.', 'a');
  const padded = `${digits}f${digits.length % 2 === 0 ? 'f' : ''}`;
  return [30, ...Buffer.from(padded, 'hex')];
}

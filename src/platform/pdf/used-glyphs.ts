import type { Alphabet } from './alphabet.js';
import { documentFont, faceOf } from './fonts.js';
import { UndrawableText } from './pdf.errors.js';
import { number } from './pdf-text.js';

/** Code → its two bytes inside a literal string; a string of Latin-1 characters. */
const SPELT: string[] = [];

const byte = (value: number): string => {
  const character = String.fromCharCode(value);
  return character === '\r' ? '\\r' : '()\\'.includes(character) ? `\\${character}` : character;
};

function spelt(code: number): string {
  return (SPELT[code] ??= byte(code >> 8) + byte(code & 0xff));
}

/** A code and the face it belongs to are one number; the codes of the first face are themselves. */
const FACE = 0x1_0000;

/** The name of a face in the resources of each page. */
export const fontName = (face: number): string => (face === 0 ? 'F' : `F${face}`);

/**
 * The characters of one document and the codes they have in its fonts, one for each face. The first face's are those of the
 * alphabet, then whatever else the document prints in the order of first use; a further face has those alone that no face
 * before it draws.
 */
export class UsedGlyphs {
  /** Code points beyond the alphabet; the first has the code after the alphabet's last. */
  readonly others: number[] = [];
  /** By face, what the document prints in it; the first code point has the code 1. */
  private readonly further = new Map<number, number[]>();
  private readonly codes = new Map<number, number>();

  constructor(readonly alphabet: Alphabet) {}

  /** The faces that the document needs besides the first, in the order of the chain. */
  get furtherFaces(): readonly number[] {
    return this.further.size === 0 ? NONE : [...this.further.keys()].sort((one, other) => one - other);
  }

  /** What the document prints in a further face. */
  drawnBy(face: number): readonly number[] {
    return this.further.get(face) ?? NONE;
  }

  /**
   * The operators that show the text, where the first face in `size` is the font that is set; it is again behind them.
   * Throws `UndrawableText` rather than print a box.
   */
  show(text: string, size: number): string {
    let shown = '(';
    let face = 0;
    for (let index = 0; index < text.length; index += 1) {
      let codePoint = text.charCodeAt(index);
      if (codePoint >= 0xd800 && codePoint < 0xdc00) {
        codePoint = text.codePointAt(index) ?? 0;
        index += codePoint > 0xffff ? 1 : 0;
      }
      const code = this.alphabet.codeOf(codePoint) || (this.codes.get(codePoint) ?? this.include(codePoint, text));
      if (code >>> 16 !== face) {
        face = code >>> 16;
        shown = turn(shown, face, size);
      }
      shown += spelt(code & 0xffff);
    }
    return face === 0 ? `${shown}) Tj` : `${shown}) Tj ${setFont(0, size)}`;
  }

  private include(codePoint: number, text: string): number {
    const { glyphOf } = documentFont();
    const glyph = glyphOf(codePoint);
    if (glyph === 0) {
      throw new UndrawableText([...new Set(text)].filter((character) => glyphOf(character.codePointAt(0) ?? 0) === 0));
    }
    const code = this.codeIn(faceOf(glyph), codePoint);
    this.codes.set(codePoint, code);
    return code;
  }

  private codeIn(face: number, codePoint: number): number {
    if (face === 0) {
      return this.alphabet.codePoints.length + this.others.push(codePoint);
    }
    const drawn = this.further.get(face) ?? [];
    this.further.set(face, drawn);
    return face * FACE + drawn.push(codePoint);
  }
}

const NONE: readonly number[] = [];

/** Goes on in another face; a text may begin with it. */
function turn(shown: string, face: number, size: number): string {
  return `${shown === '(' ? '' : `${shown}) Tj `}${setFont(face, size)} (`;
}

const setFont = (face: number, size: number): string => `/${fontName(face)} ${number(size)} Tf`;

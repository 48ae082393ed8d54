import type { Alphabet } from './alphabet.js';
import { documentFont } from './fonts.js';
import { UndrawableText } from './pdf.errors.js';

/** Code → its two bytes inside a literal string; a string of Latin-1 characters. */
const SPELT: string[] = [];

const byte = (value: number): string => {
  const character = String.fromCharCode(value);
  return character === '\r' ? '\\r' : '()\\'.includes(character) ? `\\${character}` : character;
};

function spelt(code: number): string {
  return (SPELT[code] ??= byte(code >> 8) + byte(code & 0xff));
}

/**
 * The characters of one document and the codes they have in its font: those of the alphabet first, then whatever else it
 * prints, in the order of first use.
 */
export class UsedGlyphs {
  /** Code points beyond the alphabet; the first has the code after the alphabet's last. */
  readonly others: number[] = [];
  private readonly codes = new Map<number, number>();

  constructor(readonly alphabet: Alphabet) {}

  /** The text as the inside of a literal string. Throws `UndrawableText` rather than print a box. */
  encode(text: string): string {
    let encoded = '';
    for (let index = 0; index < text.length; index += 1) {
      let codePoint = text.charCodeAt(index);
      if (codePoint >= 0xd800 && codePoint < 0xdc00) {
        codePoint = text.codePointAt(index) ?? 0;
        index += codePoint > 0xffff ? 1 : 0;
      }
      const code = this.alphabet.codeOf(codePoint) || (this.codes.get(codePoint) ?? this.include(codePoint, text));
      encoded += spelt(code);
    }
    return encoded;
  }

  private include(codePoint: number, text: string): number {
    const { glyphOf } = documentFont();
    if (glyphOf(codePoint) === 0) {
      throw new UndrawableText([...new Set(text)].filter((character) => glyphOf(character.codePointAt(0) ?? 0) === 0));
    }
    const code = this.alphabet.codePoints.length + this.others.push(codePoint);
    this.codes.set(codePoint, code);
    return code;
  }
}

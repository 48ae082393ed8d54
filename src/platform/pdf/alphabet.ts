import { STAMP_ALPHABET } from '../../proof/index.js';
import { documentFont, faceOf } from './fonts.js';

/** What the record strip and the notice of samples print, and what nearly every document does. */
const COMMON =
  '区块链存证Blockchainrecord网络Network链上地址Address文档摘要Documentid查验网址Verifyat上链Anchor扫码查验Scantoverify' +
  '示例/非法定票据SAMPLE章：¥%,（）';

/**
 * The characters that every document of a family prints, in a fixed order. Their glyphs stand first in the font of each of
 * its documents, so their codes never change, and what a form always prints is the same bytes in every file.
 *
 * Begins with the characters of the stamp: whoever stamps a file later writes their codes (`STAMP_ALPHABET`).
 */
export class Alphabet {
  private known: { readonly codePoints: readonly number[]; readonly codes: Uint16Array } | undefined;

  /** `characters` may repeat themselves: the labels of a form in any order. `name` MUST be its own. */
  constructor(
    readonly name: string,
    private readonly characters: string,
  ) {}

  /** The code of the first is 1. */
  get codePoints(): readonly number[] {
    return this.loaded().codePoints;
  }

  /** 0 when the character is not in the alphabet. */
  codeOf(codePoint: number): number {
    return this.loaded().codes[codePoint] ?? 0;
  }

  /** Not before it is asked for: the font takes its time to load, and most processes draw nothing. */
  private loaded(): NonNullable<typeof this.known> {
    return (this.known ??= load(STAMP_ALPHABET + COMMON + this.characters));
  }
}

/** `codes` has the code of each character of the Basic Multilingual Plane. */
function load(characters: string): { codePoints: readonly number[]; codes: Uint16Array } {
  const { glyphOf } = documentFont();
  const codePoints = [...new Set(characters)].map((character) => character.codePointAt(0) ?? 0);
  const missing = codePoints.filter((codePoint) => glyphOf(codePoint) === 0 || faceOf(glyphOf(codePoint)) !== 0);
  if (missing.length > 0) {
    throw new Error(
      `The first face of documents lacks ${String.fromCodePoint(...missing)}, which every document prints.`,
    );
  }
  const codes = new Uint16Array(0x1_0000);
  for (const [index, codePoint] of codePoints.entries()) {
    codes[codePoint] = index + 1;
  }
  return { codePoints, codes };
}

import { create } from 'fontkit';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Alphabet } from './alphabet.js';
import { fontProgram } from './font-program.js';
import { documentFont, FONT_FILE } from './fonts.js';

type Outlines = {
  getGlyph(id: number): { readonly path: { toSVG(): string }; readonly advanceWidth: number };
  readonly numGlyphs: number;
};

const outlinesOf = (file: Uint8Array): Outlines => create(Buffer.from(file)) as unknown as Outlines;
const codePointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

describe('fontProgram', () => {
  const { tables, glyphOf } = documentFont();
  const whole = outlinesOf(readFileSync(createRequire(import.meta.url).resolve(FONT_FILE)));
  const alphabet = new Alphabet('font', '电子发票');
  const others = codePointsOf('普通éÀẤg⊗𠅤Å');

  it('keeps outline and width of every glyph, in the order of the codes', () => {
    const cut = outlinesOf(inflateSync(fontProgram(alphabet, others).bytes));
    const all = [...alphabet.codePoints, ...others];
    expect(inflateSync(fontProgram(alphabet, others).bytes)).toHaveLength(fontProgram(alphabet, others).length);
    expect(cut.numGlyphs).toBe(all.length + 1);
    for (const [index, codePoint] of all.entries()) {
      const glyph = glyphOf(codePoint);
      expect(cut.getGlyph(index + 1).path.toSVG()).toBe(whole.getGlyph(glyph).path.toSVG());
      expect(cut.getGlyph(index + 1).advanceWidth).toBe(tables.metrics(glyph).advance);
    }
  });

  it('gives the same bytes for the same characters', () => {
    expect(fontProgram(alphabet, others)).toEqual(fontProgram(alphabet, others));
  });
});

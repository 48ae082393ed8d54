import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import { documentFont } from './fonts.js';
import { TrueTypeSubset } from './true-type-subset.js';

type Outlines = { getGlyph(id: number): { path: { toSVG(): string }; advanceWidth: number }; numGlyphs: number };

describe('TrueTypeSubset', () => {
  const { source, tables, glyphOf } = documentFont();

  it('keeps outline and width of every glyph', () => {
    const characters = Array.from('电子发票（普通）éÀẤ1g⊗𠅤Å');
    const subset = new TrueTypeSubset(tables);
    const positions = characters.map((character) => subset.includeGlyph(glyphOf(character.codePointAt(0) ?? 0)));
    const cut = create(subset.encode()) as unknown as Outlines;
    const whole = source as unknown as Outlines;
    for (const [index, character] of characters.entries()) {
      const copy = cut.getGlyph(positions[index] ?? 0);
      const glyph = glyphOf(character.codePointAt(0) ?? 0);
      const original = whole.getGlyph(glyph);
      expect(copy.path.toSVG()).toBe(original.path.toSVG());
      expect(copy.advanceWidth).toBe(tables.metrics(glyph).advance);
    }
    expect(cut.numGlyphs).toBeGreaterThanOrEqual(characters.length + 1);
  });

  it('numbers glyphs in the order of their first use, .notdef first', () => {
    const subset = new TrueTypeSubset(tables);
    expect([500, 7, 500, 0].map((glyph) => subset.includeGlyph(glyph))).toEqual([1, 2, 1, 0]);
  });

  it('gives the same bytes for the same glyphs', () => {
    const encode = (): Uint8Array => {
      const subset = new TrueTypeSubset(tables);
      [900, 20, 300].forEach((glyph) => subset.includeGlyph(glyph));
      return subset.encode();
    };
    expect(encode()).toEqual(encode());
  });
});

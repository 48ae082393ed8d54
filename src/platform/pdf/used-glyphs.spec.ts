import { describe, expect, it } from 'vitest';
import { Alphabet } from './alphabet.js';
import { UndrawableText } from './pdf.errors.js';
import { UsedGlyphs } from './used-glyphs.js';

const alphabet = new Alphabet('glyphs', '购买方名称');
const first = alphabet.codePoints.length + 1;
const hex = (code: number): string => code.toString(16).padStart(4, '0');

/** The operators with the codes of each string in hexadecimal. */
function shown(glyphs: UsedGlyphs, text: string, size = 9): string {
  return glyphs.show(text, size).replaceAll(/\(((?:\\.|[^)\\])*)\)/gs, (_, literal: string) => {
    const codes = literal.replaceAll(/\\(.)/gs, (__, escaped: string) => (escaped === 'r' ? '\r' : escaped));
    return `<${Buffer.from(codes, 'latin1').toString('hex')}>`;
  });
}

describe('UsedGlyphs', () => {
  it('shows what the first face draws in one piece, by codes of the alphabet and of the document', () => {
    const glyphs = new UsedGlyphs(alphabet);
    const known = hex(alphabet.codeOf('购'.codePointAt(0) ?? 0));
    expect(shown(glyphs, '购㛃䶮购')).toBe(`<${known}${hex(first)}${hex(first + 1)}${known}> Tj`);
    expect(shown(glyphs, '䶮')).toBe(`<${hex(first + 1)}> Tj`);
    expect(glyphs.furtherFaces).toEqual([]);
  });

  it.each([
    ['in the middle', '野𠮷野', `<N> Tj /F2 7.5 Tf <0001> Tj /F 7.5 Tf <N> Tj`],
    ['at the beginning', '𠮷野', `/F2 7.5 Tf <0001> Tj /F 7.5 Tf <N> Tj`],
    ['at the end', '野𠮷', `<N> Tj /F2 7.5 Tf <0001> Tj /F 7.5 Tf`],
    ['alone', '𠮷', `/F2 7.5 Tf <0001> Tj /F 7.5 Tf`],
    ['of two faces', '𡋾𠮷𠀋𡋾', `/F1 7.5 Tf <0001> Tj /F2 7.5 Tf <00010002> Tj /F1 7.5 Tf <0001> Tj /F 7.5 Tf`],
  ])('turns to another face for rare characters %s, and back', (_, text, operators) => {
    expect(shown(new UsedGlyphs(alphabet), text, 7.5)).toBe(operators.replaceAll('N', hex(first)));
  });

  it('tells what each face draws, faces in the order of the chain', () => {
    const glyphs = new UsedGlyphs(alphabet);
    glyphs.show('𠮷野𡋾𠮷', 9);
    expect(glyphs.furtherFaces).toEqual([1, 2]);
    expect([0, 1, 2].map((face) => String.fromCodePoint(...glyphs.drawnBy(face)))).toEqual(['', '𡋾', '𠮷']);
    expect(String.fromCodePoint(...glyphs.others)).toBe('野');
  });

  it('throws and names each character that no face draws', () => {
    expect(() => new UsedGlyphs(alphabet).show('𠮷𪚥가𪚥', 9)).toThrow(UndrawableText);
    expect(() => new UsedGlyphs(alphabet).show('𠮷𪚥가𪚥', 9)).toThrow(/cannot draw 𪚥 \(U\+2A6A5\), 가 \(U\+AC00\)\./);
  });
});

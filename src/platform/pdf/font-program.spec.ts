import { create } from 'fontkit';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Alphabet } from './alphabet.js';
import { fontProgram, furtherFontProgram } from './font-program.js';
import { documentFont, face, glyphIn } from './fonts.js';
import { readOutline } from './glyph-outline.js';
import { GRID, simplified } from './simpler-outline.js';

/** What fontkit, which is no work of ours, reads in a font program. */
type CompactFont = {
  getGlyph(id: number): {
    readonly path: { readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[] };
  };
  readonly 'CFF ': {
    readonly topDict: { readonly FontMatrix: readonly number[]; readonly CIDCount: number };
    getCharString(glyph: number): Uint8Array;
  };
};

const codePointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** The program as the one table of an OpenType file, beside what tells how many glyphs there are. */
function openCompactFont(program: Uint8Array, glyphs: number): CompactFont {
  const length = 12 + 2 * 16 + 8;
  const file = Buffer.alloc(length + program.length);
  file.write('OTTO', 0, 'latin1');
  file.writeUInt16BE(2, 4);
  for (const [index, [tag, at, size]] of (
    [
      ['CFF ', length, program.length],
      ['maxp', length - 8, 6],
    ] as const
  ).entries()) {
    file.write(tag, 12 + 16 * index, 'latin1');
    file.writeUInt32BE(at, 12 + 16 * index + 8);
    file.writeUInt32BE(size, 12 + 16 * index + 12);
  }
  file.writeUInt32BE(0x5000, length - 8);
  file.writeUInt16BE(glyphs, length - 4);
  file.set(program, length);
  return create(file) as unknown as CompactFont;
}

/** What a charstring tells of its advance before its first operator draws: the number that the operator has no use for. */
function widthIn(charstring: Uint8Array): number {
  const numbers: number[] = [];
  const view = new DataView(charstring.buffer, charstring.byteOffset, charstring.byteLength);
  for (let at = 0; at < charstring.length;) {
    const first = charstring[at] ?? 0;
    if (first < 28) {
      const own = { 4: 1, 22: 1, 21: 2, 14: 0 }[first] ?? 0;
      return numbers.length > own ? (numbers[0] ?? 0) : 250;
    }
    const [length, value] = numberAt(view, at);
    numbers.push(value);
    at += length;
  }
  throw new Error('The charstring has no operator');
}

function numberAt(view: DataView, at: number): [length: number, value: number] {
  const first = view.getUint8(at);
  if (first === 255) {
    return [5, view.getInt32(at + 1) / 0x1_0000];
  }
  if (first === 28) {
    return [3, view.getInt16(at + 1)];
  }
  if (first < 247) {
    return [1, first - 139];
  }
  const rest = view.getUint8(at + 1);
  return [2, first < 251 ? (first - 247) * 256 + rest + 108 : (251 - first) * 256 - rest - 108];
}

type Command = { readonly command: string; readonly args: readonly number[] };

/** The commands that draw a glyph, in thousandths of an em. */
function drawnBy(font: CompactFont, glyph: number): Command[] {
  return font
    .getGlyph(glyph)
    .path.commands.filter(({ command }) => command !== 'closePath')
    .map(({ command, args }) => ({ command, args: args.map((value) => value * GRID) }));
}

/** The commands that draw it must have, from the outline in the file. */
function simplifiedOutline(glyph: Uint8Array): Command[] {
  return readOutline(glyph)
    .map(simplified)
    .flatMap((contour) => [
      { command: 'moveTo', args: contour[0]?.slice(0, 2) ?? [] },
      ...contour
        .filter((piece, at) => piece.length > 4 || at < contour.length - 1)
        .map((piece) => ({ command: piece.length > 4 ? 'bezierCurveTo' : 'lineTo', args: piece.slice(2) })),
    ]);
}

describe('fontProgram', () => {
  const { glyphOf } = documentFont();
  const { tables } = face(0);
  const alphabet = new Alphabet('font', '电子发票');
  const others = codePointsOf('普通éÀẤg⊗𠅤Å');
  const all = [...alphabet.codePoints, ...others];
  const font = openCompactFont(inflateSync(fontProgram(alphabet, others)), all.length + 1);

  it('holds the simplified outline of every glyph, in the order of the codes', () => {
    expect(font['CFF '].topDict).toMatchObject({ FontMatrix: [GRID / 1000, 0, 0, GRID / 1000, 0, 0] });
    expect(font['CFF '].topDict.CIDCount).toBe(all.length + 1);
    for (const [index, codePoint] of all.entries()) {
      expect(drawnBy(font, index + 1)).toEqual(simplifiedOutline(tables.glyphBytes(glyphOf(codePoint))));
    }
  });

  it('keeps the advance of every glyph to the last digit', () => {
    const advances = all.map((codePoint) => tables.metrics(glyphOf(codePoint)).advance);
    expect(new Set(advances).size).toBeGreaterThan(10);
    expect(all.map((_, index) => GRID * widthIn(font['CFF '].getCharString(index + 1)))).toEqual(advances);
  });

  it('gives the same bytes for the same characters, whatever was drawn before', () => {
    const twin = new Alphabet('twin', '电子发票');
    fontProgram(twin, codePointsOf('无关紧要的字'));
    expect(fontProgram(twin, others)).toEqual(fontProgram(alphabet, others));
  });

  it('is inflated to the same charstrings whichever characters a document has', () => {
    const many = codePointsOf('深圳市云帆示范科技有限公司雄安澄湖建设工程杭州棠梨文化传播ABCxyz①⑩㎡');
    const whole = openCompactFont(
      inflateSync(fontProgram(alphabet, many)),
      alphabet.codePoints.length + many.length + 1,
    );
    const charstringOf = (of: CompactFont, characters: readonly number[], codePoint: number): Buffer =>
      Buffer.from(of['CFF '].getCharString(1 + alphabet.codePoints.length + characters.indexOf(codePoint)));
    for (let size = 0; size < many.length; size += 1) {
      const some = many.filter((_, index) => (index * 7919) % many.length < size).reverse();
      const part = openCompactFont(
        inflateSync(fontProgram(alphabet, some)),
        alphabet.codePoints.length + some.length + 1,
      );
      for (const codePoint of some) {
        expect(charstringOf(part, some, codePoint)).toEqual(charstringOf(whole, many, codePoint));
      }
    }
  });
});

describe('furtherFontProgram', () => {
  it.each([
    [1, '𡋾𠝹𥄫'],
    [2, '𠮷𠀋𠂢'],
  ])('holds what face %i draws of a document, and nothing else', (index, text) => {
    const characters = codePointsOf(text);
    const { tables } = face(index);
    const font = openCompactFont(furtherFontProgram(index, characters), characters.length + 1);
    expect(font['CFF '].topDict.CIDCount).toBe(characters.length + 1);
    for (const [at, codePoint] of characters.entries()) {
      const outline = tables.glyphBytes(glyphIn(documentFont().glyphOf(codePoint)));
      expect(outline.length).toBeGreaterThan(50);
      expect(drawnBy(font, at + 1)).toEqual(simplifiedOutline(outline));
      expect(GRID * widthIn(font['CFF '].getCharString(at + 1))).toBe(1000);
    }
  });
});

import { create } from 'fontkit';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTrueType } from './true-type.js';

const pathOf = (file: string): string => createRequire(import.meta.url).resolve(`@expo-google-fonts/${file}`);
const SMALLEST = pathOf('noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf');
const CODE_POINTS = 0x11_0000;

describe('openTrueType', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chopmark-true-type-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (bytes: Uint8Array): string => {
    const path = join(folder, 'font.ttf');
    writeFileSync(path, bytes);
    return path;
  };

  it.each([
    'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
    'noto-serif-hk/400Regular/NotoSerifHK_400Regular.ttf',
    'noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf',
  ])('reads characters and advances of %s as fontkit does', (file) => {
    const theirs = create(readFileSync(pathOf(file)));
    const ours = openTrueType(pathOf(file));
    const drawn = new Map(theirs.characterSet.map((codePoint) => [codePoint, theirs.glyphForCodePoint(codePoint)]));
    const others: number[] = [];
    for (let codePoint = 0; codePoint < CODE_POINTS; codePoint += 1) {
      const { id, advanceWidth } = drawn.get(codePoint) ?? { id: 0, advanceWidth: undefined };
      const glyph = ours.glyphOf(codePoint);
      if (glyph !== id || (advanceWidth !== undefined && ours.metrics(glyph).advance !== advanceWidth)) {
        others.push(codePoint);
      }
    }
    expect(drawn.size).toBeGreaterThan(16_000);
    expect(others).toEqual([]);
  });

  it('reads the outline of a glyph from its place in the file', () => {
    const file = readFileSync(SMALLEST);
    const font = openTrueType(SMALLEST);
    const outline = font.glyphBytes(font.glyphOf(0x20bb7));
    expect(outline.length).toBeGreaterThan(100);
    expect(file.includes(Buffer.from(outline))).toBe(true);
    expect(font.glyphBytes(font.glyphOf(0x20))).toHaveLength(0);
  });

  it('throws rather than take a font that was cut short for a whole one', () => {
    const file = readFileSync(SMALLEST);
    expect(() => openTrueType(written(file.subarray(0, 40)))).toThrow('ends before byte');
  });

  it('says which table a file without outlines of the kind lacks', () => {
    const file = Buffer.from(readFileSync(SMALLEST));
    file.write('CFF ', file.indexOf('glyf'), 'latin1');
    expect(() => openTrueType(written(file))).toThrow('has no table "glyf"');
  });
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';
import { create } from 'fontkit';
import type { TrueTypeTables } from './true-type.js';
import { readTrueType } from './true-type.js';

const FONT_FILE = '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf';

/**
 * What cannot be printed whatever the font holds: controls, invisible format characters, private use, unassigned,
 * combining marks and variation selectors (text is set one character after another, without shaping) and emoji.
 */
const NEVER_DRAWN = /[\p{C}\p{M}\p{Zl}\p{Zp}\p{Emoji_Presentation}\p{Regional_Indicator}]/u;

/** The font of every document: parsed once in a process, and kept. */
export type DocumentFont = {
  /** What pdfkit embeds from. */
  readonly source: Font;
  readonly tables: TrueTypeTables;
  /** Glyph number; 0 when the font does not draw the character. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance in em of one character. */
  readonly advanceOf: (codePoint: number) => number;
};

let loaded: DocumentFont | undefined;

export function documentFont(): DocumentFont {
  return (loaded ??= loadFont());
}

/**
 * The distinct characters of `text` that no font of ours draws, in order. Line feeds are drawn: they end a line.
 * MUST be asked before a document is issued: an issued document is always rendered, and never with an empty box in it.
 */
export function undrawableCharacters(text: string): string[] {
  return isKnownToBeDrawn(text) ? [] : findUndrawable(text);
}

/** 1 for each code unit that was found to be a character we draw: asking again costs next to nothing. */
const drawnUnits = new Uint8Array(0x1_0000);

function isKnownToBeDrawn(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (drawnUnits[text.charCodeAt(index)] !== 1) {
      return false;
    }
  }
  return true;
}

function findUndrawable(text: string): string[] {
  const { glyphOf } = documentFont();
  const undrawable = new Set<string>();
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character !== '\n' && (glyphOf(code) === 0 || NEVER_DRAWN.test(character))) {
      undrawable.add(character);
    } else if (character.length === 1) {
      drawnUnits[code] = 1;
    }
  }
  return [...undrawable];
}

/** Width in points of `text` set on one line. */
export function widthOfText(text: string, size: number): number {
  const { advanceOf } = documentFont();
  let width = 0;
  for (const character of text) {
    width += advanceOf(character.codePointAt(0) ?? 0);
  }
  return width * size;
}

function loadFont(): DocumentFont {
  const file = readFileSync(createRequire(import.meta.url).resolve(FONT_FILE));
  const source = create(file);
  const tables = readTrueType(file);
  const glyphs = new Map<number, number>();
  const advances = new Map<number, number>();
  const glyphOf = (codePoint: number): number => {
    let glyph = glyphs.get(codePoint);
    if (glyph === undefined) {
      glyph = source.glyphForCodePoint(codePoint).id;
      glyphs.set(codePoint, glyph);
    }
    return glyph;
  };
  const advanceOf = (codePoint: number): number => {
    let advance = advances.get(codePoint);
    if (advance === undefined) {
      advance = tables.metrics(glyphOf(codePoint)).advance / source.unitsPerEm;
      advances.set(codePoint, advance);
    }
    return advance;
  };
  return { source, tables, glyphOf, advanceOf };
}

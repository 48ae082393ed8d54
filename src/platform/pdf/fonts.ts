import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
  for (let index = 0; index < text.length; index += 1) {
    let codePoint = text.charCodeAt(index);
    if (codePoint >= 0xd800 && codePoint < 0xdc00) {
      codePoint = text.codePointAt(index) ?? 0;
      index += codePoint > 0xffff ? 1 : 0;
    }
    width += advanceOf(codePoint);
  }
  return width * size;
}

/** All planes that have characters; what lies behind them has no glyph. */
const CODE_POINTS = 0x4_0000;
const NOT_ASKED = 0xffff;

function loadFont(): DocumentFont {
  const file = readFileSync(createRequire(import.meta.url).resolve(FONT_FILE));
  const source = create(file);
  const tables = readTrueType(file);
  const glyphs = new Uint16Array(CODE_POINTS).fill(NOT_ASKED);
  const advances = new Float64Array(CODE_POINTS).fill(-1);
  const glyphOf = (codePoint: number): number => {
    let glyph = glyphs[codePoint] ?? 0;
    if (glyph === NOT_ASKED) {
      glyph = source.glyphForCodePoint(codePoint).id;
      glyphs[codePoint] = glyph;
    }
    return glyph;
  };
  const advanceOf = (codePoint: number): number => {
    let advance = advances[codePoint] ?? 0;
    if (advance < 0) {
      advance = tables.metrics(glyphOf(codePoint)).advance / tables.unitsPerEm;
      advances[codePoint] = advance;
    }
    return advance;
  };
  return { tables, glyphOf, advanceOf };
}

import { createRequire } from 'node:module';
import { openTrueType, type TrueTypeTables } from './true-type.js';

/**
 * The faces of documents, in the order in which they are asked for a character: the face of mainland China, which draws what
 * nearly every document prints, then those that draw rarer characters of names. All are of one design and share its measures.
 * A face's place is part of what files look like: a new one MUST be added at the end.
 */
const FACES = [
  { name: 'NotoSerifSC-Regular', file: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf' },
  { name: 'NotoSerifHK-Regular', file: '@expo-google-fonts/noto-serif-hk/400Regular/NotoSerifHK_400Regular.ttf' },
  { name: 'NotoSerifJP-Regular', file: '@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf' },
] as const;

/**
 * What cannot be printed whatever the font holds: controls, invisible format characters, private use, unassigned,
 * combining marks and variation selectors (text is set one character after another, without shaping) and emoji.
 */
const NEVER_DRAWN = /[\p{C}\p{M}\p{Zl}\p{Zp}\p{Emoji_Presentation}\p{Regional_Indicator}]/u;

/** One face of the chain: opened once in a process, and kept. */
export type Face = { readonly name: string; readonly tables: TrueTypeTables };

/** The typeface of every document. What it answers does not depend on which faces were opened before. */
export type DocumentFont = {
  /** Which face draws the character, and by which of its glyphs (`faceOf`, `glyphIn`); 0 when none does. */
  readonly glyphOf: (codePoint: number) => number;
  /** Advance in em of one character. */
  readonly advanceOf: (codePoint: number) => number;
};

export const faceOf = (glyph: number): number => glyph >>> 16;
export const glyphIn = (glyph: number): number => glyph & 0xffff;

const opened: Face[] = [];

/** The face at `index` of the chain, opened when it is first asked for: most processes need the first one only. */
export function face(index: number): Face {
  return (opened[index] ??= openFace(index));
}

/** What outlines, advances and font programs here count in. */
const UNITS_PER_EM = 1000;

function openFace(index: number): Face {
  const wanted = FACES[index];
  if (wanted === undefined) {
    throw new Error(`There is no face ${index}: documents have ${FACES.length}`);
  }
  const tables = openTrueType(createRequire(import.meta.url).resolve(wanted.file));
  if (tables.unitsPerEm !== UNITS_PER_EM) {
    throw new Error(`${wanted.name} has ${tables.unitsPerEm} units to the em; outlines are drawn in ${UNITS_PER_EM}.`);
  }
  return { name: wanted.name, tables };
}

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
    if (character !== '\n' && (NEVER_DRAWN.test(character) || glyphOf(code) === 0)) {
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
const NOT_ASKED = 0xffff_ffff;

function loadFont(): DocumentFont {
  const glyphs = new Uint32Array(CODE_POINTS).fill(NOT_ASKED);
  const advances = new Float64Array(CODE_POINTS).fill(-1);
  const glyphOf = (codePoint: number): number => {
    let glyph = glyphs[codePoint] ?? 0;
    if (glyph === NOT_ASKED) {
      glyph = findGlyph(codePoint);
      glyphs[codePoint] = glyph;
    }
    return glyph;
  };
  const advanceOf = (codePoint: number): number => {
    let advance = advances[codePoint] ?? 0;
    if (advance < 0) {
      const glyph = glyphOf(codePoint);
      const { tables } = face(faceOf(glyph));
      advance = tables.metrics(glyphIn(glyph)).advance / tables.unitsPerEm;
      advances[codePoint] = advance;
    }
    return advance;
  };
  return { glyphOf, advanceOf };
}

function findGlyph(codePoint: number): number {
  for (let index = 0; index < FACES.length; index += 1) {
    const glyph = face(index).tables.glyphOf(codePoint);
    if (glyph !== 0) {
      return index * 0x1_0000 + glyph;
    }
  }
  return 0;
}

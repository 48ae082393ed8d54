import type { Alphabet } from './alphabet.js';
import { DEFAULT_WIDTH, fontProgram, furtherFontProgram } from './font-program.js';
import { documentFont, face } from './fonts.js';
import type { KitDocument, Ref } from './kit-document.js';
import type { PdfContent } from './pdf-content.js';
import { compressed, stream, type Body } from './slots.js';
import { viewOf } from './true-type.js';
import { unicodeMap } from './unicode-map.js';
import { fontName } from './used-glyphs.js';

const SERIF_AND_SYMBOLIC = 6;
const COMPACT_FONT = '/Subtype/CIDFontType0C';

/** The fonts of a document: that of the first face, which every document has, and one for each further face it needs. */
type Fonts = {
  /** Stamps are written in it too, under the name `stamp`: its first codes are those of the stamp's characters. */
  readonly first: Ref;
  readonly further: readonly { readonly face: number; readonly ref: Ref }[];
};

export function addFonts(document: KitDocument): Fonts {
  const first = addFont(document, 0, {
    program: ({ glyphs }) => {
      return stream(`${COMPACT_FONT}/Filter/FlateDecode`, fontProgram(glyphs.alphabet, glyphs.others));
    },
    widths: widthsOf,
    characters: ({ glyphs: { alphabet, others } }) => [...alphabet.codePoints, ...others],
  });
  const further = document.content.glyphs.furtherFaces.map((index) => ({
    face: index,
    ref: addFont(document, index, {
      program: ({ glyphs }) => compressed(COMPACT_FONT, furtherFontProgram(index, glyphs.drawnBy(index))),
      widths: ({ glyphs }) => widthOfNothing(index) + listWidths(glyphs.drawnBy(index), 1),
      characters: ({ glyphs }) => glyphs.drawnBy(index),
    }),
  }));
  return { first, further };
}

/** The entries of a page's font resources. */
export function fontsIn({ first, further }: Fonts): string {
  return [{ face: 0, ref: first }, ...further].map(({ face: index, ref }) => `/${fontName(index)} ${ref}`).join('');
}

/** What one font says, of each document. */
type FontParts = {
  readonly program: (content: PdfContent) => Body;
  readonly widths: (content: PdfContent) => string;
  /** In the order of their codes, from 1 on. */
  readonly characters: (content: PdfContent) => readonly number[];
};

/** One font as PDF objects (ISO 32000-1, 9.7). Codes are glyph numbers. */
function addFont(document: KitDocument, index: number, { program, widths, characters }: FontParts): Ref {
  const base = (content: PdfContent): string => baseFont(content, index);
  const programRef = document.slot(program);
  const metrics = metricsOf(index);
  const descriptor = document.slot((content) => ({
    text: `<</Type/FontDescriptor/FontName/${base(content)}${metrics}/FontFile3 ${programRef}>>`,
  }));
  const descendant = document.slot((content) => ({
    text: `<</Type/Font/Subtype/CIDFontType0/BaseFont/${base(content)}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor}/DW ${DEFAULT_WIDTH}/W[${widths(content)}]>>`,
  }));
  const unicode = document.slot((content) =>
    stream('/Filter/FlateDecode', unicodeMap(content.glyphs.alphabet, characters(content))),
  );
  return document.slot((content) => ({
    text: `<</Type/Font/Subtype/Type0/BaseFont/${base(content)}/Encoding/Identity-H/DescendantFonts[${descendant}]/ToUnicode ${unicode}>>`,
  }));
}

/** Six letters of the file's id tell the subsets of different files apart when files are merged. */
function baseFont({ id }: PdfContent, index: number): string {
  const letters = Array.from(id.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26)));
  return `${letters.join('')}+${face(index).name}`;
}

function metricsOf(index: number): string {
  const { head, hhea, unitsPerEm } = face(index).tables;
  const scaled = (value: number): number => Math.round((value * 1000) / unitsPerEm);
  const box = [36, 38, 40, 42].map((at) => scaled(viewOf(head).getInt16(at))).join(' ');
  const [ascent, descent] = [scaled(viewOf(hhea).getInt16(4)), scaled(viewOf(hhea).getInt16(6))];
  return `/Flags ${SERIF_AND_SYMBOLIC}/FontBBox[${box}]/ItalicAngle 0/Ascent ${ascent}/Descent ${descent}/CapHeight 733/StemV 80`;
}

/** `1 [224 346 …] 95 [500]`: the widths that are not the default one. */
function widthsOf({ glyphs: { alphabet, others } }: PdfContent): string {
  const first = alphabet.codePoints.length + 1;
  return ownWidths(alphabet) + listWidths(others, first);
}

const alphabetWidths = new WeakMap<Alphabet, string>();

function ownWidths(alphabet: Alphabet): string {
  let widths = alphabetWidths.get(alphabet);
  if (widths === undefined) {
    widths = widthOfNothing(0) + listWidths(alphabet.codePoints, 1);
    alphabetWidths.set(alphabet, widths);
  }
  return widths;
}

/** That of `.notdef`, which every font has and no document prints. */
function widthOfNothing(index: number): string {
  const { tables } = face(index);
  return `0[${Math.round((tables.metrics(0).advance * 1000) / tables.unitsPerEm)}]`;
}

function listWidths(codePoints: readonly number[], first: number): string {
  const { advanceOf } = documentFont();
  let text = '';
  let isOpen = false;
  for (const [index, codePoint] of codePoints.entries()) {
    const width = Math.round(advanceOf(codePoint) * 1000);
    if (width === DEFAULT_WIDTH) {
      text += isOpen ? ']' : '';
      isOpen = false;
    } else {
      text += isOpen ? ` ${width}` : `${first + index}[${width}`;
      isOpen = true;
    }
  }
  return isOpen ? `${text}]` : text;
}

import type { Alphabet } from './alphabet.js';
import { DEFAULT_WIDTH, FONT_NAME, fontProgram } from './font-program.js';
import { documentFont } from './fonts.js';
import type { KitDocument, Ref } from './kit-document.js';
import type { PdfContent } from './pdf-content.js';
import { compressed, stream } from './slots.js';
import { viewOf } from './true-type.js';

const SERIF_AND_SYMBOLIC = 6;

/**
 * The one font of a document as PDF objects (ISO 32000-1, 9.7). Codes are glyph numbers. Stamps are written in it too, under
 * the name `stamp`: its first codes are those of the stamp's characters.
 */
export function addFont(document: KitDocument): Ref {
  const program = document.slot(({ glyphs }) => {
    return stream('/Subtype/CIDFontType0C/Filter/FlateDecode', fontProgram(glyphs.alphabet, glyphs.others));
  });
  const metrics = metricsOf();
  const descriptor = document.slot((content) => ({
    text: `<</Type/FontDescriptor/FontName/${baseFont(content)}${metrics}/FontFile3 ${program}>>`,
  }));
  const descendant = document.slot((content) => ({
    text: `<</Type/Font/Subtype/CIDFontType0/BaseFont/${baseFont(content)}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${descriptor}/DW ${DEFAULT_WIDTH}/W[${widthsOf(content)}]>>`,
  }));
  const unicode = document.slot((content) => compressed('', Buffer.from(unicodeMap(content), 'latin1')));
  return document.slot((content) => ({
    text: `<</Type/Font/Subtype/Type0/BaseFont/${baseFont(content)}/Encoding/Identity-H/DescendantFonts[${descendant}]/ToUnicode ${unicode}>>`,
  }));
}

/** Six letters of the file's id tell the subsets of different files apart when files are merged. */
function baseFont({ id }: PdfContent): string {
  const letters = Array.from(id.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26)));
  return `${letters.join('')}+${FONT_NAME}`;
}

function metricsOf(): string {
  const { head, hhea, unitsPerEm } = documentFont().tables;
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
    widths = `0[${Math.round((documentFont().tables.metrics(0).advance * 1000) / documentFont().tables.unitsPerEm)}]${listWidths(alphabet.codePoints, 1)}`;
    alphabetWidths.set(alphabet, widths);
  }
  return widths;
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

/** The way back from codes to characters (ISO 32000-1, 9.10.3). A range of codes MUST NOT leave its first byte. */
function unicodeMap({ glyphs: { alphabet, others } }: PdfContent): string {
  const units = [...alphabet.codePoints, ...others].map(utf16);
  const ranges: string[] = [];
  for (let code = 1; code <= units.length;) {
    const end = Math.min(units.length, code | 0xff);
    ranges.push(`<${hex(code)}><${hex(end)}>[${units.slice(code - 1, end).join('')}]`);
    code = end + 1;
  }
  return `/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><ffff>endcodespacerange
${ranges.length} beginbfrange
${ranges.join('\n')}
endbfrange endcmap CMapName currentdict/CMap defineresource pop end end`;
}

const hex = (value: number): string => value.toString(16).padStart(4, '0');

/** `<7535>`; a character beyond the Basic Multilingual Plane as its two surrogates. */
function utf16(codePoint: number): string {
  return codePoint < 0x1_0000
    ? `<${hex(codePoint)}>`
    : `<${hex(0xd7c0 + (codePoint >> 10))}${hex(0xdc00 + (codePoint & 0x3ff))}>`;
}

import type { PdfFile } from './pdf-file.js';
import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfName, PdfRef, PdfString, isArray } from './pdf-values.js';
import type { PdfDictionary, PdfObject, PdfValue } from './pdf-values.js';
import { stampCodes } from './stamp-alphabet.js';
import type { Space } from './status-line.js';

/** The two fields that an issued file keeps free for the stamp. */
const STATUS_FIELD = 'anchor.status';
export const PROOF_FIELD = 'anchor.proof';
/** The field of the issuer's signature. */
export const SIGNATURE_FIELD = 'signature';

/** How the visible field wants its text drawn. */
export type StampField = {
  readonly field: PdfObject<PdfDictionary>;
  readonly space: Space;
  /** Name of the stamp font among the resources, and the font. */
  readonly font: { readonly name: string; readonly ref: PdfRef };
  readonly largestSize: number;
  /** The operator that sets the colour; may be empty. */
  readonly colour: string;
  /** Of a text at one point, in points. */
  readonly widthOf: (text: string) => number;
};

/** Sizes no page needs; a field that asks for more would make us try without end. */
const LARGEST_SIZE = 72;
const DEFAULT_APPEARANCE = /^\/([\w.-]{1,40}) (\d{1,2}(?:\.\d{1,3})?) Tf(?: ((?:[\d.]{1,8} ){1,4}(?:g|rg|k)))?$/;

/** Reads the visible field and its font. Throws `PdfUnreadable` when the file keeps none free for a stamp. */
export function readStampField(file: PdfFile): StampField {
  const field = file.field(STATUS_FIELD);
  if (field === undefined) {
    throw new PdfUnreadable('The file has no field for a stamp');
  }
  const appearance = file.resolve(field.value.get('DA'));
  const [, name = '', size = '0', colour = ''] =
    DEFAULT_APPEARANCE.exec(appearance instanceof PdfString ? appearance.text : '') ?? [];
  const fonts = file.dictionary(
    file.dictionary(file.form?.get('DR'), 'The resources of the form').get('Font'),
    'Fonts',
  );
  const ref = fonts.get(name);
  if (!(ref instanceof PdfRef) || Number(size) > LARGEST_SIZE) {
    throw new PdfUnreadable('The field for the stamp names no font of the form');
  }
  const widths = readWidths(file, file.dictionary(ref, 'The stamp font'));
  return {
    field,
    space: spaceOf(file, field.value),
    font: { name, ref },
    largestSize: Number(size),
    colour,
    widthOf: (text) => stampCodes(text).reduce((sum, code) => sum + widths(code) / 1000, 0),
  };
}

function spaceOf(file: PdfFile, field: PdfDictionary): Space {
  const [left, bottom, right, top] = file
    .list(field.get('Rect'))
    .map((value) => (typeof value === 'number' ? value : NaN));
  const space = { width: Number(right) - Number(left), height: Number(top) - Number(bottom) };
  if (!(space.width > 0 && space.height > 0)) {
    throw new PdfUnreadable('The field for the stamp has no room');
  }
  return space;
}

/** Widths by code, in thousandths of the size. Source: ISO 32000-1, 9.7.4.3. */
function readWidths(file: PdfFile, font: PdfDictionary): (code: number) => number {
  const encoding = file.resolve(font.get('Encoding'));
  const descendant = file.dictionary(file.list(font.get('DescendantFonts'))[0], 'The stamp font');
  if (!(encoding instanceof PdfName) || encoding.name !== 'Identity-H') {
    throw new PdfUnreadable('The stamp font has another encoding than Identity-H');
  }
  const usual = file.resolve(descendant.get('DW'));
  const widths = new Map<number, number>();
  const items = file.list(descendant.get('W')).map((item) => file.resolve(item));
  for (let at = 0; at < items.length;) {
    const [first, second, third] = items.slice(at, at + 3);
    at += isArray(second) ? 2 : 3;
    setWidths(widths, Number(first), second ?? null, third ?? null);
  }
  return (code) => widths.get(code) ?? (typeof usual === 'number' ? usual : 1000);
}

/** `first [w w w]`, or `first last w`. */
function setWidths(widths: Map<number, number>, first: number, second: PdfValue, third: PdfValue): void {
  const given = isArray(second)
    ? second
    : Array.from({ length: Math.min(Number(second) - first + 1 || 0, 65_536) }, () => third);
  for (const [index, width] of given.entries()) {
    if (typeof width === 'number') {
      widths.set(first + index, width);
    }
  }
}

/** Whether the file keeps both fields free, and has not been stamped. */
export function awaitsStamp(file: PdfFile): boolean {
  const proof = file.field(PROOF_FIELD);
  const value = file.resolve(proof?.value.get('V'));
  const isEmpty = value === null || (value instanceof PdfString && value.bytes.length === 0);
  return proof !== undefined && file.field(STATUS_FIELD) !== undefined && isEmpty;
}

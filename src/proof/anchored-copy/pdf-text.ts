import { latin } from './pdf-bytes.js';
import { PdfName, PdfRef, PdfString, isArray, isDictionary } from './pdf-values.js';
import type { PdfValue } from './pdf-values.js';

/**
 * The one way in which the append writes a value: as Latin-1 text, one space between the items of an array, none
 * elsewhere, numbers with at most five decimals. Part of the format: two writers MUST write the same bytes.
 */
export function pdfText(value: PdfValue): string {
  if (typeof value === 'number') {
    return pdfNumber(value);
  }
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (value instanceof PdfName) {
    return nameText(value.name);
  }
  if (value instanceof PdfRef) {
    return `${value.number} ${value.generation} R`;
  }
  if (value instanceof PdfString) {
    return literalText(latin(value.bytes));
  }
  if (isArray(value)) {
    return `[${value.map(pdfText).join(' ')}]`;
  }
  if (isDictionary(value)) {
    return `<<${[...value].map(([key, item]) => `${nameText(key)} ${pdfText(item)}`).join('')}>>`;
  }
  throw new TypeError('A stream is no value inside another');
}

/** `12`, `0.5`, `-3.25`: at most five decimals, no exponent, no zeros at the end. */
export function pdfNumber(value: number): string {
  const fixed = value.toFixed(5).replace(/\.?0+$/, '');
  return fixed === '-0' ? '0' : fixed;
}

/** `(…)` of Latin-1 characters: brackets and backslashes escaped, what is not printable ASCII as three octal digits. */
export function literalText(text: string): string {
  const escaped = text.replaceAll(/[()\\]/g, '\\$&');
  return `(${escaped.replaceAll(/[^ -~]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)})`;
}

/** `/Name`, with whatever else than regular characters as `#xx`. */
export function nameText(name: string): string {
  return PLAIN_NAME.test(name)
    ? `/${name}`
    : `/${name.replaceAll(/[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g, (character) => `#${hexByte(character.charCodeAt(0))}`)}`;
}

/** What nearly all names are made of. */
const PLAIN_NAME = /^[\w.]*$/;

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A text string in UTF-16, as hexadecimal: readable by every program whatever the characters. */
export function wideText(text: string): string {
  let hex = 'feff';
  for (let index = 0; index < text.length; index += 1) {
    hex += text.charCodeAt(index).toString(16).padStart(4, '0');
  }
  return `<${hex}>`;
}

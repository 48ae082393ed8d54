import { deflateSync } from 'node:zlib';
import type { PdfContent } from './pdf-content.js';

/** The inside of an indirect object: its value and, for a stream, the bytes after it. */
export type Body = { readonly text: string; readonly data?: Uint8Array };

/**
 * An object that is another one in every document of a shape. MUST take what it says from its argument alone, and from
 * numbers of objects: it outlives the document for which its template was drawn.
 */
export type Slot = (content: PdfContent) => Body;

/** A stream with its dictionary; `entries` are all but the length. */
export function stream(entries: string, data: Uint8Array): Body {
  return { text: `<<${entries}/Length ${data.length}>>`, data };
}

/**
 * Our streams are short: small tables find nearly as much, and take less time to set up, as does a small buffer for what comes
 * out. Level 5 would take 6 % from what is deflated, not one percent of the file, and half as much time again.
 */
const SHORT = { level: 1, windowBits: 14, memLevel: 7, chunkSize: 8_192 };

/** The same, deflated. */
export function compressed(entries: string, data: Uint8Array): Body {
  return stream(`${entries}/Filter/FlateDecode`, deflateSync(data, SHORT));
}

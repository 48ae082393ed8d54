import { createHash } from 'node:crypto';
import type { Box } from './canvas.js';
import type { PageSize, QrFigure } from './page.js';
import type { Structure } from './structure.js';
import type { UsedGlyphs } from './used-glyphs.js';

export type PdfAttachment = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** What the file is to the document (PDF/A-3, annex E): what it was made from, or the same said for machines. */
  readonly relationship: 'Data' | 'Alternative';
  readonly description?: string;
};

export type PdfDescription = {
  /** MUST name the document's number: two files with the same title, address and instant would share their file id. */
  readonly title: string;
  /** Where the document lives on chain; readable in the file's keywords without parsing a page. */
  readonly documentAddress: string;
  /** The instant of issue: the only date in the file. */
  readonly createdAt: Date;
  /** Bytes to keep free for the signature; enough for a key on P-256 when absent. */
  readonly signatureRoom?: number;
  /** Set on a copy that is handed out, never signed and never anchored: what distinguishes it. It has no form. */
  readonly copy?: string;
};

type PageContent = {
  readonly size: PageSize;
  readonly operators: string;
  /** Drawn after them. */
  readonly qrCodes: readonly QrFigure[];
};

/** Everything one file will hold, before a byte of the file is written. */
export type PdfContent = {
  readonly description: PdfDescription;
  /** Sixteen bytes: the same for the same document, others for another. */
  readonly id: Buffer;
  readonly pages: readonly PageContent[];
  readonly structure: Structure;
  readonly glyphs: UsedGlyphs;
  readonly attachments: readonly PdfAttachment[];
  /** Where the status of anchoring is told, on the first page; a copy has no such place, nor one for a signature. */
  readonly status?: Box;
};

/** Two contents with the same key have files that differ in their slots only (`slots.ts`). */
export function shapeOf({ pages, structure, glyphs, attachments, status }: PdfContent): string {
  const sizes = pages
    .map(({ size, qrCodes }) => `${size.width}x${size.height}${qrCodes.length === 0 ? '' : ' with codes'}`)
    .join(' ');
  const files = attachments.map(({ mediaType, relationship }) => `${mediaType} ${relationship}`).join(' ');
  const place = status === undefined ? '' : `${status.x},${status.y},${status.width},${status.height}`;
  return `${glyphs.alphabet.name}|${glyphs.furtherFaces.join()}|${sizes}|${files}|${place}|${structure.key()}`;
}

/** The file's /ID; the name of its font begins with it too. */
export function fileId({ title, documentAddress, createdAt, copy = '' }: PdfDescription): Buffer {
  return createHash('md5').update(`${title}\n${documentAddress}\n${createdAt.toISOString()}\n${copy}`).digest();
}

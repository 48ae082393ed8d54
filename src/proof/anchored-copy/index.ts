/** The anchored copy of an issued PDF: the stamp, appended as one incremental update that anybody can make again. */
export { ANCHORED_COPY_VERSION, isStampOf, stampOf } from './anchor-stamp.js';
export type { AnchorStamp } from './anchor-stamp.js';
export { buildAnchoredCopy } from './build-anchored-copy.js';
export { openAnchoredCopy } from './open-anchored-copy.js';
export type { CopyFault, CopyTools, OpenedCopy } from './open-anchored-copy.js';
export { PdfFile } from './pdf-file.js';
export type { Inflate, PdfAttachment, PdfRevision, PdfSignature } from './pdf-file.js';
export { PdfUnreadable } from './pdf-unreadable.js';
export { readPdf } from './read-pdf.js';
export { STAMP_ALPHABET, stampCodes } from './stamp-alphabet.js';
export type { StampedAnchor } from './stamped-anchor.js';

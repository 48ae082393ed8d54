export { BYTE_RANGE_PLACEHOLDER, contentsPlaceholder } from './unsigned-pdf.js';
export type { UnsignedPdf } from './unsigned-pdf.js';

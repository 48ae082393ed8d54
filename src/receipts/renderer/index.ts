/** What draws this family: a door of its own, for threads that load nothing else. */
export { RECEIPT_RENDERER } from '../receipt.pdf.js';

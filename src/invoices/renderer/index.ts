/** What draws this family: a door of its own, for threads that load nothing else. */
export { INVOICE_RENDERER } from '../invoice.pdf.js';

/** The anchored copy of an issued PDF: the stamp, appended as one incremental update that anybody can make again. */
export { STAMP_ALPHABET } from './stamp-alphabet.js';

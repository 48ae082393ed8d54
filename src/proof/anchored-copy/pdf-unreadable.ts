import { DomainError } from '../../kernel/index.js';

/** Bytes that are no PDF of the form this reader reads. The message says what was found and where. */
export class PdfUnreadable extends DomainError {
  readonly code = 'proof.pdf-unreadable';
  readonly kind = 'malformed';
}

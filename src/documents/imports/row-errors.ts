import { DomainError, type FieldError } from '../../kernel/index.js';
import { RequestSerialNoReused } from '../documents.errors.js';

/** More are not kept of one row: nobody mends them in one go. */
const MOST_ERRORS = 20;

export const NOT_JSON: FieldError = {
  field: '',
  code: 'imports.row-malformed',
  message: 'This line is not JSON in UTF-8; write one request as one JSON object on one line.',
};

export const SERIAL_REUSED: readonly FieldError[] = new RequestSerialNoReused().fields;

const OUR_FAULT: FieldError = {
  field: '',
  code: 'imports.row-failed',
  message: 'This row could not be issued because something failed here; the operator has been told. Send it again.',
};

export function atMost(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.slice(0, MOST_ERRORS);
}

/** What to tell of a row that was refused although it was judged right. `isOurs` when nobody expected the failure. */
export function explainFailure(error: unknown): { readonly errors: readonly FieldError[]; readonly isOurs: boolean } {
  if (error instanceof DomainError) {
    const { fields, code, message } = error;
    return { errors: fields.length > 0 ? atMost(fields) : [{ field: '', code, message }], isOurs: false };
  }
  return { errors: [OUR_FAULT], isOurs: true };
}

/** What went wrong, in terms a caller can act on; `platform/http` maps each kind to one HTTP status. */
export type ErrorKind =
  | 'malformed' // 400: the request cannot be read
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'conflict' // 409
  | 'too-large' // 413
  | 'unsupported' // 415
  | 'invalid' // 422: readable, and a rule is broken
  | 'too-many' // 429
  | 'unavailable'; // 503

/** One broken rule: `field` is a path such as `lines[0].tax`, `code` is stable, `message` is a sentence for a person. */
export type FieldError = { readonly field: string; readonly code: string; readonly message: string };

/** A failure we expect. `code` is stable and public (`invoices.total-mismatch`); the message tells what to do. */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  abstract readonly kind: ErrorKind;
  /** Public by contract: never personal data. */
  readonly fields: readonly FieldError[] = [];
}

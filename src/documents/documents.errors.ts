import { DomainError, type FieldError } from '../kernel/index.js';
import { DatabaseUnavailable, sqlState } from '../platform/database/index.js';

export class DocumentNotFound extends DomainError {
  override readonly code = 'documents.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('You have no document with this id');
  }
}

/** The document's status does not allow this. A kind that knows better what to say catches it and throws its own. */
export class TransitionRefused extends DomainError {
  override readonly code: string = 'documents.transition-refused';
  override readonly kind = 'conflict';

  constructor(
    readonly event: string,
    readonly status: string,
  ) {
    super(`A document with the status "${status}" cannot become "${event}"; nothing was stored`);
  }
}

export class DocumentInForce extends DomainError {
  override readonly code = 'documents.in-force';
  override readonly kind = 'conflict';

  constructor() {
    super('This document is in force: there is no marked copy of it. Ask for the issued file');
  }
}

/** Files of before there was a stamp keep no field free for it, and what was issued is never made again. */
export class NoRoomForStamp extends DomainError {
  override readonly code = 'documents.no-room-for-stamp';
  override readonly kind = 'conflict';

  constructor() {
    super('This file was issued without room for a stamp. Ask for the issued file, and for the evidence beside it');
  }
}

/** The same Idempotency-Key came with another request. */
export class IdempotencyKeyReused extends DomainError {
  override readonly code = 'idempotency.key-reused';
  override readonly kind = 'invalid';

  constructor() {
    super(
      'This Idempotency-Key was used for a request with another body. Use a new key for a new document; nothing was stored',
    );
  }
}

/** The same requestSerialNo came with other content, in whatever way it came. */
export class RequestSerialNoReused extends DomainError {
  override readonly code = 'documents.request-serial-no-reused';
  override readonly kind = 'conflict';
  override readonly fields: readonly FieldError[];

  constructor() {
    super(
      'This requestSerialNo was used for a request with other content. Use a new one for a new document; nothing was stored',
    );
    this.fields = [{ field: 'requestSerialNo', code: this.code, message: `${this.message}.` }];
  }
}

export class IdempotencyKeyMalformed extends DomainError {
  override readonly code = 'idempotency.key-malformed';
  override readonly kind = 'malformed';

  constructor() {
    super('An Idempotency-Key has 1 to 255 visible ASCII characters');
  }
}

/** The series has no number left, or none of those that the issuer drew. */
export class NumbersExhausted extends DomainError {
  override readonly code = 'documents.numbers-exhausted';
  override readonly kind = 'conflict';

  constructor() {
    super('No number is left in this series; draw a further block, or wait for the next year. Nothing was stored');
  }
}

/** Drawing failed repeatedly; an operator has to look. */
export class RenderingFailed extends DomainError {
  override readonly code = 'documents.rendering-failed';
  override readonly kind = 'unavailable';

  constructor() {
    super('The PDF of this document could not be drawn. The document is issued and stored; the operator has been told');
  }
}

/** Not the document's fault: the work is tried again later, and nothing is counted. */
export function isDatabaseFailure(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || sqlState(error) !== undefined;
}

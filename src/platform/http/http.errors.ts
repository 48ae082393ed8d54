import { DomainError } from '../../kernel/index.js';
import type { FieldError } from '../../kernel/index.js';

export class Unauthenticated extends DomainError {
  override readonly code = 'access.unauthenticated';
  override readonly kind = 'unauthenticated';

  constructor() {
    super('Send a valid key as "Authorization: Bearer <api key>"');
  }
}

export class Forbidden extends DomainError {
  override readonly code = 'access.forbidden';
  override readonly kind = 'forbidden';

  constructor(scope: string) {
    super(`This needs the scope ${scope}, which the key does not have`);
  }
}

/** As many mistakes as are told at once; there may be more. */
const MOST_TOLD = 100;

function countOf(fields: readonly FieldError[]): string {
  return fields.length < MOST_TOLD ? String(fields.length) : `At least ${fields.length}`;
}

/**
 * The request was understood and breaks rules; each one is named. What is wrong with the request as a whole has no field to
 * be named: its code and its sentence are then the answer's own.
 */
export class InvalidRequest extends DomainError {
  override readonly code: string;
  override readonly kind = 'invalid';
  override readonly fields: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    const whole = errors.find(({ field }) => field === '');
    super(
      whole?.message ??
        `${errors.length === 1 ? 'One field is' : `${countOf(errors)} fields are`} not acceptable; nothing was stored`,
    );
    this.code = whole?.code ?? 'validation.failed';
    this.fields = errors.filter(({ field }) => field !== '');
  }
}

/** A question with parameters that it does not take. It would have stored nothing, so what it might take is all there is to say. */
export class InvalidQuery extends DomainError {
  override readonly code = 'validation.failed';
  override readonly kind = 'invalid';

  constructor(override readonly fields: readonly FieldError[]) {
    super(fields.map(({ field, message }) => `${field}: ${message}`).join(' '));
  }
}

/** Who shows no key may ask only so often. */
export class TooManyRequests extends DomainError {
  override readonly code = 'access.too-many-requests';
  override readonly kind = 'too-many';

  constructor(seconds: number) {
    super(`Too many requests came from this address; come back in ${seconds} s, or send an API key`);
  }
}

/** An id in a path that cannot be one. */
export class MalformedId extends DomainError {
  override readonly code = 'request.id-malformed';
  override readonly kind = 'malformed';
  override readonly fields: readonly FieldError[];

  constructor(field: string) {
    super('An id in the path is none; ids look like 018f0000-0000-7000-8000-000000000000');
    this.fields = [{ field, code: this.code, message: 'Give the id as this service answered it: a UUID.' }];
  }
}

export class MalformedPath extends DomainError {
  override readonly code = 'request.path-malformed';
  override readonly kind = 'malformed';

  constructor() {
    super('The path or its query has a zero byte; take it out');
  }
}

export class UnsupportedMediaType extends DomainError {
  override readonly code = 'request.unsupported-media-type';
  override readonly kind = 'unsupported';
}

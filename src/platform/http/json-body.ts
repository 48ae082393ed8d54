import { DomainError, type FieldError } from '../../kernel/index.js';
import { duplicateKey } from './duplicate-key.js';

class BodyEmpty extends DomainError {
  override readonly code = 'request.body-empty';
  override readonly kind = 'malformed';

  constructor() {
    super('The request says that its body is JSON and has none; send an object, {} if there is nothing to say');
  }
}

class BodyNotUtf8 extends DomainError {
  override readonly code = 'request.body-not-utf8';
  override readonly kind = 'malformed';

  constructor() {
    super('The body is not UTF-8; encode it so, and nothing in it gets lost');
  }
}

class BodyNotJson extends DomainError {
  override readonly code = 'request.body-not-json';
  override readonly kind = 'malformed';

  constructor() {
    super('The body is not JSON; check quotation marks, commas and brackets');
  }
}

class DuplicateKey extends DomainError {
  override readonly code = 'request.duplicate-key';
  override readonly kind = 'malformed';
  override readonly fields: readonly FieldError[];

  constructor(field: string) {
    super('A field stands twice in one object, and readers differ in which of the two they take; nothing was stored');
    this.fields = [{ field, code: this.code, message: 'This name stands twice in one object; send it once.' }];
  }
}

class BodyTooDeep extends DomainError {
  override readonly code = 'request.body-too-deep';
  override readonly kind = 'malformed';

  constructor() {
    super('Objects and lists lie in each other deeper than any request needs; nothing was stored');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads JSON as it was sent, so that nothing in it is lost or chosen for the sender. Throws `BodyEmpty`, `BodyNotUtf8`,
 * `BodyNotJson`, `BodyTooDeep` or `DuplicateKey`. Names like `__proto__` come through as fields of their own, for DTOs to refuse.
 */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) {
    throw new BodyEmpty();
  }
  const text = decoded(bytes);
  const value = parsed(text);
  const twice = repeatedName(text);
  if (twice !== null) {
    throw new DuplicateKey(twice);
  }
  return value;
}

function repeatedName(text: string): string | null {
  try {
    return duplicateKey(text);
  } catch (error) {
    throw error instanceof RangeError ? new BodyTooDeep() : error;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new BodyNotUtf8();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BodyNotJson();
  }
}

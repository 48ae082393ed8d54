import { DomainError } from '../../kernel/index.js';

export const MOST_ROWS = 10_000;

export class ImportNotFound extends DomainError {
  override readonly code = 'imports.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('You have no import with this id');
  }
}

export class TooManyRows extends DomainError {
  override readonly code = 'imports.too-many-rows';
  override readonly kind = 'too-large';

  constructor() {
    super(`An import has at most ${MOST_ROWS} rows; send the rest as another one. Nothing was stored`);
  }
}

export class NoRows extends DomainError {
  override readonly code = 'imports.no-rows';
  override readonly kind = 'invalid';

  constructor() {
    super('Send one request a line, each a JSON object; nothing was stored');
  }
}

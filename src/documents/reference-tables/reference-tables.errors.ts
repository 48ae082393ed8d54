import { DomainError } from '../../kernel/index.js';

export class ReferenceTableNotFound extends DomainError {
  override readonly code = 'reference-tables.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no such table, or it has no such version');
  }
}

export class CodeNotInForce extends DomainError {
  override readonly code = 'reference-tables.code-not-in-force';
  override readonly kind = 'conflict';

  constructor() {
    super('The table says nothing of this code on those days; nothing was changed');
  }
}

export class MalformedCode extends DomainError {
  override readonly code = 'reference-tables.code-malformed';
  override readonly kind = 'malformed';

  constructor() {
    super('A code has 1 to 40 letters, digits, points, colons, hyphens or underscores');
  }
}

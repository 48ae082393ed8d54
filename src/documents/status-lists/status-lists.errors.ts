import { DomainError } from '../../kernel/index.js';

export class StatusListNotFound extends DomainError {
  readonly code = 'documents.status-list-not-found';
  readonly kind = 'not-found';

  constructor(id: string) {
    super(`There is no status list ${id}`);
  }
}

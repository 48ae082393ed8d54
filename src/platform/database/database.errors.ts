import { DomainError } from '../../kernel/index.js';

/** There is no connection, or it was lost: whether the work is stored is then not known. */
export class DatabaseUnavailable extends DomainError {
  override readonly code = 'database.unavailable';
  override readonly kind = 'unavailable';

  constructor(cause: unknown) {
    super('The database cannot be reached now. Send the request again, with the same Idempotency-Key if it had one', {
      cause,
    });
  }
}

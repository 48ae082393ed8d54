import { DomainError, type FieldError } from '../kernel/index.js';

/** What is issued would pass the month's credit line. */
export class QuotaExhausted extends DomainError {
  override readonly code = 'invoices.quota-exhausted';
  override readonly kind = 'conflict';

  constructor() {
    super('This would pass the amount that you may issue this month; ask the operator to raise it. Nothing was stored');
  }
}

/** A red-letter invoice can only take back a blue one. */
export class RedOfRed extends DomainError {
  override readonly code = 'invoices.red-of-red';
  override readonly kind = 'conflict';

  constructor() {
    super('This is a red-letter invoice itself; issue a new blue invoice instead');
  }
}

/** The rules allow it at another time or in other circumstances, not now: what is left, or the slip, stands against it. */
export class RedLetterRefused extends DomainError {
  override readonly code: string;
  override readonly kind = 'conflict';

  constructor(override readonly fields: readonly FieldError[]) {
    super(fields[0]?.message ?? 'This red-letter invoice may not be issued now');
    this.code = fields[0]?.code ?? 'invoices.red-refused';
  }
}

export class RedConfirmationNotFound extends DomainError {
  override readonly code = 'red-confirmations.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('You have no confirmation slip with this id');
  }
}

/** A red-letter invoice was issued on this slip. */
export class RedConfirmationUsed extends DomainError {
  override readonly code = 'red-confirmations.used';
  override readonly kind = 'conflict';

  constructor() {
    super('The red-letter invoice of this slip is issued');
  }
}

export class InvoiceNotFound extends DomainError {
  override readonly code = 'invoices.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no invoice with this address whose seller or buyer you are');
  }
}

export class IssuerNotFound extends DomainError {
  override readonly code = 'invoices.issuer-not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no issuer with this id');
  }
}

export class NumberBlockTooLarge extends DomainError {
  override readonly code = 'invoices.number-block-too-large';
  override readonly kind = 'conflict';

  constructor() {
    super('This year’s series has not so many numbers left; draw fewer. Nothing was stored');
  }
}

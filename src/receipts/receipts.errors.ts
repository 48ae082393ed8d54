import { DomainError } from '../kernel/index.js';

export class ReceiptNotFound extends DomainError {
  override readonly code = 'receipts.not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('You have no receipt with this id');
  }
}

/** One decision, one paid receipt. */
export class DecisionHasReceipt extends DomainError {
  override readonly code = 'receipts.decision-has-receipt';
  override readonly kind = 'conflict';

  constructor() {
    super('There is a receipt for this decision; write it off first if it is wrong. Nothing was stored');
  }
}

export class TicketAlreadySold extends DomainError {
  override readonly code = 'receipts.ticket-already-sold';
  override readonly kind = 'conflict';

  constructor() {
    super('One of these ticket numbers stands on another receipt of yours; nothing was stored');
  }
}

export class ReceiptIsWriteOff extends DomainError {
  override readonly code = 'receipts.is-write-off';
  override readonly kind = 'conflict';

  constructor() {
    super('This bill takes another one back; it cannot itself be taken back');
  }
}

export class AlreadyWrittenOff extends DomainError {
  override readonly code = 'receipts.already-written-off';
  override readonly kind = 'conflict';

  constructor() {
    super('This bill was taken back before; nothing was stored');
  }
}

export class TicketsTouched extends DomainError {
  override readonly code = 'receipts.tickets-touched';
  override readonly kind = 'conflict';

  constructor() {
    super('A ticket of this receipt was used or refunded; refund the others one by one');
  }
}

export class TicketNotFound extends DomainError {
  override readonly code = 'receipts.ticket-not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('This receipt has no ticket with this number');
  }
}

export class TicketUsed extends DomainError {
  override readonly code = 'receipts.ticket-used';
  override readonly kind = 'conflict';

  constructor() {
    super('This ticket was used; it can be neither used again nor refunded');
  }
}

export class TicketRefunded extends DomainError {
  override readonly code = 'receipts.ticket-refunded';
  override readonly kind = 'conflict';

  constructor() {
    super('This ticket was refunded; it can be neither used nor refunded again');
  }
}

export class ReceiptKindNotFound extends DomainError {
  override readonly code = 'receipts.kind-not-found';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no kind of receipt of this name, or it has no such version');
  }
}

/** Kinds of the product itself and its presets are not registered over. */
export class KindIsBuiltIn extends DomainError {
  override readonly code = 'receipts.kind-built-in';
  override readonly kind = 'conflict';

  constructor() {
    super('A kind of this name is built in; register yours under another name');
  }
}

export class KindLifeCycleFixed extends DomainError {
  override readonly code = 'receipts.kind-life-cycle-fixed';
  override readonly kind = 'conflict';

  constructor() {
    super('Documents of this kind were issued under its life cycle; register another kind to change it');
  }
}

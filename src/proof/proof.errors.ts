import { DomainError } from '../kernel/index.js';
import type { FieldError } from '../kernel/index.js';

/** A value that the byte format cannot carry: `undefined`, a number that is not finite, a bigint, a function, … */
export class ValueNotAllowed extends DomainError {
  readonly code = 'proof.value-not-allowed';
  readonly kind = 'invalid';
  constructor(path: string, what: string) {
    super(`${path === '' ? 'The value' : `"${path}"`} ${what}`);
  }
}

/** A key that would make two different documents flatten to the same paths. */
export class KeyNotAllowed extends DomainError {
  readonly code = 'proof.key-not-allowed';
  readonly kind = 'invalid';
  constructor(key: string) {
    super(`The key "${key}" is empty, holds a dot, is only digits or is reserved`);
  }
}

/** An empty object or array: it has no field to hash, so adding or removing it would go unseen. */
export class EmptyContainer extends DomainError {
  readonly code = 'proof.empty-container';
  readonly kind = 'invalid';
  constructor(path: string) {
    super(`"${path}" is empty: leave it out instead`);
  }
}

/** Salts and fields do not pair up. */
export class SaltsDoNotFit extends DomainError {
  readonly code = 'proof.salts-do-not-fit';
  readonly kind = 'invalid';
  constructor(fields: number, bytes: number) {
    super(`${fields} fields need ${fields * 16} bytes of salt, not ${bytes}`);
  }
}

/** A field of a salted document that is not `<uuid v4>:<type>:<value>`. */
export class NotSalted extends DomainError {
  readonly code = 'proof.not-salted';
  readonly kind = 'malformed';
  constructor(path: string) {
    super(`"${path}" is not of the form <uuid v4>:<type>:<value>`);
  }
}

/** A tree needs at least one leaf, each of 32 bytes, no two alike. */
export class LeavesNotAllowed extends DomainError {
  readonly code = 'proof.leaves-not-allowed';
  readonly kind = 'invalid';
}

/** An index outside the tree, or a tile that is missing or of the wrong length. */
export class NotInTree extends DomainError {
  readonly code = 'proof.not-in-tree';
  readonly kind = 'invalid';
}

/** Text that is not an address, a chain id or a CAIP-10 account. */
export class AddressMalformed extends DomainError {
  readonly code = 'proof.address-malformed';
  readonly kind = 'malformed';
}

/** A path that is not in the document, or that verification cannot do without. */
export class CannotRedact extends DomainError {
  readonly code = 'proof.cannot-redact';
  readonly kind = 'invalid';
}

/** Fields that a holder wants to hide and that are not there, or that verification cannot do without: each is named. */
export class CannotDisclose extends DomainError {
  readonly code = 'proof.cannot-disclose';
  readonly kind = 'invalid';
  constructor(override readonly fields: readonly FieldError[]) {
    super('Not all of these fields can be hidden; nothing was');
  }
}

/** A text that is not an evidence bundle of a version this code knows. */
export class BundleMalformed extends DomainError {
  readonly code = 'proof.bundle-malformed';
  readonly kind = 'malformed';
}

/** Bytes that are not the signature, certificate or time stamp they should be. */
export class SignatureMalformed extends DomainError {
  readonly code = 'proof.signature-malformed';
  readonly kind = 'malformed';
  constructor(what: string) {
    super(`The signature ${what}`);
  }
}

/** A text that is not a status list, or one that ends before the entry asked for. */
export class StatusListMalformed extends DomainError {
  readonly code = 'proof.status-list-malformed';
  readonly kind = 'malformed';

  constructor(reason: string) {
    super(`The status list ${reason}`);
  }
}

/** A status list that nobody whom the verifier believes has signed. */
export class StatusListNotBelieved extends DomainError {
  readonly code = 'proof.status-list-not-believed';
  readonly kind = 'invalid';

  constructor(reason: string) {
    super(`The status list ${reason}`);
  }
}

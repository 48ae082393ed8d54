import { DomainError } from '../kernel/index.js';

export class UnknownOwner extends DomainError {
  override readonly code = 'identity.unknown-owner';
  override readonly kind = 'not-found';

  constructor() {
    super('There is no issuer or claimant with this id');
  }
}

export class TaxIdTaken extends DomainError {
  override readonly code = 'identity.tax-id-taken';
  override readonly kind = 'conflict';

  constructor() {
    super('An issuer or claimant with this tax id exists already');
  }
}

export class InvalidTaxId extends DomainError {
  override readonly code = 'identity.invalid-tax-id';
  override readonly kind = 'invalid';

  constructor() {
    super('The tax id is not a valid unified social credit code (GB 32100): compare its last character');
  }
}

export class StoreRolesUnknown extends DomainError {
  override readonly code = 'identity.store-roles-unknown';
  override readonly kind = 'conflict';

  constructor(issuerId: string, store: string) {
    super(
      `The store ${store} of issuer ${issuerId} was derived from other keys than these, and from which was not written ` +
        'down then: run this once with the CHAIN_ADMIN_KEY and CHAIN_RELAYER_KEY that the issuer was registered with',
    );
  }
}

export class RelayerInvalid extends DomainError {
  override readonly code = 'identity.relayer-invalid';
  override readonly kind = 'invalid';

  constructor(account: string) {
    super(`${account} is no account: give 0x and 40 hexadecimal digits; capitals, if any, are its checksum`);
  }
}

export class RelayerInUse extends DomainError {
  override readonly code = 'identity.relayer-in-use';
  override readonly kind = 'conflict';

  constructor(account: string) {
    super(
      `${account} is a relayer of these settings: take its key out of CHAIN_RELAYER_KEY and CHAIN_FURTHER_RELAYER_KEYS, ` +
        'restart the workers, and dismiss it then',
    );
  }
}

import { DomainError } from '../../kernel/index.js';

/** Nobody answered, or not in time. Says nothing about what is on the chain. */
export class ChainUnreachable extends DomainError {
  static readonly code = 'chain.unreachable';
  readonly code = ChainUnreachable.code;
  readonly kind = 'unavailable';

  constructor(reason: string, options?: ErrorOptions) {
    super(`The chain could not be asked: ${reason}`, options);
  }
}

/** The node serves another chain than the one configured: nothing may be signed or believed. */
export class WrongChain extends DomainError {
  static readonly code = 'chain.wrong-chain';
  readonly code = WrongChain.code;
  readonly kind = 'unavailable';

  constructor(expected: number, found: number) {
    super(`Chain ${expected} is configured but the node serves chain ${found}`);
  }
}

/** There is no store at this address on this chain: neither "issued" nor "not issued". */
export class StoreNotFound extends DomainError {
  static readonly code = 'chain.store-not-found';
  readonly code = StoreNotFound.code;
  readonly kind = 'not-found';

  constructor(store: string) {
    super(`No document store answers at ${store}`);
  }
}

/** Another contract lies where ours must be. */
export class ForeignCode extends DomainError {
  readonly code = 'chain.foreign-code';
  readonly kind = 'conflict';

  constructor(address: string) {
    super(`The code at ${address} is not ours`);
  }
}

/** The chain lacks instructions that the contracts are made of. */
export class ChainTooOld extends DomainError {
  readonly code = 'chain.too-old';
  readonly kind = 'conflict';

  constructor(chainId: number) {
    super(
      `Chain ${chainId} cannot run the contracts: it does not know TLOAD (EIP-1153) or MCOPY (EIP-5656). Use a chain that ` +
        'runs at least Ethereum’s Cancun',
    );
  }
}

/** The contracts could not be put on the chain. */
export class DeploymentFailed extends DomainError {
  readonly code = 'chain.deployment-failed';
  readonly kind = 'unavailable';

  constructor(address: string) {
    super(`No contract came to lie at ${address}: look whether the key has funds and the chain makes blocks`);
  }
}

/** A store did not come to admit, or to dismiss, a relayer. */
export class RelayerNotChanged extends DomainError {
  readonly code = 'chain.relayer-not-changed';
  readonly kind = 'unavailable';

  constructor(store: string, relayer: string) {
    super(
      `The store ${store} did not take the change of relayer ${relayer} in time: look whether the admin has funds and the ` +
        'chain makes blocks, then run it again',
    );
  }
}

/** A store did not come to hold revocations. */
export class NotRevoked extends DomainError {
  readonly code = 'chain.not-revoked';
  readonly kind = 'unavailable';

  constructor(store: string, count: number) {
    super(
      `The store ${store} did not take ${count} revocations in time: look whether the admin has funds and the chain makes ` +
        'blocks, then run it again',
    );
  }
}

export type RefusalReason = 'underpriced' | 'insufficient-funds' | 'other';

/** The node did not take the transaction. The same bytes may be sent again once the reason is gone. */
export class TransactionRefused extends DomainError {
  static readonly code = 'chain.transaction-refused';
  readonly code = TransactionRefused.code;
  readonly kind = 'unavailable';

  constructor(
    readonly reason: RefusalReason,
    detail: string,
  ) {
    super(`The node refused the transaction: ${detail}`);
  }

  /** The code with the reason behind it, for who keeps one text of it. */
  static codeWith(reason: RefusalReason): string {
    return `${TransactionRefused.code}: ${reason}`;
  }
}

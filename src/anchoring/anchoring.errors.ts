import { DomainError } from '../kernel/index.js';
import { ChainUnreachable, TransactionRefused, WrongChain } from '../platform/chain/index.js';

export class BatchNotFound extends DomainError {
  readonly code = 'anchoring.batch-not-found';
  readonly kind = 'not-found';

  constructor(id: string) {
    super(`There is no batch ${id}`);
  }
}

export class TileNotFound extends DomainError {
  readonly code = 'anchoring.tile-not-found';
  readonly kind = 'not-found';

  constructor(batch: string, { level, index }: { level: number; index: number }) {
    super(`Batch ${batch} has no tile ${level}/${index}; /v1/batches/${batch}/tiles tells which it has`);
  }
}

/** The codes of `platform/chain` that say nothing of one anchor: the whole chain could not be asked. */
export const OUTAGES: readonly string[] = [ChainUnreachable.code, WrongChain.code];

/** The account could not pay for the transaction that is to carry it. */
export const NO_MONEY = TransactionRefused.codeWith('insufficient-funds');

/** Why an anchor is not further; kept in `anchors.last_error` beside the codes of `platform/chain`. */
export const SETBACKS = {
  /** The directory does not know the issuer's store. */
  unknownStore: 'anchoring.store-unknown',
  /** The store has been asked, and does not let our relayer anchor. */
  unauthorised: 'anchoring.relayer-unauthorised',
  /** The transaction succeeded and left this root out; the ABI-encoded reason follows. */
  skipped: 'anchoring.skipped',
  reverted: 'anchoring.transaction-reverted',
  /** Another transaction, which we did not sign, has taken our nonce. */
  nonceTaken: 'anchoring.nonce-taken',
  reorganised: 'anchoring.reorganised',
  /** Signed with a relayer's key that is configured no more, and in no block. */
  relayerGone: 'anchoring.relayer-gone',
  /** `cli reconcile` found that the chain does not hold what counted as anchored. */
  lost: 'anchoring.lost',
} as const;

import { type BytesLike, computeAddress, hexlify, Interface, SigningKey, Transaction } from 'ethers';
import { storeFactoryAbi } from './abi/store-factory.js';
import { toAddress } from './addresses.js';

export type Fees = { readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint };

/** Who signs what comes next on which chain. */
export type Signing = {
  /** The private key, 32 bytes. */
  readonly key: BytesLike;
  readonly chainId: number;
  readonly nonce: number;
  readonly fees: Fees;
};

/** `raw` is what is stored before it is broadcast, and broadcast again after a crash. */
export type SignedTransaction = { readonly raw: string; readonly hash: string; readonly from: string };

/** One root for one issuer's store. `count` is the number of entries in its batch. */
export type AnchorRequest = { readonly store: BytesLike; readonly root: BytesLike; readonly count: number };

/** What `anchorMany` left out for one store; `reason` is the ABI-encoded error. */
export type SkippedAnchor = { readonly store: string; readonly root: string; readonly reason: string };

export type ChainLog = { readonly address: string; readonly topics: readonly string[]; readonly data: string };

/** Above this the gas limit would pass 2^24, the most that a transaction may ask for (EIP-7825). */
export const MAX_ANCHORS_PER_TRANSACTION = 250;

const BASE_GAS = 50_000n;
const GAS_PER_ANCHOR = 66_000n;
const TRANSFER_GAS = 21_000n;
const factoryInterface = new Interface(storeFactoryAbi);

/**
 * The gas limit of `anchorMany`, from a formula so that a transaction can be signed without a node.
 *
 * The dearest entry is the first one of a store, whose head is still zero: 22,100 for the root's slot, 22,100 for the
 * head, 2,100 for the relayer's right, 2,600 for the store's code, 2,600 once for the implementation, 2,000 for the event,
 * 1,600 for 96 bytes of calldata and some 2,500 of execution. The rest covers the 1/64 that each call withholds.
 */
export function anchorGasLimit(anchors: number): bigint {
  return BASE_GAS + GAS_PER_ANCHOR * BigInt(anchors);
}

/**
 * Signs one `anchorMany` for all `anchors`. Pure: the same input gives the same bytes.
 * MUST be given at least one and at most `MAX_ANCHORS_PER_TRANSACTION`; throws `RangeError` otherwise.
 */
export function signAnchorMany(
  request: Signing & { readonly factory: BytesLike; readonly anchors: readonly AnchorRequest[] },
): SignedTransaction {
  const { anchors } = request;
  if (anchors.length === 0 || anchors.length > MAX_ANCHORS_PER_TRANSACTION) {
    throw new RangeError(`A transaction carries 1 to ${MAX_ANCHORS_PER_TRANSACTION} roots, not ${anchors.length}`);
  }
  const data = factoryInterface.encodeFunctionData('anchorMany', [
    anchors.map(({ store }) => toAddress(store)),
    anchors.map(({ root }) => hexlify(root)),
    anchors.map(({ count }) => count),
  ]);
  return signCall({ ...request, to: request.factory, data, gasLimit: anchorGasLimit(anchors.length) });
}

/** Signs a transfer of nothing to oneself: it fills a gap in the nonces, or replaces a transaction that must not happen. */
export function signFiller(signing: Signing): SignedTransaction {
  return signCall({ ...signing, to: addressOf(signing.key), data: '0x', gasLimit: TRANSFER_GAS });
}

/** Signs any call. Pure. */
export function signCall(
  request: Signing & {
    readonly to: BytesLike;
    readonly data: string;
    readonly gasLimit: bigint;
    readonly value?: bigint;
  },
): SignedTransaction {
  const transaction = Transaction.from({
    type: 2,
    chainId: request.chainId,
    nonce: request.nonce,
    to: toAddress(request.to),
    data: request.data,
    gasLimit: request.gasLimit,
    value: request.value ?? 0n,
    maxFeePerGas: request.fees.maxFeePerGas,
    maxPriorityFeePerGas: request.fees.maxPriorityFeePerGas,
  });
  transaction.signature = new SigningKey(hexlify(request.key)).sign(transaction.unsignedHash);
  return { raw: transaction.serialized, hash: transaction.hash ?? '', from: transaction.from ?? '' };
}

/** The address that a private key signs for. */
export function addressOf(key: BytesLike): string {
  return computeAddress(new SigningKey(hexlify(key)).publicKey);
}

/** Which entries a mined `anchorMany` left out, and why. */
export function skippedAnchors(factory: BytesLike, logs: readonly ChainLog[]): readonly SkippedAnchor[] {
  const from = toAddress(factory);
  return logs
    .filter((log) => toAddress(log.address) === from)
    .map((log) => factoryInterface.parseLog(log))
    .filter((event) => event?.name === 'AnchorSkipped')
    .map((event) => event?.args as unknown as SkippedAnchor)
    .map(({ store, root, reason }) => ({ store, root, reason }));
}

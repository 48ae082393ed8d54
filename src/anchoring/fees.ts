import type { Fees } from '../platform/chain/index.js';

const GWEI = 1_000_000_000n;

/** The highest fee per gas that may be signed, in wei. */
export function feeCap(maxFeeGwei: number): bigint {
  return BigInt(maxFeeGwei) * GWEI;
}

/** What the node suggests, but never above `cap`, and no tip above the fee. */
export function cappedFees(suggested: Fees, cap: bigint): Fees {
  const maxFeePerGas = lesser(suggested.maxFeePerGas, cap);
  return { maxFeePerGas, maxPriorityFeePerGas: lesser(suggested.maxPriorityFeePerGas, maxFeePerGas) };
}

/**
 * The fees of a replacement, or null when `cap` forbids one.
 *
 * MUST raise both fields by an eighth at least: nodes refuse a replacement that raises either by less than a tenth, and a
 * tip of nothing must become something. MUST NOT pass `cap`.
 */
export function raisedFees(previous: Fees, suggested: Fees, cap: bigint): Fees | null {
  const leastFee = raisedByAnEighth(previous.maxFeePerGas);
  const leastTip = raisedByAnEighth(previous.maxPriorityFeePerGas);
  const maxFeePerGas = lesser(greater(leastFee, suggested.maxFeePerGas), cap);
  const maxPriorityFeePerGas = lesser(greater(leastTip, suggested.maxPriorityFeePerGas), maxFeePerGas);
  return maxFeePerGas < leastFee || maxPriorityFeePerGas < leastTip ? null : { maxFeePerGas, maxPriorityFeePerGas };
}

/** Whether `fees` are lower by an eighth at least: for less it is not worth signing anew. */
export function isMuchCheaper(fees: Fees, than: Fees): boolean {
  return raisedByAnEighth(fees.maxFeePerGas) <= than.maxFeePerGas;
}

/** Rounded up, so that a small number rises too. */
function raisedByAnEighth(fee: bigint): bigint {
  return fee + fee / 8n + 1n;
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

import { toHalfWidth } from './text-rules.js';

/** Money is an integer number of fen (分) everywhere inside; text with exactly two decimals at the edges. */
const canonicalAmount = /^-?(?:0|[1-9]\d{0,15})\.\d{2}$/;

/** decimal(18,2): sixteen digits before the point. */
export const LARGEST_AMOUNT = 999_999_999_999_999_999n;

/** True for the one spelling that is hashed and printed: `622.64`, `-4955.75`; never `622.6`, `+1.00`, `01.00`, `-0.00`. */
export function isCanonicalAmount(text: string): boolean {
  return canonicalAmount.test(text) && text !== '-0.00';
}

/** Like `isCanonicalAmount`, and also accepts full-width digits and the minus sign U+2212, which `parseAmount` reads too. */
export function isAmountText(text: string): boolean {
  return text.length <= 20 && (isCanonicalAmount(text) || isCanonicalAmount(toHalfWidth(text)));
}

/** Reads yuan with exactly two decimals into fen. Throws `TypeError` on anything `isAmountText` refuses. */
export function parseAmount(text: string): bigint {
  if (!isAmountText(text)) {
    throw new TypeError('Not an amount with two decimals');
  }
  const half = toHalfWidth(text);
  return BigInt(half.slice(0, -3) + half.slice(-2));
}

/** The canonical text of an amount: `parseAmount(formatAmount(fen)) === fen`. */
export function formatAmount(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

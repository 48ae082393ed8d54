import { isDecimalText, normaliseCode, parseDecimal } from '../kernel/index.js';

/** An exact part of the whole. */
type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** `50%`, `33.34%` or `1/3`, greater than nothing and not more than all. */
export function isShareText(text: string): boolean {
  return readShare(normaliseShare(text)) !== null;
}

export function normaliseShare(text: string): string {
  return normaliseCode(text).replaceAll(' ', '');
}

/** Whether the shares make exactly one whole: no tolerance, `33.33%` three times is not all of a house. */
export function makeOneWhole(shares: readonly string[]): boolean {
  let [numerator, denominator] = [0n, 1n];
  for (const text of shares) {
    const share = readShare(text);
    if (share === null) {
      return false;
    }
    numerator = numerator * share.denominator + share.numerator * denominator;
    denominator *= share.denominator;
  }
  return numerator === denominator;
}

function readShare(text: string): Fraction | null {
  const fraction = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text);
  const share = fraction === null ? readPercent(text) : toFraction(fraction);
  return share !== null && share.numerator > 0n && share.numerator <= share.denominator ? share : null;
}

function toFraction([, numerator = '0', denominator = '1']: RegExpExecArray): Fraction {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

function readPercent(text: string): Fraction | null {
  const number = text.slice(0, -1);
  if (!text.endsWith('%') || text.length > 16 || !isDecimalText(number)) {
    return null;
  }
  const { digits, scale } = parseDecimal(number);
  return { numerator: digits, denominator: 100n * 10n ** BigInt(scale) };
}

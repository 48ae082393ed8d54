/** An exact decimal number: `digits / 10^scale`. */
export type Decimal = { readonly digits: bigint; readonly scale: number };

/** Longest decimal text accepted on an invoice line (quantity, unit price). */
export const LONGEST_DECIMAL = 25;

const decimalText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Plain decimal text of at most 25 characters: no exponent, no plus sign, no leading zeros, no bare point. */
export function isDecimalText(text: string): boolean {
  return text.length <= LONGEST_DECIMAL && decimalText.test(text);
}

/** Throws `TypeError` on anything `isDecimalText` refuses. */
export function parseDecimal(text: string): Decimal {
  if (!isDecimalText(text)) {
    throw new TypeError('Not a decimal number');
  }
  const point = text.indexOf('.');
  if (point === -1) {
    return { digits: BigInt(text), scale: 0 };
  }
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

export function formatDecimal({ digits, scale }: Decimal): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return { digits: left.digits * right.digits, scale: left.scale + right.scale };
}

/** Negative, zero or positive as `left` is smaller than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = digitsAt(left, scale) - digitsAt(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The integer `value × 10^scale`, rounded half up; halves of negative numbers go away from zero, so that a credit
 * mirrors its debit to the last digit.
 */
export function roundDecimal(value: Decimal, scale: number): bigint {
  if (value.scale <= scale) {
    return digitsAt(value, scale);
  }
  const divisor = 10n ** BigInt(value.scale - scale);
  const magnitude = value.digits < 0n ? -value.digits : value.digits;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return value.digits < 0n ? -rounded : rounded;
}

function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale);
}

import {
  LONGEST_DECIMAL,
  compareDecimals,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  type Decimal,
} from '../kernel/index.js';

const ZERO: Decimal = { digits: 0n, scale: 0 };
/** Decimals of a unit price that is computed; other programs print as many. */
const PRICE_SCALE = 13;

export function isNegativeQuantity(quantity: Decimal): boolean {
  return compareDecimals(quantity, ZERO) < 0;
}

export function addQuantities(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const digits = roundDecimal(left, scale) + roundDecimal(right, scale);
  return { digits, scale };
}

/** Whether the quantity can be written on an invoice. */
export function isWritableQuantity(quantity: Decimal): boolean {
  return formatDecimal(quantity).length <= LONGEST_DECIMAL;
}

/**
 * The positive unit price at which `quantity` costs `amount` (fen), rounded half up to thirteen decimals, no trailing
 * zeros; `null` when that cannot be written or would be 0.
 */
export function unitPriceOf(amount: bigint, quantity: Decimal): string | null {
  const [fen, count] = [magnitude(amount), magnitude(quantity.digits)];
  if (count === 0n) {
    return null;
  }
  const numerator = fen * 10n ** BigInt(PRICE_SCALE + quantity.scale);
  const divisor = count * 100n;
  const text = formatDecimal({ digits: (numerator * 2n + divisor) / (divisor * 2n), scale: PRICE_SCALE });
  const price = text.replace(/\.?0+$/, '');
  return price === '' || price === '0' || price.length > LONGEST_DECIMAL ? null : price;
}

/** Whether `quantity` at `unitPrice` is `amount`, both without their signs, within 0.01. */
export function costs(quantity: Decimal, unitPrice: string, amount: bigint): boolean {
  const product = roundDecimal(multiplyDecimals(quantity, parseDecimal(unitPrice)), 2);
  return magnitude(magnitude(product) - magnitude(amount)) <= 1n;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

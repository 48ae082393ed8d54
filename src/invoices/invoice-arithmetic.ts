import { multiplyDecimals, parseDecimal, roundDecimal } from '../kernel/index.js';
import type { DraftLine } from './invoice-draft.js';
import { taxRateInMillionths } from './tax-rates.js';

/** Tolerances of the tax-control systems: 0.01 on an amount, 0.06 on the tax of a line, 1.27 on the tax of an invoice. */
const AMOUNT_TOLERANCE = 1n;
const FEN = 1_000_000n;
const LINE_TAX_TOLERANCE = 6n * FEN;
const INVOICE_TAX_TOLERANCE = 127n * FEN;

/** Whether `|round(quantity × unit price) − amount| ≤ 0.01`. */
export function isAmountWithinTolerance(quantity: string, unitPrice: string, amount: bigint): boolean {
  const product = roundDecimal(multiplyDecimals(parseDecimal(quantity), parseDecimal(unitPrice)), 2);
  return absolute(product - amount) <= AMOUNT_TOLERANCE;
}

/** `amount × rate − tax`, exactly, in millionths of a fen. */
export function taxDeviation({ text, amount, tax }: DraftLine): bigint {
  return amount * taxRateInMillionths(text.taxRate) - tax * FEN;
}

export function isLineTaxWithinTolerance(deviation: bigint): boolean {
  return absolute(deviation) <= LINE_TAX_TOLERANCE;
}

export function isInvoiceTaxWithinTolerance(sumOfDeviations: bigint): boolean {
  return absolute(sumOfDeviations) <= INVOICE_TAX_TOLERANCE;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

import type { Decimal, FieldError } from '../kernel/index.js';
import { isLineTaxWithinTolerance } from './invoice-arithmetic.js';
import type { RedReasonCode } from './invoice.js';
import { type Report, reportInto } from './line-report.js';
import { addQuantities, isNegativeQuantity, isWritableQuantity } from './quantities.js';
import { isLeft, type BlueRemainder, type ConfirmationStatus, type RedTaking } from './red-letter.js';
import { taxRateInMillionths } from './tax-rates.js';

/** On what footing a red-letter invoice is asked for. */
export type RedTerms = {
  readonly reasonCode: RedReasonCode;
  /** 用途确认 or 入账确认: the buyer has deducted or booked the blue invoice. */
  readonly buyerConfirmedUse: boolean;
  readonly confirmationStatus: ConfirmationStatus;
};

/**
 * The rules of red-letter invoices (福建省税务局 on 红字发票, and the interface of 乐企): each one that `takings` break,
 * with the field to mend. `remainders` are what earlier red-letter invoices have left, and MUST be locked by the caller.
 */
export function checkRedLetter(
  terms: RedTerms,
  remainders: readonly BlueRemainder[],
  takings: readonly RedTaking[],
): FieldError[] {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  if (!remainders.some(isLeft)) {
    report('lines', 'nothing-left', 'Nothing of this invoice is left to take back.');
    return errors;
  }
  const byLine = new Map(remainders.map((remainder) => [remainder.line, remainder]));
  checkLinesOnce(takings, report);
  for (const [index, taking] of takings.entries()) {
    const reportLine: Report = (field, rule, message) => {
      report(`lines[${index}].${field}`, rule, message);
    };
    checkTaking(taking, byLine.get(taking.line), reportLine);
  }
  checkTerms(terms, isFullReversal(remainders, takings), report);
  return errors;
}

function checkLinesOnce(takings: readonly RedTaking[], report: Report): void {
  const seen = new Set<number>();
  for (const [index, { line }] of takings.entries()) {
    if (seen.has(line)) {
      report(`lines[${index}].blueLine`, 'red-line-twice', 'Name each line of the blue invoice once.');
    }
    seen.add(line);
  }
}

function checkTaking(taking: RedTaking, remainder: BlueRemainder | undefined, report: Report): void {
  if (remainder === undefined) {
    report(
      'blueLine',
      'red-line-unknown',
      'The blue invoice has no such line, or it is a discount: name the line before it.',
    );
    return;
  }
  const areNegative = checkSigns(taking, report);
  if (!areNegative) {
    return;
  }
  const left = { amount: remainder.amount + taking.amount, tax: remainder.tax + taking.tax };
  for (const field of ['amount', 'tax'] as const) {
    if (left[field] < 0n) {
      report(field, 'red-exceeds-blue', 'This is more than earlier red-letter invoices have left of the line.');
    }
  }
  checkQuantity(taking.quantity, remainder.quantity, report);
  checkTax(taking, left, remainder.taxRate, report);
}

function checkSigns({ amount, tax, quantity }: RedTaking, report: Report): boolean {
  const areFine = {
    amount: amount < 0n,
    tax: tax <= 0n,
    quantity: quantity === undefined || isNegativeQuantity(quantity),
  };
  for (const [field, isFine] of Object.entries(areFine)) {
    if (!isFine) {
      report(field, 'red-not-negative', 'Amounts, taxes and quantities of a red-letter invoice are negative.');
    }
  }
  return Object.values(areFine).every(Boolean);
}

function checkQuantity(wanted: Decimal | undefined, left: Decimal | undefined, report: Report): void {
  if (wanted === undefined) {
    return;
  }
  if (left === undefined) {
    report('quantity', 'red-quantity-without-blue', 'The blue line has no quantity: give the amount only.');
    return;
  }
  const rest = addQuantities(left, wanted);
  if (isNegativeQuantity(rest)) {
    report('quantity', 'red-exceeds-blue', 'This is more than earlier red-letter invoices have left of the line.');
  } else if (!isWritableQuantity(rest)) {
    report('quantity', 'red-quantity-too-fine', 'Use fewer decimals: what is left must fit in 25 characters.');
  }
}

/** What takes the last of the amount takes the last of the tax; until then the tax keeps to the rate. */
function checkTax(
  { amount, tax }: RedTaking,
  left: { readonly amount: bigint; readonly tax: bigint },
  taxRate: string,
  report: Report,
): void {
  if (left.amount < 0n || left.tax < 0n || (left.amount === 0n && left.tax === 0n)) {
    return;
  }
  if (left.amount === 0n) {
    report('tax', 'red-tax-left-over', 'Whoever takes the last of the amount takes the last of the tax with it.');
  } else if (!isLineTaxWithinTolerance(amount * taxRateInMillionths(taxRate) - tax * 1_000_000n)) {
    report('tax', 'line-tax-out-of-tolerance', 'The tax is amount × rate, within 0.06.');
  }
}

/** Exactly all that is left of amounts, taxes and quantities. */
export function isFullReversal(remainders: readonly BlueRemainder[], takings: readonly RedTaking[]): boolean {
  const byLine = new Map(takings.map((taking) => [taking.line, taking]));
  return remainders.filter(isLeft).every(({ line, amount, tax, quantity }) => {
    const taking = byLine.get(line);
    const rest =
      quantity === undefined || taking?.quantity === undefined ? quantity : addQuantities(quantity, taking.quantity);
    return (
      taking !== undefined && amount + taking.amount === 0n && tax + taking.tax === 0n && (rest?.digits ?? 0n) === 0n
    );
  });
}

function checkTerms(
  { reasonCode, buyerConfirmedUse, confirmationStatus }: RedTerms,
  isFull: boolean,
  report: Report,
): void {
  if (confirmationStatus !== '01' && confirmationStatus !== '04') {
    report(
      'confirmationId',
      'red-not-confirmed',
      'A red-letter invoice needs a confirmation slip that both sides agreed to, or that needs no confirmation.',
    );
    return;
  }
  if (buyerConfirmedUse && confirmationStatus === '01') {
    report(
      'confirmationId',
      'red-confirmation-required',
      'The buyer has confirmed the use of this invoice: enter a confirmation slip, and let the other side confirm it.',
    );
  }
  if (isFull) {
    return;
  }
  if (reasonCode === '01') {
    report('reasonCode', 'red-reason-is-full', 'For reason 01 开票有误 the whole rest of the invoice is taken back.');
  }
  if (!buyerConfirmedUse || confirmationStatus !== '04') {
    report(
      'lines',
      'red-partial-not-allowed',
      'As long as the buyer has not confirmed the use, the whole invoice is taken back: leave the lines out.',
    );
  }
}

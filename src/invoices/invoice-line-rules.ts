import type { ReferenceTable } from '../documents/index.js';
import { compareDecimals, parseDecimal } from '../kernel/index.js';
import { checkDiscountLine, checkNatureBeforeDiscount } from './discount-lines.js';
import { isAmountWithinTolerance, isLineTaxWithinTolerance, taxDeviation } from './invoice-arithmetic.js';
import type { DraftLine } from './invoice-draft.js';
import type { LineReport } from './line-report.js';

const ZERO = parseDecimal('0');

export type Neighbours = { readonly before: DraftLine | undefined; readonly next: DraftLine | undefined };

/** What the tables say on the day of issue (`YYYY-MM-DD`, in China): the rates in force, and which classes are. */
export type LineTables = {
  readonly rates: readonly string[];
  readonly classes: ReferenceTable;
  readonly issuedOn: string;
};

/** The rules of one line among its neighbours. */
export function checkLine(line: DraftLine, around: Neighbours, tables: LineTables, report: LineReport): void {
  if (line.text.nature === 'discount') {
    checkDiscountLine(line, around.before, report);
  } else {
    checkSoldLine(line, report);
    checkNatureBeforeDiscount(line, around.next, report);
  }
  checkTaxClass(line, tables, report);
  checkTax(line, tables.rates, report);
}

function checkSoldLine(line: DraftLine, report: LineReport): void {
  if (line.amount <= 0n) {
    report(
      'amount',
      'line-amount-not-positive',
      'The amount is more than 0.00; give a gift as a line with a full discount.',
    );
  }
  if (line.tax < 0n) {
    report('tax', 'line-tax-negative', 'The tax of a sold line is not negative.');
  }
  checkQuantity(line, report);
}

function checkQuantity({ text, amount }: DraftLine, report: LineReport): void {
  const { quantity, unitPrice } = text;
  if (quantity === undefined || unitPrice === undefined) {
    if (quantity !== unitPrice) {
      const missing = quantity === undefined ? 'quantity' : 'unitPrice';
      report(missing, 'quantity-and-price', 'Give quantity and unit price together, or neither.');
    }
    return;
  }
  const arePositive = [isPositive('quantity', quantity, report), isPositive('unitPrice', unitPrice, report)];
  if (arePositive.every(Boolean) && !isAmountWithinTolerance(quantity, unitPrice, amount)) {
    report('amount', 'line-amount-out-of-tolerance', 'The amount is quantity × unit price, rounded, within 0.01.');
  }
}

function isPositive(field: 'quantity' | 'unitPrice', value: string, report: LineReport): boolean {
  const isFine = compareDecimals(parseDecimal(value), ZERO) > 0;
  if (!isFine) {
    report(field, 'not-positive', 'Give a number greater than 0.');
  }
  return isFine;
}

/**
 * A class that has been closed, or is not open yet, is refused. One that the table does not know is not: the norm asks for
 * nineteen digits, the list has thousands of codes, and what an installation holds of it need not be all.
 */
function checkTaxClass({ text }: DraftLine, { classes, issuedOn }: LineTables, report: LineReport): void {
  const code = text.taxClassCode;
  if (classes.knows(code) && classes.find(code, issuedOn) === undefined) {
    const message = `The tax class ${code} is not in force on ${issuedOn}; see the table tax-classes.`;
    report('taxClassCode', 'tax-class-not-in-force', message);
  }
}

function checkTax(line: DraftLine, rates: readonly string[], report: LineReport): void {
  const { taxRate, taxPreference } = line.text;
  if (!rates.includes(taxRate)) {
    report('taxRate', 'tax-rate-not-in-force', `This rate is not in force today; use one of ${rates.join(', ')}.`);
    return;
  }
  if (taxRate === '0') {
    checkUntaxedLine(line, report);
    return;
  }
  if (taxPreference !== undefined) {
    report(
      'taxPreference',
      'tax-preference-not-allowed',
      'Leave this out, or set the rate to 0: a taxed line has no preference.',
    );
  }
  if (!isLineTaxWithinTolerance(taxDeviation(line))) {
    report('tax', 'line-tax-out-of-tolerance', 'The tax is amount × rate, within 0.06.');
  }
}

function checkUntaxedLine(line: DraftLine, report: LineReport): void {
  if (line.text.taxPreference === undefined) {
    report('taxPreference', 'tax-preference-required', 'Say why rate 0 applies: ZERO_EXPORT, EXEMPT or NOT_TAXABLE.');
  }
  if (line.tax !== 0n) {
    report('tax', 'tax-on-untaxed-line', 'The tax of a line of rate 0 is "0.00".');
  }
}

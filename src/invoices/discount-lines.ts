import type { DraftLine } from './invoice-draft.js';
import type { InvoiceLine } from './invoice.js';
import type { LineReport } from './line-report.js';

const mustEqual = ['itemName', 'categoryShortName', 'taxClassCode', 'taxRate', 'taxPreference'] as const;
const mustBeEmpty = ['spec', 'unit', 'quantity', 'unitPrice'] as const satisfies readonly (keyof InvoiceLine)[];

/** A discount (折扣行) stands right after its line, repeats what it is, and takes away no more than the line gives. */
export function checkDiscountLine(line: DraftLine, before: DraftLine | undefined, report: LineReport): void {
  checkSigns(line, report);
  for (const field of mustBeEmpty) {
    if (line.text[field] !== undefined) {
      report(
        field,
        'discount-field-not-empty',
        'Leave this out: a discount line carries name, code, rate and amounts only.',
      );
    }
  }
  if (before === undefined || before.text.nature === 'discount') {
    report(
      'nature',
      'discount-without-line',
      'Put the discount directly after the line it discounts, one discount a line.',
    );
    return;
  }
  for (const field of mustEqual) {
    if (line.text[field] !== before.text[field]) {
      report(field, 'discount-differs', `Repeat the ${field} of the discounted line exactly.`);
    }
  }
  if (-line.amount > before.amount) {
    report('amount', 'discount-too-large', 'A discount is at most as large as the line before it.');
  }
}

function checkSigns(line: DraftLine, report: LineReport): void {
  if (line.amount >= 0n) {
    report('amount', 'discount-not-negative', 'The amount of a discount line is negative.');
  }
  if (line.tax > 0n) {
    report('tax', 'discount-tax-positive', 'The tax of a discount line is negative (or 0.00).');
  }
}

/** A line says that it is discounted exactly when a discount follows. */
export function checkNatureBeforeDiscount(line: DraftLine, next: DraftLine | undefined, report: LineReport): void {
  const isFollowed = next?.text.nature === 'discount';
  if (line.text.nature === 'discounted' && !isFollowed) {
    report('nature', 'discount-missing', 'A discounted line is followed by its discount line; add it or say "normal".');
  }
  if (line.text.nature === 'normal' && isFollowed) {
    report(
      'nature',
      'not-marked-discounted',
      'A discount follows this line: say "discounted", or leave the nature out.',
    );
  }
}

import {
  citizenIdProblem,
  compareDecimals,
  formatAmount,
  isUscc,
  LARGEST_AMOUNT,
  parseDecimal,
} from '../kernel/index.js';
import { type DraftItem, type ReceiptDraft, sumOf } from './receipt-draft.js';
import type { Report } from './receipt-report.js';

export type ReceiptRulesContext = {
  /** The day of issue in China, `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly now: Date;
  readonly issuer: { readonly taxId: string; readonly regionCode: string };
};

const ZERO = parseDecimal('0');

/** Every rule of a fiscal e-bill (财网信办〔2020〕1号) that the draft breaks, whatever its kind. */
export function checkReceipt(draft: ReceiptDraft, context: ReceiptRulesContext, report: Report): void {
  if (!isUscc(context.issuer.taxId)) {
    report('kind', 'issuer-code-invalid', 'The code in the issuer’s record is wrong; ask the operator to mend it.');
  }
  checkPayer(draft, context.issuedOn, report);
  checkItems('items', draft.items, report);
  checkItems('details', draft.details ?? [], report);
  checkTotal(draft, report);
}

function checkPayer({ payer: { type, code, codeType } }: ReceiptDraft, today: string, report: Report): void {
  if (type === '2') {
    if (code === undefined) {
      report('payer.code', 'payer-code-required', 'Give the unified social credit code of the organisation.');
    } else if (!isUscc(code)) {
      report('payer.code', 'payer-code-invalid', 'The check character of this unified social credit code is wrong.');
    }
    return;
  }
  if (code !== undefined && codeType === 'citizen-id' && !isMasked(code) && citizenIdProblem(code, today) !== null) {
    report('payer.code', 'payer-code-invalid', 'This is no citizen id; say codeType "other" for another document.');
  }
}

/** A citizen id of which the caller itself keeps no more than is printed. */
const isMasked = (code: string): boolean => /^\d{3}\*{11}\d{3}[\dX]$/.test(code);

function checkItems(field: string, items: readonly DraftItem[], report: Report): void {
  for (const [index, { text, amount, stated }] of items.entries()) {
    const at = `${field}[${index}]`;
    if (compareDecimals(parseDecimal(text.quantity), ZERO) <= 0) {
      report(`${at}.quantity`, 'quantity-not-positive', 'The quantity must be more than 0.');
    }
    if (compareDecimals(parseDecimal(text.standard), ZERO) < 0) {
      report(`${at}.standard`, 'standard-negative', 'The price must not be negative.');
    }
    if (stated !== undefined && stated !== amount) {
      report(`${at}.amount`, 'amount-mismatch', `Quantity × standard is exactly ${formatAmount(amount)}.`);
    }
  }
}

function checkTotal({ items, details, total, statedTotal }: ReceiptDraft, report: Report): void {
  if (total <= 0n) {
    report('total', 'total-not-positive', 'The items must add up to more than 0.00.');
  }
  if (total > LARGEST_AMOUNT || items.some(({ amount }) => amount > LARGEST_AMOUNT)) {
    report('total', 'total-too-large', 'The items add up to more than sixteen digits of yuan.');
  }
  if (statedTotal !== undefined && statedTotal !== total) {
    report('total', 'total-mismatch', `The items add up to exactly ${formatAmount(total)}.`);
  }
  if (details !== undefined && sumOf(details) !== total) {
    report('details', 'details-mismatch', `The list must add up to the total, ${formatAmount(total)}.`);
  }
}

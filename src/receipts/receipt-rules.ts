import type { ConsultedTables } from '../documents/index.js';
import {
  citizenIdProblem,
  compareDecimals,
  formatAmount,
  isUscc,
  LARGEST_AMOUNT,
  parseDecimal,
} from '../kernel/index.js';
import type { BillClass } from './fiscal-codes.js';
import { CITIZEN_ID, CREDIT_CODE, type DraftItem, type ReceiptDraft, sumOf } from './receipt-draft.js';
import type { Report } from './receipt-report.js';

export type ReceiptRulesContext = {
  /** The day of issue in China, `YYYY-MM-DD`. */
  readonly issuedOn: string;
  readonly now: Date;
  readonly issuer: { readonly taxId: string; readonly regionCode: string };
  readonly tables: ConsultedTables;
};

const ZERO = parseDecimal('0');

/** Every rule of a fiscal e-bill (财网信办〔2020〕1号) that the draft breaks, whatever its kind. */
export function checkReceipt(draft: ReceiptDraft, context: ReceiptRulesContext, report: Report): void {
  if (!isUscc(context.issuer.taxId)) {
    report('kind', 'issuer-code-invalid', 'The code in the issuer’s record is wrong; ask the operator to mend it.');
  }
  checkPayer(draft, context, report);
  checkItems('items', draft.items, report);
  checkItems('details', draft.details ?? [], report);
  checkTotal(draft, report);
}

/** The class of the bill, which the code it is numbered under says, is one that the finance department has (票据分类、种类). */
export function checkBillClass(
  { category, type }: BillClass,
  { tables, issuedOn }: Pick<ReceiptRulesContext, 'tables' | 'issuedOn'>,
  report: (rule: string, message: string) => void,
): void {
  const code = `${category}${type}`;
  if (tables.table('fiscal-categories').find(code, issuedOn) === undefined) {
    const message = `The fiscal category ${code} is not in force on ${issuedOn}; the operator adds it to the table fiscal-categories.`;
    report('fiscal-category-not-in-force', message);
  }
}

function checkPayer({ payer }: ReceiptDraft, context: ReceiptRulesContext, report: Report): void {
  const { type, code, codeType } = payer;
  if (code !== undefined) {
    checkPayerCode({ type, code, codeType }, context, report);
  } else if (type === '2') {
    report('payer.code', 'payer-code-required', 'Give the unified social credit code of the organisation.');
  }
}

function checkPayerCode(
  { type, code, codeType }: Required<Omit<ReceiptDraft['payer'], 'name'>>,
  { issuedOn, tables }: ReceiptRulesContext,
  report: Report,
): void {
  if (tables.table('id-types').find(codeType, issuedOn) === undefined) {
    const message = `The id type ${codeType} is not in force on ${issuedOn}; see the table id-types.`;
    report('payer.codeType', 'id-type-not-in-force', message);
  } else if (isOfOrganisation(codeType) !== (type === '2')) {
    report(
      'payer.codeType',
      'id-type-of-other-payer',
      'Organisations have id types that begin with 0, persons others.',
    );
  } else if (codeType === CREDIT_CODE && !isUscc(code)) {
    report('payer.code', 'payer-code-invalid', 'The check character of this unified social credit code is wrong.');
  } else if (codeType === CITIZEN_ID && !isMasked(code) && citizenIdProblem(code, issuedOn) !== null) {
    report('payer.code', 'payer-code-invalid', 'This is no citizen id; say by codeType what other document it is of.');
  }
}

/** Holder code types (GB/T 36903): those of bodies begin with 0. */
const isOfOrganisation = (idType: string): boolean => idType.startsWith('0');

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

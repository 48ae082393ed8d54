import type { ConsultedTables } from '../documents/index.js';
import { type FieldError, LARGEST_AMOUNT, formatAmount, isUscc } from '../kernel/index.js';
import { isInvoiceTaxWithinTolerance, taxDeviation } from './invoice-arithmetic.js';
import type { DraftTotals, InvoiceDraft } from './invoice-draft.js';
import { checkLine, type LineTables } from './invoice-line-rules.js';
import { type LineReport, type Report, reportInto } from './line-report.js';

export type InvoiceRulesContext = {
  /** The issuer's own tax id: an issuer sells under no other. */
  readonly sellerTaxId: string;
  /** The day of issue in China, `YYYY-MM-DD`: it decides which rates are in force. */
  readonly issuedOn: string;
  readonly tables: ConsultedTables;
};

/**
 * Step 1 of 8 — docs/WALKTHROUGH.md. Every rule of a blue invoice that the draft breaks, with the field to mend; empty when
 * it may be issued. The shape of the request has been validated before.
 */
export function checkInvoice(draft: InvoiceDraft, context: InvoiceRulesContext): FieldError[] {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  if (!isUscc(context.sellerTaxId)) {
    report(
      'seller.taxId',
      'seller-tax-id-invalid',
      'The tax id in the issuer’s record is wrong; ask the operator to mend it.',
    );
  }
  checkScheme(draft, report);
  checkBuyer(draft, report);
  checkLines(draft, lineTablesOf(context), report);
  checkTotals(draft, report);
  return errors;
}

function lineTablesOf({ tables, issuedOn }: InvoiceRulesContext): LineTables {
  const rates = tables.table('tax-rates').inForce(issuedOn);
  return { rates: rates.map(({ code }) => code), classes: tables.table('tax-classes'), issuedOn };
}

/** The older schemes are those of 电子普通发票: an input-tax credit came with paper or comes with a 数电票. */
function checkScheme({ scheme, type }: InvoiceDraft, report: Report): void {
  if (scheme !== 'shudian' && type === 'special') {
    report(
      'type',
      'scheme-is-ordinary',
      'This scheme has ordinary invoices only; use "ordinary", or the scheme "shudian".',
    );
  }
}

function checkBuyer({ type, buyer, buyerIsNaturalPerson }: InvoiceDraft, report: Report): void {
  if (buyerIsNaturalPerson) {
    if (type === 'special') {
      report(
        'buyerIsNaturalPerson',
        'special-to-natural-person',
        'A special invoice goes to an organisation; use "ordinary".',
      );
    }
    if (buyer.taxId !== undefined) {
      report(
        'buyer.taxId',
        'buyer-tax-id-not-allowed',
        'Leave this out: a natural person has no tax id on an invoice.',
      );
    }
    return;
  }
  if (buyer.taxId === undefined) {
    report(
      'buyer.taxId',
      'buyer-tax-id-required',
      'Give the tax id of the organisation, or say buyerIsNaturalPerson: true.',
    );
  } else if (!isUscc(buyer.taxId)) {
    report('buyer.taxId', 'buyer-tax-id-invalid', 'The check character of this tax id is wrong.');
  }
}

function checkLines({ lines }: InvoiceDraft, tables: LineTables, report: Report): void {
  let deviation = 0n;
  for (const [index, line] of lines.entries()) {
    const reportLine: LineReport = (field, rule, message) => {
      report(`lines[${index}].${field}`, rule, message);
    };
    checkLine(line, { before: lines[index - 1], next: lines[index + 1] }, tables, reportLine);
    deviation += taxDeviation(line);
  }
  if (!isInvoiceTaxWithinTolerance(deviation)) {
    report(
      'lines',
      'tax-out-of-tolerance',
      'Rounded taxes add up to more than 1.27 away from amount × rate; round each line.',
    );
  }
}

function checkTotals({ totals, statedTotals }: InvoiceDraft, report: Report): void {
  if (totals.amount <= 0n) {
    report('totals.amount', 'total-not-positive', 'The lines must add up to more than 0.00.');
  }
  if (totals.tax < 0n) {
    report('totals.tax', 'total-tax-negative', 'The taxes of the lines must not add up to less than 0.00.');
  }
  if (totals.withTax > LARGEST_AMOUNT) {
    report(
      'totals.withTax',
      'total-too-large',
      'The lines add up to more than sixteen digits of yuan; split the invoice.',
    );
  }
  if (statedTotals !== undefined) {
    checkStatedTotals(totals, statedTotals, report);
  }
}

function checkStatedTotals(totals: DraftTotals, stated: DraftTotals, report: Report): void {
  for (const field of ['amount', 'tax', 'withTax'] as const) {
    if (stated[field] !== totals[field]) {
      report(`totals.${field}`, 'total-mismatch', `The lines add up to exactly ${formatAmount(totals[field])}.`);
    }
  }
}

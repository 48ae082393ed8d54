import { formatAmount, normaliseCode, normaliseText, parseAmount, toHalfWidth } from '../kernel/index.js';
import type { InvoiceRequest, InvoiceLineRequest, PartyContactRequest } from './create-invoice.dto.js';
import type { AmountText, InvoiceLine, InvoiceParty, InvoiceScheme, InvoiceType, LineNature } from './invoice.js';
import { canonicalTaxRate } from './tax-rates.js';

/** A line in canonical text, with its amounts in fen for the arithmetic. */
export type DraftLine = { readonly text: InvoiceLine; readonly amount: bigint; readonly tax: bigint };

export type DraftTotals = { readonly amount: bigint; readonly tax: bigint; readonly withTax: bigint };

/** What the caller wants to issue, in canonical text. Its shape is right; whether it obeys the rules is `checkInvoice`'s. */
export type InvoiceDraft = {
  readonly scheme: InvoiceScheme;
  readonly type: InvoiceType;
  readonly buyer: InvoiceParty;
  readonly buyerIsNaturalPerson: boolean;
  readonly sellerContact: Omit<InvoiceParty, 'name' | 'taxId'>;
  readonly lines: readonly DraftLine[];
  /** The sums of the lines. */
  readonly totals: DraftTotals;
  /** What the caller says the sums are. */
  readonly statedTotals?: DraftTotals;
  readonly remark?: string;
  readonly drawer: string;
};

/**
 * Reads a validated request. Printed text is kept as sent, in normal form C; codes and numbers become half-width
 * capitals, rates lose their trailing zeros; nothing else is changed.
 */
export function readInvoiceDraft(request: InvoiceRequest): InvoiceDraft {
  const { buyer, totals, remark } = request;
  const lines = request.lines.map((line, index) => readLine(line, request.lines[index + 1]));
  return {
    scheme: request.scheme ?? 'shudian',
    type: request.type,
    buyer: {
      name: normaliseText(buyer.name),
      ...(buyer.taxId !== undefined && { taxId: normaliseCode(buyer.taxId) }),
      ...readContact(buyer),
    },
    buyerIsNaturalPerson: request.buyerIsNaturalPerson ?? false,
    sellerContact: request.sellerContact === undefined ? {} : readContact(request.sellerContact),
    lines,
    totals: sumLines(lines),
    ...(totals !== undefined && {
      statedTotals: {
        amount: parseAmount(totals.amount),
        tax: parseAmount(totals.tax),
        withTax: parseAmount(totals.withTax),
      },
    }),
    ...(remark !== undefined && { remark: normaliseText(remark) }),
    drawer: normaliseText(request.drawer),
  };
}

function sumLines(lines: readonly DraftLine[]): DraftTotals {
  let [amount, tax] = [0n, 0n];
  for (const line of lines) {
    amount += line.amount;
    tax += line.tax;
  }
  return { amount, tax, withTax: amount + tax };
}

function readContact(contact: PartyContactRequest): InvoiceDraft['sellerContact'] {
  const { address, phone, bankName, bankAccount } = contact;
  return {
    ...(address !== undefined && { address: normaliseText(address) }),
    ...(phone !== undefined && { phone: normaliseText(phone) }),
    ...(bankName !== undefined && { bankName: normaliseText(bankName) }),
    ...(bankAccount !== undefined && { bankAccount: normaliseText(bankAccount) }),
  };
}

function readLine(line: InvoiceLineRequest, next: InvoiceLineRequest | undefined): DraftLine {
  const [amount, tax] = [parseAmount(line.amount), parseAmount(line.tax)];
  const { spec, unit, quantity, unitPrice, taxPreference } = line;
  const text: InvoiceLine = {
    nature: line.nature ?? natureBefore(next),
    taxClassCode: normaliseCode(line.taxClassCode),
    categoryShortName: normaliseText(line.categoryShortName),
    itemName: normaliseText(line.itemName),
    ...(spec !== undefined && { spec: normaliseText(spec) }),
    ...(unit !== undefined && { unit: normaliseText(unit) }),
    ...(quantity !== undefined && { quantity: toHalfWidth(quantity) }),
    ...(unitPrice !== undefined && { unitPrice: toHalfWidth(unitPrice) }),
    amount: formatAmount(amount) as AmountText,
    taxRate: canonicalTaxRate(line.taxRate),
    ...(taxPreference !== undefined && { taxPreference }),
    tax: formatAmount(tax) as AmountText,
  };
  return { text, amount, tax };
}

/** A line that does not say what it is: discounted when a discount follows, else normal. */
function natureBefore(next: InvoiceLineRequest | undefined): LineNature {
  return next?.nature === 'discount' ? 'discounted' : 'normal';
}

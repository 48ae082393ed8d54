import { formatAmount, rmbCapital, toChinaTime } from '../kernel/index.js';
import type { AmountText, Invoice, InvoiceScheme, InvoiceTotals, InvoiceType } from './invoice.js';
import type { DraftTotals, InvoiceDraft } from './invoice-draft.js';
import { buildVatQrText } from './vat-qr-text.js';

/** What the issuer's record contributes to its invoices. */
export type InvoiceIssuer = {
  readonly name: string;
  readonly taxId: string;
  readonly taxBureau: string;
  readonly mandate: Invoice['mandate'];
};

/** What an invoice needs besides what was asked for. */
export type Preparation = {
  readonly issuer: InvoiceIssuer;
  readonly judgedBy: Invoice['judgedBy'];
  /** Of the older schemes: the region their title names, and their check code. */
  readonly older?: { readonly place: string; readonly checkCode: string };
};

/** An invoice but for its number and its time, which are fixed inside the issuing transaction. */
export type PreparedInvoice = Omit<Invoice, 'code' | 'number' | 'issuedAt' | 'qrText'>;

const qrKinds: Readonly<Record<InvoiceType, string>> = { ordinary: '32', special: '31' };
const LEGACY_QR_KIND = '10';
const CODE_LENGTH = 12;

/** The draft MUST have passed `checkInvoice`. */
export function prepareInvoice(draft: InvoiceDraft, { issuer, judgedBy, older }: Preparation): PreparedInvoice {
  const { remark } = draft;
  return {
    kind: 'invoice.vat',
    version: '1',
    scheme: draft.scheme,
    type: draft.type,
    title: titleOf(draft.scheme, draft.type, older?.place ?? ''),
    ...(older !== undefined && { checkCode: older.checkCode }),
    currency: 'CNY',
    taxBureau: issuer.taxBureau,
    seller: { name: issuer.name, taxId: issuer.taxId, ...draft.sellerContact },
    buyer: draft.buyer,
    buyerIsNaturalPerson: draft.buyerIsNaturalPerson ? 'true' : 'false',
    lines: draft.lines.map(({ text }) => text),
    totals: statedTotals(draft.totals),
    ...(remark !== undefined && { remark }),
    drawer: draft.drawer,
    mandate: issuer.mandate,
    judgedBy,
  };
}

export function statedTotals({ amount, tax, withTax }: DraftTotals): InvoiceTotals {
  return {
    amount: formatAmount(amount) as AmountText,
    tax: formatAmount(tax) as AmountText,
    withTax: formatAmount(withTax) as AmountText,
    withTaxInWords: rmbCapital(withTax),
  };
}

function titleOf(scheme: InvoiceScheme, type: InvoiceType, place: string): string {
  switch (scheme) {
    case 'shudian':
      return type === 'ordinary' ? '电子发票（普通发票）' : '电子发票（增值税专用发票）';
    case 'blockchain':
      return `${place}电子普通发票`;
    case 'legacy':
      return `${place}增值税电子普通发票`;
  }
}

/**
 * Gives a prepared invoice its number and time (whole seconds, in China), and the QR text that states both. `number` has
 * twenty digits in every scheme: in the older ones the first twelve are the code.
 */
export function completeInvoice(prepared: PreparedInvoice, number: string, issuedAt: Date): Invoice {
  const issued = toChinaTime(issuedAt);
  const numbered: Invoice =
    prepared.scheme === 'shudian'
      ? { ...prepared, number, issuedAt: issued }
      : { ...prepared, code: number.slice(0, CODE_LENGTH), number: number.slice(CODE_LENGTH), issuedAt: issued };
  return prepared.scheme === 'blockchain' ? numbered : { ...numbered, qrText: qrTextOf(numbered) };
}

/** 数电票 state the total with tax; invoices of the tax-control era the one without, and a comma at the end. */
function qrTextOf({ scheme, type, code, number, issuedAt, checkCode, totals }: Invoice): string {
  const isLegacy = scheme === 'legacy';
  const text = buildVatQrText({
    kind: isLegacy ? LEGACY_QR_KIND : qrKinds[type],
    code: code ?? '',
    number,
    amount: isLegacy ? totals.amount : totals.withTax,
    issueDate: issuedAt.slice(0, 10).replaceAll('-', ''),
    checkCode: checkCode ?? '',
  });
  return isLegacy ? `${text},` : text;
}

/** `prepareInvoice` and `completeInvoice` in one step. */
export function makeInvoice(
  draft: InvoiceDraft,
  { number, issuedAt, ...preparation }: Preparation & { number: string; issuedAt: Date },
): Invoice {
  return completeInvoice(prepareInvoice(draft, preparation), number, issuedAt);
}

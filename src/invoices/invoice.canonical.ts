import { formatAmount, toChinaTime } from '../kernel/index.js';
import type { AmountText, Invoice, InvoiceType } from './invoice.js';
import type { InvoiceDraft } from './invoice-draft.js';
import { rmbCapital } from './rmb-in-words.js';
import { buildVatQrText } from './vat-qr-text.js';

/** What the issuer's record contributes to its invoices. */
export type InvoiceIssuer = {
  readonly name: string;
  readonly taxId: string;
  readonly taxBureau: string;
  readonly mandate: Invoice['mandate'];
};

/** An invoice but for its number and its time, which are fixed inside the issuing transaction. */
export type PreparedInvoice = Omit<Invoice, 'number' | 'issuedAt' | 'qrText'>;

const titles: Readonly<Record<InvoiceType, string>> = {
  ordinary: '电子发票（普通发票）',
  special: '电子发票（增值税专用发票）',
};
const qrKinds: Readonly<Record<InvoiceType, string>> = { ordinary: '32', special: '31' };

/** The draft MUST have passed `checkInvoice`. */
export function prepareInvoice(draft: InvoiceDraft, issuer: InvoiceIssuer): PreparedInvoice {
  const { totals, remark } = draft;
  return {
    kind: 'invoice.vat',
    version: '1',
    scheme: 'shudian',
    type: draft.type,
    title: titles[draft.type],
    currency: 'CNY',
    taxBureau: issuer.taxBureau,
    seller: { name: issuer.name, taxId: issuer.taxId, ...draft.sellerContact },
    buyer: draft.buyer,
    buyerIsNaturalPerson: draft.buyerIsNaturalPerson ? 'true' : 'false',
    lines: draft.lines.map(({ text }) => text),
    totals: {
      amount: formatAmount(totals.amount) as AmountText,
      tax: formatAmount(totals.tax) as AmountText,
      withTax: formatAmount(totals.withTax) as AmountText,
      withTaxInWords: rmbCapital(totals.withTax),
    },
    ...(remark !== undefined && { remark }),
    drawer: draft.drawer,
    mandate: issuer.mandate,
  };
}

/** Gives a prepared invoice its number and time (whole seconds, in China), and the QR text that states both. */
export function completeInvoice(prepared: PreparedInvoice, number: string, issuedAt: Date): Invoice {
  const issued = toChinaTime(issuedAt);
  const qrText = buildVatQrText({
    kind: qrKinds[prepared.type],
    code: '',
    number,
    amount: prepared.totals.withTax,
    issueDate: issued.slice(0, 10).replaceAll('-', ''),
    checkCode: '',
  });
  return { ...prepared, number, issuedAt: issued, qrText };
}

/** `prepareInvoice` and `completeInvoice` in one step. */
export function makeInvoice(
  draft: InvoiceDraft,
  { issuer, number, issuedAt }: { issuer: InvoiceIssuer; number: string; issuedAt: Date },
): Invoice {
  return completeInvoice(prepareInvoice(draft, issuer), number, issuedAt);
}

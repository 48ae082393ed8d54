import type { PublicFact } from '../documents/index.js';
import { maskName } from '../kernel/index.js';
import type { Invoice, RedReference } from './invoice.js';
import { printedDate } from './invoice.pdf.words.js';

/**
 * What anybody who holds the invoice's address may read: never contacts, accounts, items or the drawer, and of a buyer
 * who is a person only the first character of the name.
 */
export function invoicePublicFacts(invoice: Invoice): readonly PublicFact[] {
  const { seller, buyer, totals } = invoice;
  return [
    fact('发票名称', 'Title', invoice.title),
    ...(invoice.code === undefined ? [] : [fact('发票代码', 'Code', invoice.code)]),
    fact('发票号码', 'Number', invoice.number),
    fact('开票日期', 'Issued on', printedDate(invoice.issuedAt)),
    fact('销售方', 'Seller', seller.name),
    ...(seller.taxId === undefined ? [] : [fact('销售方统一社会信用代码', 'Seller’s tax id', seller.taxId)]),
    fact('购买方', 'Buyer', invoice.buyerIsNaturalPerson === 'true' ? maskName(buyer.name) : buyer.name),
    ...(buyer.taxId === undefined ? [] : [fact('购买方统一社会信用代码', 'Buyer’s tax id', buyer.taxId)]),
    fact('合计金额', 'Amount without tax', `¥${totals.amount}`),
    fact('合计税额', 'Tax', `¥${totals.tax}`),
    fact('价税合计', 'Total with tax', `¥${totals.withTax}`),
    fact('价税合计（大写）', 'Total in words', totals.withTaxInWords),
    ...(invoice.red === undefined ? [] : redFacts(invoice.red)),
  ];
}

/** A red-letter invoice says at once what it takes back. */
function redFacts({ blueCode, blueNumber, reason }: RedReference): readonly PublicFact[] {
  const number = blueCode === undefined ? blueNumber : `${blueCode} ${blueNumber}`;
  return [fact('被红冲蓝字发票', 'Takes back invoice', number), fact('红冲原因', 'Reason', reason)];
}

function fact(zh: string, en: string, value: string): PublicFact {
  return { label: { zh, en }, value };
}

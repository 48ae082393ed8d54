import type { AmountText, Invoice, InvoiceLine } from '../../src/invoices/invoice.js';

export const amount = (text: string): AmountText => text as AmountText;

export function invoiceLine(overrides: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    nature: 'normal',
    taxClassCode: '3070401000000000000',
    categoryShortName: '餐饮服务',
    itemName: '餐费',
    unit: '次',
    quantity: '1',
    unitPrice: '622.64150943396',
    amount: amount('622.64'),
    taxRate: '0.06',
    tax: amount('37.36'),
    ...overrides,
  };
}

/** An ordinary 数电票 of one line between fictional parties. */
export function invoice(overrides: Partial<Invoice> = {}): Invoice {
  return {
    kind: 'invoice.vat',
    version: '1',
    scheme: 'shudian',
    type: 'ordinary',
    title: '电子发票（普通发票）',
    number: '26322000000100000001',
    issuedAt: '2026-03-05T10:30:00+08:00',
    currency: 'CNY',
    taxBureau: '国家税务总局示例市税务局（虚构）',
    seller: { name: '南京听涛示例餐饮管理有限公司', taxId: '91320102MAXDEM021K' },
    buyer: { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
    buyerIsNaturalPerson: 'false',
    lines: [invoiceLine()],
    totals: {
      amount: amount('622.64'),
      tax: amount('37.36'),
      withTax: amount('660.00'),
      withTaxInWords: '陆佰陆拾圆整',
    },
    drawer: '周样宁',
    qrText: '01,32,,26322000000100000001,660.00,20260305,,0A30',
    mandate: 'sample',
    judgedBy: { 'tax-rates': '1' },
    ...overrides,
  };
}

import type { ExpectedFact, LookUp } from '../documents/index.js';
import type { Invoice } from './invoice.js';

/** As the national platform asks about 数电票: number, date and total with tax; a code only where the paper has one. */
export const INVOICE_LOOK_UP: LookUp = {
  number: [
    {
      name: 'code',
      label: { zh: '发票代码（数电票不填）', en: 'Invoice code (older invoices only)' },
      isOptional: true,
    },
    { name: 'number', label: { zh: '发票号码', en: 'Invoice number' } },
  ],
  asks: [
    { name: 'issuedOn', label: { zh: '开票日期', en: 'Date of issue' }, format: 'date' },
    { name: 'amount', label: { zh: '价税合计', en: 'Total with tax' }, format: 'amount' },
  ],
};

export function expectedOfInvoice({ issuedAt, totals }: Invoice): readonly ExpectedFact[] {
  return [
    { name: 'issuedOn', format: 'date', accepted: [issuedAt] },
    { name: 'amount', format: 'amount', accepted: [totals.withTax] },
  ];
}

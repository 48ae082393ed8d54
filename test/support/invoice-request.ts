import { readFileSync, readdirSync } from 'node:fs';
import type { InvoiceRequest } from '../../src/invoices/create-invoice.dto.js';

/** The lines of a request, open for a test to bend. */
export type LineRequest = InvoiceRequest['lines'][number];

export function lineRequest(changes: Partial<LineRequest> = {}): LineRequest {
  return {
    taxClassCode: '3070401000000000000',
    categoryShortName: '餐饮服务',
    itemName: '餐费',
    amount: '100.00',
    taxRate: '0.06',
    tax: '6.00',
    ...changes,
  };
}

/** An ordinary invoice that breaks no rule. */
export function invoiceRequest(changes: Partial<InvoiceRequest> = {}): InvoiceRequest {
  return {
    type: 'ordinary',
    buyer: { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
    lines: [lineRequest()],
    drawer: '周样宁',
    ...changes,
  };
}

export type SampleInvoice = {
  readonly name: string;
  /** Key of `samples/parties.json`. */
  readonly issuer: string;
  readonly request: InvoiceRequest;
  readonly expected: { readonly totalWithTax: string; readonly words: string };
};

const samples = new URL('../../samples/', import.meta.url);

/** The blue ones; what is done to them is a sample, too, and no such request. */
export function sampleInvoices(): readonly SampleInvoice[] {
  const names = readdirSync(new URL('invoices/', samples)).sort();
  return names
    .map((name) => ({ name, ...(readSample(`invoices/${name}`) as Omit<SampleInvoice, 'name'>) }))
    .filter((sample) => !('act' in sample));
}

export function readSample(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, samples), 'utf8'));
}

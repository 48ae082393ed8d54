import { describe, expect, it } from 'vitest';
import { invoiceRequest, lineRequest, type LineRequest } from '../../test/support/invoice-request.js';
import { domainVectors } from '../../test/vectors/domain.js';
import { ConsultedTables, ReferenceTable, SampleReferenceTables } from '../documents/index.js';
import type { InvoiceRequest } from './create-invoice.dto.js';
import { readInvoiceDraft } from './invoice-draft.js';
import { checkInvoice } from './invoice-rules.js';

/** A class of goods that is no more; one that no table knows is not refused. */
const CLOSED = '1010112010000000001';
const samples = new SampleReferenceTables();
const closed = { code: CLOSED, validFrom: '2016-05-01', validTo: '2026-03-04', data: {}, isSample: false, since: 2 };
const classes = new ReferenceTable('tax-classes', 2, [...samples.table('tax-classes').rows, closed]);
const context = {
  sellerTaxId: '91320102MAXDEM021K',
  issuedOn: '2026-03-05',
  tables: new ConsultedTables({ table: (name) => (name === 'tax-classes' ? classes : samples.table(name)) }),
};

function errorsOf(request: InvoiceRequest): readonly string[] {
  return checkInvoice(readInvoiceDraft(request), context).map(({ field, code }) => `${field} ${code}`);
}

const withLines = (...lines: readonly Partial<LineRequest>[]) => invoiceRequest({ lines: lines.map(lineRequest) });
const discount: Partial<LineRequest> = { nature: 'discount', amount: '-10.00', tax: '-0.60' };
const organisation = invoiceRequest().buyer;

describe('line arithmetic', () => {
  it.each(domainVectors('invoiceLine'))('$why', ({ input, valid }) => {
    const { quantity, unitPrice, ...rest } = input as Record<'amount' | 'taxRate' | 'tax', string> &
      Record<'quantity' | 'unitPrice', string | null>;
    const optional = { ...(quantity !== null && { quantity }), ...(unitPrice !== null && { unitPrice }) };
    expect(errorsOf(withLines({ ...rest, ...optional })).length === 0).toBe(valid);
  });

  it.each(domainVectors('invoiceTotals'))('$why', ({ input, valid }) => {
    const { amounts, taxes, rates, ...stated } = input as Record<'amounts' | 'taxes', string[]> & {
      rates?: string[];
    } & Record<'totalAmount' | 'totalTax' | 'totalWithTax', string>;
    const rateOf = (index: number) => rates?.[index] ?? (amounts.length === 3 && index === 2 ? '0.06' : '0.13');
    const lines = amounts.map((amount, index) =>
      lineRequest({
        amount,
        tax: taxes[index] ?? '',
        taxRate: rateOf(index),
        ...(amount.startsWith('-') && { nature: 'discount' }),
      }),
    );
    const totals = { amount: stated.totalAmount, tax: stated.totalTax, withTax: stated.totalWithTax };
    expect(errorsOf(invoiceRequest({ lines, totals })).length === 0).toBe(valid);
  });
});

describe('an invoice that obeys every rule', () => {
  it.each<[string, InvoiceRequest]>([
    ['plain', invoiceRequest()],
    ['special', invoiceRequest({ type: 'special' })],
    ['a blockchain invoice', invoiceRequest({ scheme: 'blockchain' })],
    ['an e-ordinary invoice', invoiceRequest({ scheme: 'legacy' })],
    ['to a person', invoiceRequest({ buyer: { name: '木例雪' }, buyerIsNaturalPerson: true })],
    ['with a discount', withLines({}, discount)],
    ['with a full discount beside another line', withLines({}, { ...discount, amount: '-100.00', tax: '-6.00' }, {})],
    ['with two discounted lines', withLines({ nature: 'discounted' }, discount, {}, discount)],
    ['with mixed rates', withLines({}, { taxRate: '0.13', tax: '13.00' }, { taxRate: '0.010', tax: '1.00' })],
    ['of a class that the table does not know', withLines({ taxClassCode: '1019999999999999999' })],
    ['exempt', withLines({ taxRate: '0', taxPreference: 'EXEMPT', tax: '0.00' })],
    [
      'exempt with a discount',
      withLines(
        { taxRate: '0', taxPreference: 'EXEMPT', tax: '0.00' },
        { ...discount, taxRate: '0.00', taxPreference: 'EXEMPT', tax: '0.00' },
      ),
    ],
    ['at the edge of each tolerance', withLines({ quantity: '3', unitPrice: '33.33', tax: '6.06' })],
    [
      'with full-width codes',
      invoiceRequest({ buyer: { name: '云帆', taxId: '９１４４０３００ｍａｘｄｅｍ０１３５' } }),
    ],
  ])('is accepted: %s', (_name, request) => {
    expect(errorsOf(request)).toEqual([]);
  });
});

describe('each rule broken once', () => {
  it.each<[string, InvoiceRequest, readonly string[]]>([
    [
      'special under an older scheme',
      invoiceRequest({ scheme: 'legacy', type: 'special' }),
      ['type invoices.scheme-is-ordinary'],
    ],
    [
      'special to a person',
      invoiceRequest({ type: 'special', buyer: { name: '木例雪' }, buyerIsNaturalPerson: true }),
      ['buyerIsNaturalPerson invoices.special-to-natural-person'],
    ],
    [
      'a person with a tax id',
      invoiceRequest({ buyerIsNaturalPerson: true }),
      ['buyer.taxId invoices.buyer-tax-id-not-allowed'],
    ],
    [
      'an organisation without tax id',
      invoiceRequest({ buyer: { name: '云帆' } }),
      ['buyer.taxId invoices.buyer-tax-id-required'],
    ],
    [
      'special without tax id',
      invoiceRequest({ type: 'special', buyer: { name: '云帆' } }),
      ['buyer.taxId invoices.buyer-tax-id-required'],
    ],
    [
      'a wrong tax id',
      invoiceRequest({ buyer: { ...organisation, taxId: '91440300MAXDEM0136' } }),
      ['buyer.taxId invoices.buyer-tax-id-invalid'],
    ],
    ['no unit price', withLines({ quantity: '1' }), ['lines[0].unitPrice invoices.quantity-and-price']],
    ['no quantity', withLines({}, { unitPrice: '1' }), ['lines[1].quantity invoices.quantity-and-price']],
    ['quantity zero', withLines({ quantity: '0', unitPrice: '1' }), ['lines[0].quantity invoices.not-positive']],
    [
      'negative price',
      withLines({ quantity: '-1', unitPrice: '-100' }),
      ['lines[0].quantity invoices.not-positive', 'lines[0].unitPrice invoices.not-positive'],
    ],
    [
      'amount off by 0.02',
      withLines({ quantity: '1', unitPrice: '99.98' }),
      ['lines[0].amount invoices.line-amount-out-of-tolerance'],
    ],
    ['tax off by 0.07', withLines({ tax: '6.07' }), ['lines[0].tax invoices.line-tax-out-of-tolerance']],
    ['tax below zero', withLines({ amount: '0.01', tax: '-0.01' }, {}), ['lines[0].tax invoices.line-tax-negative']],
    [
      'a zero line',
      withLines({ amount: '0.00', tax: '0.00' }, {}),
      ['lines[0].amount invoices.line-amount-not-positive'],
    ],
    [
      'an unknown rate',
      withLines({ taxRate: '0.07', tax: '7.00' }),
      ['lines[0].taxRate invoices.tax-rate-not-in-force'],
    ],
    [
      'a class that was closed',
      withLines({ taxClassCode: CLOSED }),
      ['lines[0].taxClassCode invoices.tax-class-not-in-force'],
    ],
    ['an old rate', withLines({ taxRate: '0.16', tax: '16.00' }), ['lines[0].taxRate invoices.tax-rate-not-in-force']],
    [
      'rate 0 without reason',
      withLines({ taxRate: '0', tax: '0.00' }),
      ['lines[0].taxPreference invoices.tax-preference-required'],
    ],
    [
      'a reason with a rate',
      withLines({ taxPreference: 'EXEMPT' }),
      ['lines[0].taxPreference invoices.tax-preference-not-allowed'],
    ],
    [
      'tax on an exempt line',
      withLines({ taxRate: '0', taxPreference: 'EXEMPT', tax: '0.01' }),
      ['lines[0].tax invoices.tax-on-untaxed-line'],
    ],
    [
      'many small deviations',
      withLines(...new Array<object>(30).fill({ tax: '6.05' })),
      ['lines invoices.tax-out-of-tolerance'],
    ],
    ['a leading discount', withLines(discount, {}), ['lines[0].nature invoices.discount-without-line']],
    ['a second discount', withLines({}, discount, discount), ['lines[2].nature invoices.discount-without-line']],
    [
      'a discount of another item',
      withLines({}, { ...discount, itemName: '酒水' }),
      ['lines[1].itemName invoices.discount-differs'],
    ],
    [
      'a discount of another class',
      withLines({}, { ...discount, taxClassCode: '3070402000000000000' }),
      ['lines[1].taxClassCode invoices.discount-differs'],
    ],
    [
      'a discount of another rate',
      withLines({}, { ...discount, taxRate: '0.09', tax: '-0.90' }),
      ['lines[1].taxRate invoices.discount-differs'],
    ],
    [
      'a discount with a quantity',
      withLines({}, { ...discount, quantity: '1', unitPrice: '-10' }),
      ['lines[1].quantity invoices.discount-field-not-empty', 'lines[1].unitPrice invoices.discount-field-not-empty'],
    ],
    [
      'a discount larger than its line',
      withLines({}, { ...discount, amount: '-100.01', tax: '-6.00' }, {}),
      ['lines[1].amount invoices.discount-too-large'],
    ],
    [
      'a positive discount',
      withLines({}, { ...discount, amount: '10.00', tax: '0.60' }),
      ['lines[1].amount invoices.discount-not-negative', 'lines[1].tax invoices.discount-tax-positive'],
    ],
    ['a promised discount', withLines({ nature: 'discounted' }), ['lines[0].nature invoices.discount-missing']],
    [
      'a line that denies its discount',
      withLines({ nature: 'normal' }, discount),
      ['lines[0].nature invoices.not-marked-discounted'],
    ],
    [
      'nothing left',
      withLines({}, { ...discount, amount: '-100.00', tax: '-6.00' }),
      ['totals.amount invoices.total-not-positive'],
    ],
    [
      'a tax total below zero',
      withLines({ amount: '100.00' }, { ...discount, amount: '-99.99', tax: '-6.05' }),
      ['totals.tax invoices.total-tax-negative'],
    ],
    [
      'too much',
      withLines(
        ...new Array<object>(2).fill({
          ...{ amount: '9999999999999999.99', taxRate: '0', taxPreference: 'EXEMPT', tax: '0.00' },
        }),
      ),
      ['totals.withTax invoices.total-too-large'],
    ],
    [
      'a wrong amount total',
      invoiceRequest({ totals: { amount: '100.01', tax: '6.00', withTax: '106.00' } }),
      ['totals.amount invoices.total-mismatch'],
    ],
    [
      'a wrong tax total',
      invoiceRequest({ totals: { amount: '100.00', tax: '6.01', withTax: '106.00' } }),
      ['totals.tax invoices.total-mismatch'],
    ],
    [
      'a wrong total',
      invoiceRequest({ totals: { amount: '100.00', tax: '6.00', withTax: '106.01' } }),
      ['totals.withTax invoices.total-mismatch'],
    ],
  ])('names the field: %s', (_name, request, expected) => {
    expect(errorsOf(request)).toEqual(expected);
  });

  it('refuses to issue under a seller tax id that is none', () => {
    const errors = checkInvoice(readInvoiceDraft(invoiceRequest()), { ...context, sellerTaxId: '91320102MAXDEM021X' });
    expect(errors.map(({ code }) => code)).toEqual(['invoices.seller-tax-id-invalid']);
  });
});

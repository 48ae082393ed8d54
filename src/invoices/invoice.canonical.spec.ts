import { describe, expect, it } from 'vitest';
import { invoiceRequest, readSample, sampleInvoices } from '../../test/support/invoice-request.js';
import { ConsultedTables, SampleReferenceTables } from '../documents/index.js';
import { isUscc, rmbParse } from '../kernel/index.js';
import { compileValidator } from '../platform/validation/index.js';
import { CreateInvoiceDto } from './create-invoice.dto.js';
import { completeInvoice, makeInvoice, prepareInvoice } from './invoice.canonical.js';
import { readInvoiceDraft } from './invoice-draft.js';
import { invoicePublicFacts } from './invoice.public-facts.js';
import { checkInvoice } from './invoice-rules.js';

type Party = { name: string; taxId: string; regionCode: string; taxBureau: string; domain: string };
const parties = readSample('parties.json') as { issuers: Record<string, Party> };
const judged = { judgedBy: { 'tax-rates': '1' } };
const tables = new ConsultedTables(new SampleReferenceTables());
const validate = compileValidator(CreateInvoiceDto);
const tingtao = {
  name: '南京听涛示例餐饮管理有限公司',
  taxId: '91320102MAXDEM021K',
  taxBureau: '国家税务总局示例市税务局(虚构)',
  mandate: 'sample' as const,
};

describe('sample invoices', () => {
  it.each(sampleInvoices())('$name is valid and says what it should', ({ issuer: key, request, expected }) => {
    const issuer = parties.issuers[key];
    expect(validate(request)).toEqual({ ok: true, value: request });
    expect(issuer !== undefined && isUscc(issuer.taxId)).toBe(true);
    const draft = readInvoiceDraft(request);
    expect(checkInvoice(draft, { sellerTaxId: issuer?.taxId ?? '', issuedOn: '2026-03-05', tables })).toEqual([]);
    const { totals } = prepareInvoice(draft, { ...judged, issuer: tingtao });
    expect(totals.withTax).toBe(expected.totalWithTax);
    expect(totals.withTaxInWords).toBe(expected.words);
    expect(rmbParse(totals.withTaxInWords)).toBe(draft.totals.withTax);
  });
});

describe('the canonical invoice', () => {
  const issuedAt = new Date('2026-03-05T02:30:00.123Z');
  const [meal] = sampleInvoices();
  const request = meal?.request ?? invoiceRequest();

  it('states number, time, words and QR text like the published sample', () => {
    const invoice = makeInvoice(readInvoiceDraft(request), {
      ...judged,
      issuer: tingtao,
      number: '26322000000100000001',
      issuedAt,
    });
    expect(invoice).toEqual({
      kind: 'invoice.vat',
      version: '1',
      scheme: 'shudian',
      type: 'ordinary',
      title: '电子发票（普通发票）',
      number: '26322000000100000001',
      issuedAt: '2026-03-05T10:30:00+08:00',
      currency: 'CNY',
      taxBureau: '国家税务总局示例市税务局(虚构)',
      seller: { name: '南京听涛示例餐饮管理有限公司', taxId: '91320102MAXDEM021K' },
      buyer: { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
      buyerIsNaturalPerson: 'false',
      lines: [{ nature: 'normal', ...request.lines[0] }],
      totals: { amount: '622.64', tax: '37.36', withTax: '660.00', withTaxInWords: '陆佰陆拾圆整' },
      drawer: '周样宁',
      qrText: '01,32,,26322000000100000001,660.00,20260305,,0A30',
      mandate: 'sample',
      judgedBy: { 'tax-rates': '1' },
    });
  });

  it('titles a special invoice and marks it 31 in the QR text', () => {
    const special = { ...request, type: 'special' as const };
    const invoice = completeInvoice(
      prepareInvoice(readInvoiceDraft(special), { ...judged, issuer: tingtao }),
      '26322000000100000002',
      issuedAt,
    );
    expect(invoice.title).toBe('电子发票（增值税专用发票）');
    expect(invoice.qrText?.startsWith('01,31,,')).toBe(true);
  });

  it('holds no empty object, no empty array and nothing undefined', () => {
    for (const sample of sampleInvoices()) {
      const invoice = makeInvoice(readInvoiceDraft(sample.request), {
        ...judged,
        issuer: tingtao,
        number: '26322000000100000001',
        issuedAt,
      });
      expect(flatten(invoice).every(([, value]) => typeof value === 'string' && value !== '')).toBe(true);
    }
  });

  it('shows the public no person’s name and no items', () => {
    const person = { ...request, buyer: { name: '木例雪' }, buyerIsNaturalPerson: true };
    const invoice = makeInvoice(readInvoiceDraft(person), {
      ...judged,
      issuer: tingtao,
      number: '26322000000100000003',
      issuedAt,
    });
    const facts = invoicePublicFacts(invoice);
    expect(facts.find(({ label }) => label.en === 'Buyer')?.value).toBe('木**');
    expect(facts.find(({ label }) => label.en === 'Issued on')?.value).toBe('2026年03月05日');
    expect(JSON.stringify(facts)).not.toMatch(/木例雪|餐费|周样宁/);
  });

  it('shows a company in full', () => {
    const invoice = makeInvoice(readInvoiceDraft(request), {
      ...judged,
      issuer: tingtao,
      number: '26322000000100000001',
      issuedAt,
    });
    expect(invoicePublicFacts(invoice).map(({ value }) => value)).toContain('深圳市云帆示范科技有限公司');
  });
});

function flatten(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) {
    return [[path, value]];
  }
  const entries = Object.entries(value);
  return entries.length === 0 ? [[path, '']] : entries.flatMap(([key, child]) => flatten(child, `${path}/${key}`));
}

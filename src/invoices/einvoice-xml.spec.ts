import { describe, expect, it } from 'vitest';
import { sampleInvoices } from '../../test/support/invoice-request.js';
import { amount, invoice, invoiceLine } from '../../test/support/invoices.js';
import { compileValidator } from '../platform/validation/index.js';
import { CreateInvoiceDto } from './create-invoice.dto.js';
import { requestOfEInvoice } from './einvoice-request.js';
import type { EInvoiceReading } from './einvoice-reading.js';
import { readEInvoiceXml } from './einvoice-xml.read.js';
import { writeEInvoiceXml } from './einvoice-xml.write.js';
import { makeInvoice } from './invoice.canonical.js';
import { readInvoiceDraft } from './invoice-draft.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const written = textOf(writeEInvoiceXml(invoice()));

function read(text: string): EInvoiceReading {
  const outcome = readEInvoiceXml(bytesOf(text));
  if (!outcome.ok) {
    throw new Error(JSON.stringify(outcome.errors));
  }
  return outcome.invoice;
}

function codesOf(text: string | Uint8Array): string[] {
  const outcome = readEInvoiceXml(typeof text === 'string' ? bytesOf(text) : text);
  return outcome.ok ? [] : outcome.errors.map(({ field, code }) => `${field} ${code}`);
}

describe('the XML of an invoice', () => {
  it('has the elements of the platform’s, in their order', () => {
    expect(written).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<EInvoice>\n {2}<Header>\n/);
    expect([...written.matchAll(/<([A-Z][\w-]+)/g)].map(([, name]) => name)).toEqual([
      ...['EInvoice', 'Header', 'EIid', 'EInvoiceTag', 'Version', 'InherentLabel'],
      ...['InIssuType', 'LabelCode', 'LabelName', 'EInvoiceType', 'LabelCode', 'LabelName'],
      ...['GeneralOrSpecialVAT', 'LabelCode', 'LabelName', 'UndefinedLabel', 'Label', 'LabelCode', 'LabelName'],
      ...['EInvoiceData', 'SellerInformation', 'SellerIdNum', 'SellerName'],
      ...['BuyerInformation', 'BuyerIdNum', 'BuyerName', 'BasicInformation', 'TotalAmWithoutTax', 'TotalTaxAm'],
      ...['TotalTax-includedAmount', 'TotalTax-includedAmountInChinese', 'Drawer', 'RequestTime'],
      ...['IssuItemInformation', 'ItemName', 'MeaUnits', 'Quantity', 'UnPrice', 'Amount', 'TaxRate', 'ComTaxAm'],
      ...['TotaltaxIncludedAmount', 'TaxClassificationCode'],
      ...['TaxSupervisionInfo', 'InvoiceNumber', 'IssueTime', 'TaxBureauName'],
    ]);
  });

  it('is the same for the same invoice, and says that a sample is one', () => {
    expect(textOf(writeEInvoiceXml(invoice()))).toBe(written);
    expect(written).toContain('示例/非法定票据');
    expect(textOf(writeEInvoiceXml(invoice({ mandate: 'state' })))).not.toContain('SAMPLE');
  });

  it('keeps signs that mean something in XML', () => {
    const name = "“A&B” <c> 'd' ]]> 公司";
    const xml = textOf(writeEInvoiceXml(invoice({ buyer: { name }, lines: [invoiceLine({ itemName: name })] })));
    expect(read(xml).buyer.name).toBe(name);
    expect(read(xml).lines[0]?.itemName).toBe(`*餐饮服务*${name}`);
  });

  it('is read as it was written', () => {
    expect(read(written)).toEqual({
      number: '26322000000100000001',
      issuedAt: '2026-03-05 10:30:00',
      colour: 'blue',
      type: 'ordinary',
      seller: { name: '南京听涛示例餐饮管理有限公司', taxId: '91320102MAXDEM021K' },
      buyer: { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' },
      totals: { amount: '622.64', tax: '37.36', withTax: '660.00' },
      totalInWords: '陆佰陆拾圆整',
      lines: [
        {
          itemName: '*餐饮服务*餐费',
          unit: '次',
          quantity: '1',
          unitPrice: '622.64150943396',
          amount: '622.64',
          taxRate: '0.06',
          tax: '37.36',
          taxClassCode: '3070401000000000000',
        },
      ],
      drawer: '周样宁',
      taxBureau: '国家税务总局示例市税务局（虚构）',
      warnings: [],
    });
  });

  it.each(sampleInvoices())('of $name leads back to the request', ({ request }) => {
    const issued = makeInvoice(readInvoiceDraft({ ...request, scheme: 'shudian' }), {
      issuer: { name: '示例', taxId: '91320102MAXDEM021K', taxBureau: '示例', mandate: 'sample' },
      judgedBy: { 'tax-rates': '1' },
      number: '26322000000100000001',
      issuedAt: new Date('2026-03-05T02:30:00Z'),
    });
    const again = requestOfEInvoice(read(textOf(writeEInvoiceXml(issued))));
    expect(compileValidator(CreateInvoiceDto)(again).ok).toBe(true);
    expect(readInvoiceDraft(again).lines).toEqual(readInvoiceDraft(request).lines);
    expect(readInvoiceDraft(again).buyer).toEqual(readInvoiceDraft(request).buyer);
  });
});

describe('a stranger’s XML', () => {
  it('may have a mark at its beginning, comments, CDATA, attributes, numbers for characters, and elements we do not know', () => {
    const xml = `\uFEFF${written}`
      .replace('<EInvoice>', '<EInvoice xmlns="urn:x" a="b"><!-- <Header/> --><Later><Drawer>x</Drawer></Later>')
      .replace('周样宁', '<![CDATA[周样宁]]>')
      .replace('餐费', '&#39184;&#x8D39;');
    expect(read(xml)).toEqual(read(written));
  });

  it('may spell amounts and untaxed lines in its own way', () => {
    const line = invoiceLine({ taxRate: '0', taxPreference: 'EXEMPT', tax: amount('0.00') });
    const xml = textOf(writeEInvoiceXml(invoice({ lines: [line] })))
      .replace('<ComTaxAm>0.00<', '<ComTaxAm>***<')
      .replace('<Amount>622.64<', '<Amount>0622.64<');
    expect(read(xml).lines[0]).toMatchObject({ taxRate: '免税', tax: '0.00', amount: '622.64' });
  });

  it.each([
    ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${written}`, 'xml xml.has-document-type'],
    ['an entity from outside', `<!DOCTYPE a SYSTEM "file:///etc/passwd">${written}`, 'xml xml.has-document-type'],
    ['no end', written.slice(0, -5), 'xml xml.not-well-formed'],
    ['tags that cross', '<EInvoice><a><b></a></b></EInvoice>', 'xml xml.not-well-formed'],
    ['nothing', '', 'xml xml.not-well-formed'],
    ['no XML', '{"EInvoice":1}', 'xml xml.not-well-formed'],
    ['great depth', '<a>'.repeat(5_000) + '</a>'.repeat(5_000), 'xml xml.not-well-formed'],
  ])('with %s is refused', (_name, text, expected) => {
    expect(codesOf(text)).toEqual([expected]);
  });

  it('that is no text, or too large, is refused', () => {
    expect(codesOf(Uint8Array.of(0x3c, 0xff, 0xfe))).toEqual(['xml xml.not-utf-8']);
    expect(codesOf(new Uint8Array(4 * 1024 * 1024 + 1))).toEqual(['xml xml.too-large']);
  });

  it.each([
    [
      'number',
      '>26322000000100000001</InvoiceNumber>',
      '>1</InvoiceNumber>',
      'TaxSupervisionInfo.InvoiceNumber einvoice.not-a-number',
    ],
    [
      'time',
      '>2026-03-05 10:30:00</IssueTime>',
      '>2026-02-30 10:30:00+</IssueTime>',
      'TaxSupervisionInfo.IssueTime einvoice.not-a-time',
    ],
    ['amount', '<Amount>622.64<', '<Amount>6.2e2<', 'Amount einvoice.not-an-amount'],
    ['total', '<TotalTaxAm>37.36</TotalTaxAm>', '', 'EInvoiceData.BasicInformation.TotalTaxAm einvoice.missing'],
    ['quantity', '<Quantity>1<', '<Quantity>NaN<', 'Quantity einvoice.not-a-decimal'],
    [
      'buyer',
      '<BuyerName>深圳市云帆示范科技有限公司</BuyerName>',
      '<BuyerName><a>b</a></BuyerName>',
      'EInvoiceData.BuyerInformation.BuyerName einvoice.missing',
    ],
    ['name', '南京听涛', '南京\u202E听涛', 'EInvoiceData.SellerInformation.SellerName einvoice.unprintable'],
  ])('with a wrong %s is refused by the name of the element', (_name, from, to, expected) => {
    expect(written).toContain(from);
    expect(codesOf(written.replace(from, to))).toContain(expected);
  });

  it('without lines is refused', () => {
    const none = written.replace(/<IssuItemInformation>[\s\S]*<\/IssuItemInformation>/, '');
    expect(codesOf(none)).toEqual(['EInvoiceData.IssuItemInformation einvoice.lines']);
  });

  it.each([
    ['<Amount>622.64<', '<Amount>622.63<', ['amounts-do-not-add-up']],
    ['陆佰陆拾圆整', '陆佰陆拾壹元正', ['words-say-another-amount']],
    ['91320102MAXDEM021K', '91320102MAXDEM021X', ['seller-tax-id-wrong']],
    ['>Y<', '>N<', ['colour-and-sign-differ']],
    ['26322000000100000001</I', '26992000000100000001</I', ['number-has-unknown-region']],
  ])('is read with a warning: %s as %s', (from, to, warnings) => {
    expect(read(written.replace(from, to)).warnings).toEqual(warnings);
  });

  it('of four megabytes takes no longer than a blink', () => {
    const line = written.slice(written.indexOf('<IssuItem'), written.indexOf('</IssuItemInformation>') + 22);
    const big = written.replace(line, line.repeat(Math.floor(3_900_000 / bytesOf(line).length)));
    const started = performance.now();
    expect(codesOf(big)).toEqual(['EInvoiceData.IssuItemInformation einvoice.lines']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

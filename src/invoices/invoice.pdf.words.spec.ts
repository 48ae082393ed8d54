import { describe, expect, it } from 'vitest';
import { invoice, invoiceLine } from '../../test/support/invoices.js';
import {
  printedBuyerName,
  printedDate,
  printedRate,
  printedRemark,
  printedTax,
  printedTaxTotal,
  sumOfAmounts,
} from './invoice.pdf.words.js';

describe('the words of a printed invoice', () => {
  it.each([
    ['0.13', '13%'],
    ['0.130000', '13%'],
    ['0.06', '6%'],
    ['0.015', '1.5%'],
    ['0.005', '0.5%'],
    ['0.1', '10%'],
    ['0', '0%'],
    ['1', '100%'],
  ])('prints the rate %s as %s', (taxRate, printed) => {
    expect(printedRate(invoiceLine({ taxRate }))).toBe(printed);
  });

  it('prints why a line bears no tax, and stars for the tax', () => {
    const exempt = invoiceLine({ taxRate: '0', taxPreference: 'EXEMPT' });
    const outside = invoiceLine({ taxRate: '0', taxPreference: 'NOT_TAXABLE' });
    const exported = invoiceLine({ taxRate: '0', taxPreference: 'ZERO_EXPORT' });
    expect([exempt, outside, exported].map(printedRate)).toEqual(['免税', '不征税', '0%']);
    expect([printedTax(exempt), printedTaxTotal('0.00', [exempt, outside])]).toEqual(['***', '***']);
    expect(printedTaxTotal('37.36', [exempt, invoiceLine()])).toBe('¥37.36');
  });

  it('prints the day of the offset the invoice was issued in', () => {
    expect(printedDate('2026-01-01T00:30:00+08:00')).toBe('2026年01月01日');
  });

  it('marks a natural person once', () => {
    const person = (name: string): string =>
      printedBuyerName(invoice({ buyer: { name }, buyerIsNaturalPerson: 'true' }));
    expect([person('王示例'), person('王示例（个人）')]).toEqual(['王示例（个人）', '王示例（个人）']);
    expect(printedBuyerName(invoice())).toBe('深圳市云帆示范科技有限公司');
  });

  it('puts the contacts that were given behind the remark', () => {
    const seller = { name: '甲', address: '示例街1号', bankAccount: '001' };
    expect(printedRemark(invoice({ remark: '合同1', seller }))).toBe(
      '合同1\n销方地址：示例街1号； 销方银行账号：001；',
    );
    expect(printedRemark(invoice())).toBe('');
  });

  it('adds amounts exactly', () => {
    expect(sumOfAmounts(['99999999999.99', '0.02', '-0.35'])).toBe('99999999999.66');
    expect(sumOfAmounts([])).toBe('0.00');
  });
});

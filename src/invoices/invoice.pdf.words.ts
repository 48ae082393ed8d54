import { formatAmount, parseAmount } from '../kernel/index.js';
import type { Invoice, InvoiceLine, InvoiceParty } from './invoice.js';

/** How the fields of an invoice read in print. The core data stays what it is: these words are never parsed back. */

const NO_TAX = '***';

/** `2026-03-05T10:30:00+08:00` → `2026年03月05日`: the issuer's own day, whatever the zone of the machine. */
export function printedDate(issuedAt: string): string {
  return `${issuedAt.slice(0, 4)}年${issuedAt.slice(5, 7)}月${issuedAt.slice(8, 10)}日`;
}

/** What stands at the top right, by label: the older schemes have a code before their number and a check code at the end. */
export function printedHead({ code, number, issuedAt, checkCode }: Invoice): (readonly [string, string])[] {
  return [
    ...(code === undefined ? [] : [['发票代码：', code] as const]),
    ['发票号码：', number],
    ['开票日期：', printedDate(issuedAt)],
    ...(checkCode === undefined ? [] : [['校  验  码：', printedCheckCode(checkCode)] as const]),
  ];
}

/** Twenty digits in groups of five. */
function printedCheckCode(checkCode: string): string {
  return checkCode.replace(/(.{5})(?=.)/g, '$1 ');
}

/** `0.13` → `13%`, `0.015` → `1.5%`; moves the point in the text, so no float is involved. */
export function printedRate(line: InvoiceLine): string {
  if (line.taxPreference === 'EXEMPT') {
    return '免税';
  }
  if (line.taxPreference === 'NOT_TAXABLE') {
    return '不征税';
  }
  const [whole = '0', fraction = ''] = line.taxRate.split('.');
  const digits = fraction.padEnd(2, '0');
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return rest === '' ? `${percent}%` : `${percent}.${rest}%`;
}

function isUntaxed(line: InvoiceLine): boolean {
  return line.taxPreference === 'EXEMPT' || line.taxPreference === 'NOT_TAXABLE';
}

export function printedTax(line: InvoiceLine): string {
  return isUntaxed(line) ? NO_TAX : line.tax;
}

/** `¥` and the sum; `***` for the tax of lines that all bear none. */
export function printedTaxTotal(tax: string, lines: readonly InvoiceLine[]): string {
  return lines.length > 0 && lines.every(isUntaxed) ? NO_TAX : `¥${tax}`;
}

export function printedItem(line: InvoiceLine): string {
  return `*${line.categoryShortName}*${line.itemName}`;
}

export function printedBuyerName(invoice: Invoice): string {
  const { name } = invoice.buyer;
  return invoice.buyerIsNaturalPerson === 'true' && !/[（(]个人[）)]$/.test(name) ? `${name}（个人）` : name;
}

/** The remark, then the contacts that were given: on a 数电票 addresses and accounts stand in 备注 only. */
export function printedRemark(invoice: Invoice): string {
  const parts = [invoice.remark ?? '', printedContact('购方', invoice.buyer), printedContact('销方', invoice.seller)];
  return parts.filter((part) => part !== '').join('\n');
}

function printedContact(side: string, party: InvoiceParty): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['地址', party.address],
    ['电话', party.phone],
    ['开户银行', party.bankName],
    ['银行账号', party.bankAccount],
  ];
  return fields.flatMap(([label, value]) => (value === undefined ? [] : [`${side}${label}：${value}；`])).join(' ');
}

export function sumOfAmounts(amounts: readonly string[]): string {
  return formatAmount(amounts.reduce((sum, amount) => sum + parseAmount(amount), 0n));
}

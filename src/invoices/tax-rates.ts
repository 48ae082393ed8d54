import type { InvoiceLine } from './invoice.js';
import { type TaxRateRow, sampleTaxRates } from './tax-rates.data.js';

const rateText = /^(?:0|1)(?:\.\d{1,6})?$/;

/** A rate as requests may spell it: a decimal fraction with at most six decimals, `0.13` or `0.130000`. */
export function isTaxRateText(text: string): boolean {
  return rateText.test(text);
}

/** The one spelling that is stored and hashed: `0.130000` → `0.13`, `0.00` → `0`. */
export function canonicalTaxRate(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** The rate in millionths, exactly: `0.06` → `60000n`. */
export function taxRateInMillionths(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

/** The rates on which invoices may be issued on `day` (`YYYY-MM-DD`, in China). */
export function taxRatesInForce(day: string, table: readonly TaxRateRow[] = sampleTaxRates): readonly string[] {
  return table.filter((row) => isInForce(row, day)).map(({ rate }) => rate);
}

export function isTaxRateInForce(rate: string, day: string, table: readonly TaxRateRow[] = sampleTaxRates): boolean {
  return table.some((row) => row.rate === rate && isInForce(row, day));
}

function isInForce({ validFrom, validTo }: TaxRateRow, day: string): boolean {
  return validFrom <= day && (validTo === undefined || day <= validTo);
}

type TaxedLine = Pick<InvoiceLine, 'taxRate' | 'taxPreference' | 'tax'>;

/** 税率/征收率 as printed: `13%`, `1.5%`, `0%`, 免税, 不征税. */
export function printedTaxRate({ taxRate, taxPreference }: TaxedLine): string {
  if (taxPreference === 'EXEMPT') {
    return '免税';
  }
  if (taxPreference === 'NOT_TAXABLE') {
    return '不征税';
  }
  const millionths = taxRateInMillionths(taxRate);
  const [whole, fraction] = [millionths / 10_000n, (millionths % 10_000n).toString().padStart(4, '0')];
  const decimals = fraction.replace(/0+$/, '');
  return `${whole.toString()}${decimals === '' ? '' : `.${decimals}`}%`;
}

/** 税额 as printed: `***` where no tax is borne. */
export function printedTax({ taxPreference, tax }: TaxedLine): string {
  return taxPreference === undefined ? tax : '***';
}

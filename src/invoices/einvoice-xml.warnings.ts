import { isUscc, normaliseCode, parseAmount } from '../kernel/index.js';
import type { EInvoiceReading, ReadLine, ReadingWarning } from './einvoice-reading.js';
import { rmbParse } from '../kernel/index.js';
import { isShudianNumber } from './shudian-number.js';

/** Odd things about a file that was read. Others count and round in other ways, so none of them refuses it. */
export function checkReading(invoice: Omit<EInvoiceReading, 'warnings'>): ReadingWarning[] {
  const { number, totals, lines, colour, totalInWords, seller, buyer } = invoice;
  const total = parseAmount(totals.withTax);
  const found: readonly (readonly [ReadingWarning, boolean])[] = [
    ['number-has-unknown-region', !isShudianNumber(number)],
    ['seller-tax-id-wrong', !isTaxId(seller.taxId)],
    ['buyer-tax-id-wrong', buyer.taxId !== undefined && !isTaxId(buyer.taxId)],
    ['amounts-do-not-add-up', sumOf(lines, 'amount') !== parseAmount(totals.amount)],
    ['taxes-do-not-add-up', sumOf(lines, 'tax') !== parseAmount(totals.tax)],
    ['total-does-not-add-up', parseAmount(totals.amount) + parseAmount(totals.tax) !== total],
    ['words-say-another-amount', totalInWords !== undefined && rmbParse(totalInWords) !== total],
    ['colour-and-sign-differ', total < 0n !== (colour === 'red')],
  ];
  return found.filter(([, isOdd]) => isOdd).map(([warning]) => warning);
}

/** Old taxpayer numbers have 15, 17 or 20 characters and no check that we know. */
function isTaxId(text: string | undefined): boolean {
  const code = normaliseCode(text ?? '');
  return code.length === 18 ? isUscc(code) : /^[0-9A-Z]{15}$|^[0-9A-Z]{17}$|^[0-9A-Z]{20}$/.test(code);
}

function sumOf(lines: readonly ReadLine[], field: 'amount' | 'tax'): bigint {
  return lines.reduce((sum, line) => sum + parseAmount(line[field]), 0n);
}

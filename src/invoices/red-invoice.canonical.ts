import type { Invoice, InvoiceLine, RedReference } from './invoice.js';
import { parseAmount } from '../kernel/index.js';
import { statedTotals, type PreparedInvoice } from './invoice.canonical.js';
import { redLineOf } from './red-letter-lines.js';
import type { RedTaking } from './red-letter.js';
import { redRemark } from './red-remark.js';

export type RedParts = {
  readonly red: RedReference;
  readonly takings: readonly RedTaking[];
  readonly drawer: string;
  /** What the caller wants to say besides the text that the rule demands. */
  readonly remark?: string;
  readonly checkCode?: string;
};

/**
 * The red-letter invoice that takes `takings` from `blue`: between the same parties, under the same title and judged by
 * the same tables. The takings MUST have passed `checkRedLetter`.
 */
export function prepareRedInvoice(blue: Invoice, parts: RedParts): PreparedInvoice {
  const { kind, version, scheme, type, title, currency, taxBureau, seller, buyer, buyerIsNaturalPerson } = blue;
  const lines = parts.takings.map((taking) => redLineOf(taking, blue.lines));
  const { checkCode, remark, drawer, red } = parts;
  return {
    ...{ kind, version, scheme, type, title, currency, taxBureau, seller, buyer, buyerIsNaturalPerson },
    lines,
    totals: statedTotals(sumOf(lines)),
    remark: remark === undefined ? redRemark(red) : `${redRemark(red)} ${remark}`,
    drawer,
    red,
    ...(checkCode !== undefined && { checkCode }),
    mandate: blue.mandate,
    judgedBy: blue.judgedBy,
  };
}

function sumOf(lines: readonly InvoiceLine[]): { amount: bigint; tax: bigint; withTax: bigint } {
  const amount = lines.reduce((sum, line) => sum + parseAmount(line.amount), 0n);
  const tax = lines.reduce((sum, line) => sum + parseAmount(line.tax), 0n);
  return { amount, tax, withTax: amount + tax };
}

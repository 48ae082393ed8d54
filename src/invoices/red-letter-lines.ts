import { formatAmount, formatDecimal, parseAmount, parseDecimal, type Decimal } from '../kernel/index.js';
import type { AmountText, InvoiceLine } from './invoice.js';
import { costs, unitPriceOf } from './quantities.js';
import type { BlueRemainder, RedTaking } from './red-letter.js';

/** The lines of a blue invoice as red-letter invoices see them: a discount is netted into its line. */
export function blueLinesOf(lines: readonly InvoiceLine[]): BlueRemainder[] {
  return lines.flatMap((line, index) => {
    if (line.nature === 'discount') {
      return [];
    }
    const discount = lines[index + 1]?.nature === 'discount' ? lines[index + 1] : undefined;
    const amount = parseAmount(line.amount) + (discount === undefined ? 0n : parseAmount(discount.amount));
    const tax = parseAmount(line.tax) + (discount === undefined ? 0n : parseAmount(discount.tax));
    const { quantity, taxRate } = line;
    return [
      { line: index + 1, amount, tax, taxRate, ...(quantity !== undefined && { quantity: parseDecimal(quantity) }) },
    ];
  });
}

/** The line of the red invoice that takes `taking` from a blue one: named as it, quantity negative, price positive. */
export function redLineOf(taking: RedTaking, blueLines: readonly InvoiceLine[]): InvoiceLine {
  const blue = blueLines[taking.line - 1];
  if (blue === undefined) {
    throw new RangeError('The blue invoice has no such line');
  }
  const { taxClassCode, categoryShortName, itemName, spec, unit, taxRate, taxPreference } = blue;
  return {
    nature: 'normal',
    taxClassCode,
    categoryShortName,
    itemName,
    ...(spec !== undefined && { spec }),
    ...(unit !== undefined && { unit }),
    ...quantityAndPrice(taking, blueLines),
    amount: formatAmount(taking.amount) as AmountText,
    taxRate,
    ...(taxPreference !== undefined && { taxPreference }),
    tax: formatAmount(taking.tax) as AmountText,
    blueLine: taking.line.toString(),
  };
}

function quantityAndPrice(
  { line, amount, quantity }: RedTaking,
  blueLines: readonly InvoiceLine[],
): Pick<InvoiceLine, 'quantity' | 'unitPrice'> {
  if (quantity === undefined) {
    return {};
  }
  const net = netPrice(line, blueLines);
  const unitPrice = net !== null && costs(quantity, net, amount) ? net : unitPriceOf(amount, quantity);
  return unitPrice === null ? {} : { quantity: trimmed(quantity), unitPrice };
}

/** The price of one after the discount; as printed when there is none. */
function netPrice(line: number, blueLines: readonly InvoiceLine[]): string | null {
  const blue = blueLines[line - 1];
  if (blueLines[line]?.nature !== 'discount') {
    return blue?.unitPrice ?? null;
  }
  const [net] = blueLinesOf(blueLines.slice(line - 1, line + 1));
  return net?.quantity === undefined ? null : unitPriceOf(net.amount, net.quantity);
}

function trimmed(quantity: Decimal): string {
  const text = formatDecimal(quantity);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

import type { InvoiceLineRequest, InvoiceRequest } from './create-invoice.dto.js';
import type { EInvoiceReading, ReadLine, ReadParty } from './einvoice-reading.js';

const printedName = /^\*(?<shortName>[^*]{1,120})\*(?<itemName>.+)$/u;
const contacts = ['address', 'phone', 'bankName', 'bankAccount'] as const;

/**
 * The request that would issue what a blue file says, for its seller to look at and send: number, time and words are given
 * anew. Whether it may be issued is judged when it is sent.
 */
export function requestOfEInvoice({
  type,
  buyer,
  seller,
  lines,
  totals,
  remark,
  drawer,
}: EInvoiceReading): InvoiceRequest {
  const sellerContact = contactOf(seller);
  return {
    type,
    buyer: { name: buyer.name ?? '', ...(buyer.taxId !== undefined && { taxId: buyer.taxId }), ...contactOf(buyer) },
    ...(buyer.taxId === undefined && { buyerIsNaturalPerson: true }),
    ...(Object.keys(sellerContact).length > 0 && { sellerContact }),
    lines: lines.map(lineOf),
    totals,
    ...(remark !== undefined && { remark: remark.replaceAll(/\s+/g, ' ') }),
    drawer: drawer ?? '',
  };
}

function contactOf(party: ReadParty): Partial<Record<(typeof contacts)[number], string>> {
  return Object.fromEntries(contacts.flatMap((name) => (party[name] === undefined ? [] : [[name, party[name]]])));
}

function lineOf(line: ReadLine): InvoiceLineRequest {
  const { shortName, itemName } = printedName.exec(line.itemName)?.groups ?? {};
  const { amount, tax } = line;
  return {
    ...(amount.startsWith('-') && { nature: 'discount' as const }),
    taxClassCode: (line.taxClassCode ?? '').padEnd(19, '0'),
    categoryShortName: shortName ?? '',
    itemName: itemName ?? line.itemName,
    ...describedBy(line),
    amount,
    ...rateOf(line.taxRate),
    tax,
  };
}

function describedBy({ spec, unit, quantity, unitPrice }: ReadLine): Partial<InvoiceLineRequest> {
  return {
    ...(spec !== undefined && { spec }),
    ...(unit !== undefined && { unit }),
    ...(quantity !== undefined && { quantity }),
    ...(unitPrice !== undefined && { unitPrice }),
  };
}

function rateOf(text: string): Pick<InvoiceLineRequest, 'taxRate' | 'taxPreference'> {
  switch (text) {
    case '免税':
      return { taxRate: '0', taxPreference: 'EXEMPT' };
    case '不征税':
      return { taxRate: '0', taxPreference: 'NOT_TAXABLE' };
    case '0':
      return { taxRate: '0', taxPreference: 'ZERO_EXPORT' };
    default:
      return { taxRate: text };
  }
}

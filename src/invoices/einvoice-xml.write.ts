import { formatAmount, parseAmount } from '../kernel/index.js';
import type { Invoice, InvoiceLine, InvoiceParty } from './invoice.js';
import { printedItem, printedRate } from './invoice.pdf.words.js';

const VERSION = '0.2';

/**
 * The XML of a 数电票 as the tax bureau's platform writes it (root `EInvoice`), blue or red. The same invoice gives the same
 * bytes. What the platform would add and we do not know is left out, and a sample says that it is one.
 */
export function writeEInvoiceXml(invoice: Invoice): Uint8Array {
  const document = { EInvoice: { ...header(invoice), ...data(invoice), ...closing(invoice) } };
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${elementsOf(document, '')}`);
}

/** Elements by name: a list is one element of that name each. */
type Node = { readonly [name: string]: string | Node | readonly Node[] };

function elementsOf(node: Node, indent: string): string {
  let text = '';
  for (const name in node) {
    const value = node[name] ?? '';
    for (const one of Array.isArray(value) ? (value as readonly Node[]) : [value as string | Node]) {
      text += `${indent}${elementOf(name, one, indent)}\n`;
    }
  }
  return text;
}

function elementOf(name: string, value: string | Node, indent: string): string {
  if (typeof value === 'string') {
    return value === '' ? `<${name}/>` : `<${name}>${escaped(value)}</${name}>`;
  }
  return `<${name}>\n${elementsOf(value, `${indent}  `)}${indent}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '') : text;
}

function header({ number, type, red, mandate }: Invoice): Node {
  const sample = { Label: { LabelCode: 'SAMPLE', LabelName: '示例/非法定票据' } };
  return {
    Header: {
      EIid: number,
      EInvoiceTag: `SWEI${number.slice(2, 4)}00`,
      Version: VERSION,
      InherentLabel: {
        InIssuType:
          red === undefined ? { LabelCode: 'Y', LabelName: '蓝字发票' } : { LabelCode: 'N', LabelName: '红字发票' },
        EInvoiceType: { LabelCode: '01', LabelName: '全面数字化的电子发票' },
        GeneralOrSpecialVAT:
          type === 'special'
            ? { LabelCode: '01', LabelName: '增值税专用发票' }
            : { LabelCode: '02', LabelName: '普通发票' },
      },
      ...(mandate === 'sample' && { UndefinedLabel: sample }),
    },
  };
}

function data(invoice: Invoice): Node {
  const { seller, buyer, totals, drawer, issuedAt, lines, remark } = invoice;
  return {
    EInvoiceData: {
      SellerInformation: party('Seller', seller),
      BuyerInformation: party('Buyer', buyer),
      BasicInformation: {
        TotalAmWithoutTax: totals.amount,
        TotalTaxAm: totals.tax,
        'TotalTax-includedAmount': totals.withTax,
        'TotalTax-includedAmountInChinese': totals.withTaxInWords,
        Drawer: drawer,
        RequestTime: spacedTime(issuedAt),
      },
      IssuItemInformation: lines.map(item),
      ...(remark !== undefined && { AdditionalInformation: { Remark: remark } }),
    },
  };
}

function party(side: 'Seller' | 'Buyer', { name, taxId, ...contact }: InvoiceParty): Node {
  const { address, phone, bankName, bankAccount } = contact;
  return {
    ...(taxId !== undefined && { [`${side}IdNum`]: taxId }),
    [`${side}Name`]: name,
    ...(address !== undefined && { [`${side}Addr`]: address }),
    ...(phone !== undefined && { [`${side}TelNum`]: phone }),
    ...(bankName !== undefined && { [`${side}BankName`]: bankName }),
    ...(bankAccount !== undefined && { [`${side}BankAccNum`]: bankAccount }),
  };
}

function item(line: InvoiceLine): Node {
  const { spec, unit, quantity, unitPrice, amount, tax, taxPreference } = line;
  const isUntaxed = taxPreference === 'EXEMPT' || taxPreference === 'NOT_TAXABLE';
  return {
    ItemName: printedItem(line),
    ...(spec !== undefined && { SpecMod: spec }),
    ...(unit !== undefined && { MeaUnits: unit }),
    ...(quantity !== undefined && { Quantity: quantity }),
    ...(unitPrice !== undefined && { UnPrice: unitPrice }),
    Amount: amount,
    TaxRate: isUntaxed ? printedRate(line) : line.taxRate,
    ComTaxAm: tax,
    TotaltaxIncludedAmount: formatAmount(parseAmount(amount) + parseAmount(tax)),
    TaxClassificationCode: line.taxClassCode,
  };
}

function closing({ number, issuedAt, taxBureau }: Invoice): Node {
  return {
    TaxSupervisionInfo: { InvoiceNumber: number, IssueTime: spacedTime(issuedAt), TaxBureauName: taxBureau },
  };
}

/** `2026-03-05T10:30:00+08:00` → `2026-03-05 10:30:00`. */
function spacedTime(issuedAt: string): string {
  return issuedAt.slice(0, 19).replace('T', ' ');
}

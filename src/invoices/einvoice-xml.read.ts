import {
  isBlank,
  isCalendarDate,
  isCanonicalAmount,
  isDecimalText,
  normaliseCode,
  normaliseText,
  unprintableCharacters,
  type FieldError,
} from '../kernel/index.js';
import type { EInvoiceReading, ReadLine, ReadParty } from './einvoice-reading.js';
import { checkReading } from './einvoice-xml.warnings.js';
import { listAt, readXml, textAt, type XmlNode } from './xml-document.js';

export type EInvoiceOutcome =
  | { readonly ok: true; readonly invoice: EInvoiceReading }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

const ITEMS = 'IssuItemInformation';
const lists = new Set([ITEMS]);
const MOST_LINES = 2000;
const LONGEST_TEXT = 2000;
const TIME = /^\d{4}-\d{2}-\d{2} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** Collects what is missing or malformed, by the path of the element. */
class Reader {
  readonly errors: FieldError[] = [];

  optional(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
    const text = textAt(node, ...path);
    return text === undefined || isBlank(text) ? undefined : this.checked(normaliseText(text), path);
  }

  required(node: XmlNode | undefined, ...path: readonly string[]): string {
    const text = this.optional(node, ...path);
    if (text === undefined) {
      this.refuse(path, 'missing', 'This element is missing or empty.');
    }
    return text ?? '';
  }

  /** `622.64`; also spelled `622.6`, `622` or `-0.00`. */
  amount(node: XmlNode | undefined, ...path: readonly string[]): string {
    const text = this.required(node, ...path);
    const padded = /^-?\d{1,16}(?:\.\d{1,2})?$/.test(text) ? padDecimals(text) : text;
    if (text !== '' && !isCanonicalAmount(padded)) {
      this.refuse(path, 'not-an-amount', 'This is not an amount in yuan with at most two decimals.');
      return '0.00';
    }
    return padded === '' ? '0.00' : padded;
  }

  refuse(path: readonly string[], rule: string, message: string): void {
    this.errors.push({ field: path.join('.'), code: `einvoice.${rule}`, message });
  }

  private checked(text: string, path: readonly string[]): string {
    if (text.length > LONGEST_TEXT || unprintableCharacters(text.replaceAll(/[\r\n\t]/g, ' ')).length > 0) {
      this.refuse(path, 'unprintable', 'This text is too long or has characters that cannot be printed.');
    }
    return text;
  }
}

function padDecimals(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const amount = `${whole.replace(/^(-?)0+(?=\d)/, '$1')}.${fraction.padEnd(2, '0')}`;
  return amount === '-0.00' ? '0.00' : amount;
}

/**
 * Reads the XML of a 数电票 that anybody may have made. Elements that we do not know are passed over; what we need and do
 * not find is named. That the file says something does not make it so: see the warnings, and verify.
 */
export function readEInvoiceXml(bytes: Uint8Array): EInvoiceOutcome {
  const xml = readXml(bytes, lists);
  if (!xml.ok) {
    return { ok: false, errors: [xml.error] };
  }
  const reader = new Reader();
  const invoice = readInvoice(reader, xml.root['EInvoice']);
  return reader.errors.length > 0
    ? { ok: false, errors: reader.errors.slice(0, 100) }
    : { ok: true, invoice: { ...invoice, warnings: checkReading(invoice) } };
}

function readInvoice(reader: Reader, root: XmlNode | undefined): Omit<EInvoiceReading, 'warnings'> {
  const basic = ['EInvoiceData', 'BasicInformation'] as const;
  const words = reader.optional(root, ...basic, 'TotalTax-includedAmountInChinese');
  const drawer = reader.optional(root, ...basic, 'Drawer');
  const remark = reader.optional(root, 'EInvoiceData', 'AdditionalInformation', 'Remark');
  const taxBureau = reader.optional(root, 'TaxSupervisionInfo', 'TaxBureauName');
  return {
    number: readNumber(reader, root),
    issuedAt: readTime(reader, root),
    ...readLabels(reader, root),
    seller: readParty(reader, root, 'Seller'),
    buyer: readParty(reader, root, 'Buyer'),
    totals: {
      amount: reader.amount(root, ...basic, 'TotalAmWithoutTax'),
      tax: reader.amount(root, ...basic, 'TotalTaxAm'),
      withTax: reader.amount(root, ...basic, 'TotalTax-includedAmount'),
    },
    ...(words !== undefined && { totalInWords: words }),
    lines: readLines(reader, root),
    ...(drawer !== undefined && { drawer }),
    ...(remark !== undefined && { remark }),
    ...(taxBureau !== undefined && { taxBureau }),
  };
}

function readNumber(reader: Reader, root: XmlNode | undefined): string {
  const path = ['TaxSupervisionInfo', 'InvoiceNumber'];
  const number = normaliseCode(reader.optional(root, ...path) ?? reader.required(root, 'Header', 'EIid'));
  if (number !== '' && !/^\d{20}$/.test(number)) {
    reader.refuse(path, 'not-a-number', 'The number of a 数电票 has twenty digits.');
  }
  return number;
}

function readTime(reader: Reader, root: XmlNode | undefined): string {
  const path = ['TaxSupervisionInfo', 'IssueTime'];
  const time = reader
    .required(root, ...path)
    .replace('T', ' ')
    .slice(0, 19);
  if (time !== '' && !(TIME.test(time) && isCalendarDate(time.slice(0, 10)))) {
    reader.refuse(path, 'not-a-time', 'Give the time of issue as YYYY-MM-DD HH:mm:ss.');
  }
  return time;
}

function readLabels(reader: Reader, root: XmlNode | undefined): Pick<EInvoiceReading, 'colour' | 'type'> {
  const path = ['Header', 'InherentLabel'];
  const issue = reader.required(root, ...path, 'InIssuType', 'LabelCode');
  const kind = reader.required(root, ...path, 'GeneralOrSpecialVAT', 'LabelCode');
  if (kind !== '' && kind !== '01' && kind !== '02') {
    reader.refuse([...path, 'GeneralOrSpecialVAT', 'LabelCode'], 'unknown-kind', 'Only 01 and 02 are known here.');
  }
  return { colour: issue === 'Y' ? 'blue' : 'red', type: kind === '01' ? 'special' : 'ordinary' };
}

function readParty(reader: Reader, root: XmlNode | undefined, side: 'Seller' | 'Buyer'): ReadParty {
  const path = ['EInvoiceData', `${side}Information`];
  const fields = {
    name: reader.required(root, ...path, `${side}Name`),
    taxId: reader.optional(root, ...path, `${side}IdNum`),
    address: reader.optional(root, ...path, `${side}Addr`),
    phone: reader.optional(root, ...path, `${side}TelNum`),
    bankName: reader.optional(root, ...path, `${side}BankName`),
    bankAccount: reader.optional(root, ...path, `${side}BankAccNum`),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined));
}

function readLines(reader: Reader, root: XmlNode | undefined): ReadLine[] {
  const items = listAt(root, 'EInvoiceData', ITEMS);
  if (items.length === 0 || items.length > MOST_LINES) {
    reader.refuse(['EInvoiceData', ITEMS], 'lines', `An invoice has 1 to ${MOST_LINES} lines.`);
    return [];
  }
  return items.map((item) => readLine(reader, item));
}

function readLine(reader: Reader, item: XmlNode): ReadLine {
  const [spec, unit] = [reader.optional(item, 'SpecMod'), reader.optional(item, 'MeaUnits')];
  const [quantity, unitPrice] = [readDecimal(reader, item, 'Quantity'), readDecimal(reader, item, 'UnPrice')];
  const taxClassCode = reader.optional(item, 'TaxClassificationCode');
  return {
    itemName: reader.required(item, 'ItemName'),
    ...(spec !== undefined && { spec }),
    ...(unit !== undefined && { unit }),
    ...(quantity !== undefined && { quantity }),
    ...(unitPrice !== undefined && { unitPrice }),
    amount: reader.amount(item, 'Amount'),
    taxRate: reader.required(item, 'TaxRate'),
    tax: readTax(reader, item),
    ...(taxClassCode !== undefined && { taxClassCode: normaliseCode(taxClassCode) }),
  };
}

/** Untaxed lines print `***`, and some programs write that into the file too. */
function readTax(reader: Reader, item: XmlNode): string {
  return /^\*+$/.test(textAt(item, 'ComTaxAm') ?? '') ? '0.00' : reader.amount(item, 'ComTaxAm');
}

function readDecimal(reader: Reader, item: XmlNode, name: string): string | undefined {
  const text = reader.optional(item, name);
  if (text !== undefined && !isDecimalText(text)) {
    reader.refuse([name], 'not-a-decimal', 'This is not a decimal number of at most 25 characters.');
  }
  return text;
}

import { formatAmount, parseAmount, rmbCapital, toChinaTime } from '../kernel/index.js';
import type { CoreData } from '../proof/index.js';
import { type FiscalBillNumber, fiscalBillTag } from './fiscal-codes.js';
import type { BillForm, ReceiptDefinition } from './receipt-definition.js';
import type { ReceiptDraft } from './receipt-draft.js';
import type { AmountText, Receipt, ReceiptItem } from './receipt.js';

/** What the issuer's record contributes to its receipts. */
export type ReceiptIssuer = {
  readonly name: string;
  readonly taxId: string;
  readonly regionCode: string;
  readonly mandate: Receipt['mandate'];
};

/** A receipt but for its number, check code and time, which are fixed inside the issuing transaction. */
export type PreparedReceipt = {
  readonly form: BillForm;
  readonly content: Omit<Receipt, 'code' | 'number' | 'checkCode' | 'issuedAt' | 'tag' | 'qrText'>;
};

export type IssueMarks = {
  readonly code: string;
  readonly number: FiscalBillNumber;
  readonly checkCode: string;
  readonly issuedAt: Date;
};

/** What each bill says for itself: a write-off takes over everything else. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...['tag', 'code', 'number', 'checkCode', 'issuedAt', 'qrText', 'totals', 'items', 'details', 'particulars'],
]);
type Lasting = Omit<PreparedReceipt['content'], 'totals' | 'items' | 'details' | 'particulars'>;

/** What judging found out: the name of the issuer's province in the table of regions, and the versions of the tables asked. */
export type ReceiptFindings = {
  readonly province: string;
  readonly judgedBy: Receipt['judgedBy'];
};

/** Whoever holds no state mandate issues in no province's name. */
const SAMPLE_PROVINCE = '示例省';

/** The draft MUST have passed the rules. */
export function prepareReceipt(
  draft: ReceiptDraft,
  definition: ReceiptDefinition,
  { issuer, ...findings }: ReceiptFindings & { readonly issuer: ReceiptIssuer },
): PreparedReceipt {
  const province = issuer.mandate === 'sample' ? SAMPLE_PROVINCE : findings.province;
  const { payMode, items, details, particulars, remark, handlingPerson, checker } = draft;
  const form = definition.formOf(draft);
  return {
    form,
    content: {
      kind: definition.name,
      version: '1',
      ...(definition.version !== undefined && { kindVersion: definition.version }),
      title: `${definition.isSupervised ? province : ''}${form.title}`,
      direction: 'charge',
      currency: 'CNY',
      invoicingParty: { code: issuer.taxId, name: issuer.name },
      ...(definition.isSupervised && { supervisor: supervisorOf(issuer, province) }),
      payer: keptPayer(draft, definition),
      ...(payMode !== undefined && { payMode }),
      items: items.map(({ text }) => text),
      ...(details !== undefined && { details: details.map(({ text }) => text) }),
      ...(particulars !== undefined && { particulars }),
      totals: totalsOf(draft.total),
      ...(remark !== undefined && { remark }),
      handlingPerson,
      checker,
      mandate: issuer.mandate,
      judgedBy: findings.judgedBy,
    },
  };
}

function keptPayer({ payer }: ReceiptDraft, { keepPayerCode }: ReceiptDefinition): Receipt['payer'] {
  const { type, name, code } = payer;
  const keep = keepPayerCode ?? ((whole: string) => whole);
  return { type, name, ...(code !== undefined && { code: keep(code) }) };
}

/** Gives a prepared receipt its number, check code and time (whole seconds, in China), and the QR text that states them. */
export function completeReceipt({ content }: PreparedReceipt, marks: IssueMarks): Receipt {
  const { code, number, checkCode } = marks;
  const issuedAt = toChinaTime(marks.issuedAt);
  const tag = fiscalBillTag(code);
  const day = issuedAt.slice(0, 10).replaceAll('-', '');
  return {
    ...content,
    ...(content.supervisor !== undefined && { tag }),
    code,
    number,
    checkCode,
    issuedAt,
    qrText: [tag, code, number, checkCode, content.totals.amount, day].join(','),
  };
}

/**
 * 冲红: the bill that takes back `share` lines of `receipt` (all of it when left out). Quantities and amounts change their
 * sign, prices do not, so quantity × standard holds on it too.
 */
export function prepareWriteOff(
  receipt: Receipt,
  definition: Pick<ReceiptDefinition, 'amountFields'>,
  form: BillForm,
  share?: { readonly items: readonly ReceiptItem[]; readonly particulars?: CoreData },
): PreparedReceipt {
  const { code, number, checkCode, items, details, particulars } = receipt;
  const lasting = Object.fromEntries(Object.entries(receipt).filter(([field]) => !OWN_FIELDS.has(field)));
  const lines = (share?.items ?? items).map(negated);
  const kept = share === undefined ? particulars : share.particulars;
  return {
    form,
    content: {
      ...(lasting as Lasting),
      direction: 'write-off',
      writesOff: { code, number, checkCode },
      items: lines,
      ...(share === undefined && details !== undefined && { details: details.map(negated) }),
      ...(kept !== undefined && { particulars: withNegated(kept, definition.amountFields) }),
      totals: totalsOf(lines.reduce((sum, { amount }) => sum + parseAmount(amount), 0n)),
    },
  };
}

function negated(item: ReceiptItem): ReceiptItem {
  return {
    ...item,
    quantity: `-${item.quantity}`,
    amount: negatedAmount(item.amount),
  };
}

function withNegated(particulars: CoreData, fields: readonly string[]): CoreData {
  return Object.fromEntries(
    Object.entries(particulars).map(([key, value]) => [
      key,
      typeof value === 'string' && fields.includes(key) ? negatedAmount(value) : value,
    ]),
  );
}

const negatedAmount = (amount: string): AmountText => formatAmount(-parseAmount(amount)) as AmountText;

function totalsOf(total: bigint): Receipt['totals'] {
  return { amount: formatAmount(total) as AmountText, inWords: rmbCapital(total) };
}

function supervisorOf({ regionCode }: ReceiptIssuer, province: string): { areaCode: string; name: string } {
  return { areaCode: provinceCode(regionCode), name: `${province}财政监制` };
}

/** The province of a region, as the table of regions spells its code: six digits. */
export function provinceCode(regionCode: string): string {
  return `${regionCode.slice(0, 2)}0000`;
}

/** Under which code a receipt was numbered: a bill that takes it back is of the same class. */
export function billFormOf({ code, title }: Receipt): BillForm {
  return { category: code.slice(2, 4), type: code.slice(4, 6), title };
}

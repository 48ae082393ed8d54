import {
  formatAmount,
  multiplyDecimals,
  normaliseCode,
  normaliseText,
  parseAmount,
  parseDecimal,
  roundDecimal,
  toHalfWidth,
} from '../kernel/index.js';
import type { CoreData } from '../proof/index.js';
import type { ReceiptBaseRequest, ReceiptItemRequest } from './create-receipt.dto.js';
import type { AmountText, ReceiptItem, ReceiptPayer } from './receipt.js';

/** Codes of the table `id-types` that the payer's code has when nothing else is said. */
export const CITIZEN_ID = '111';
export const CREDIT_CODE = '001';

/** A line in canonical text, with its amount in fen and what the caller says the amount is. */
export type DraftItem = { readonly text: ReceiptItem; readonly amount: bigint; readonly stated?: bigint };

/** What the caller wants to issue, in canonical text. Its shape is right; whether it obeys the rules is `checkReceipt`'s. */
export type ReceiptDraft = {
  /** `codeType` is a code of the table `id-types`. */
  readonly payer: ReceiptPayer & { readonly codeType: string };
  readonly payMode?: string;
  readonly items: readonly DraftItem[];
  readonly details?: readonly DraftItem[];
  readonly total: bigint;
  readonly statedTotal?: bigint;
  readonly remark?: string;
  readonly handlingPerson: string;
  readonly checker: string;
  readonly particulars?: CoreData;
};

type Lines = { readonly items: readonly ReceiptItemRequest[]; readonly details?: readonly ReceiptItemRequest[] };

/** Reads what all receipts have in common from a validated request. */
export function readReceiptDraft(request: ReceiptBaseRequest, lines: Lines, particulars?: CoreData): ReceiptDraft {
  const { payer, payMode, total, remark } = request;
  const items = lines.items.map(readItem);
  return {
    payer: {
      type: payer.type,
      name: normaliseText(payer.name),
      ...(payer.code !== undefined && { code: normaliseCode(payer.code) }),
      codeType: normaliseCode(payer.codeType ?? (payer.type === '2' ? CREDIT_CODE : CITIZEN_ID)),
    },
    ...(payMode !== undefined && { payMode: normaliseText(payMode) }),
    items,
    ...(lines.details !== undefined && { details: lines.details.map(readItem) }),
    total: sumOf(items),
    ...(total !== undefined && { statedTotal: parseAmount(total) }),
    ...(remark !== undefined && { remark: normaliseText(remark) }),
    handlingPerson: normaliseText(request.handlingPerson),
    checker: normaliseText(request.checker),
    ...(particulars !== undefined && { particulars }),
  };
}

export function sumOf(items: readonly DraftItem[]): bigint {
  return items.reduce((sum, { amount }) => sum + amount, 0n);
}

/** ItemAmount = round2(ItemQuantity × ItemStd), halves away from zero. */
function itemAmount(quantity: string, standard: string): bigint {
  return roundDecimal(multiplyDecimals(parseDecimal(quantity), parseDecimal(standard)), 2);
}

function readItem(item: ReceiptItemRequest): DraftItem {
  const { code, unit, remark } = item;
  const quantity = toHalfWidth(item.quantity);
  const standard = toHalfWidth(item.standard);
  const amount = itemAmount(quantity, standard);
  const text: ReceiptItem = {
    ...(code !== undefined && { code: normaliseCode(code) }),
    name: normaliseText(item.name),
    ...(unit !== undefined && { unit: normaliseText(unit) }),
    quantity,
    standard,
    amount: formatAmount(amount) as AmountText,
    ...(remark !== undefined && { remark: normaliseText(remark) }),
  };
  return { text, amount, ...(item.amount !== undefined && { stated: parseAmount(item.amount) }) };
}

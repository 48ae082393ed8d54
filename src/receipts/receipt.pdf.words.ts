import { formatAmount, maskCitizenId, parseAmount } from '../kernel/index.js';
import type { Receipt, ReceiptPayer } from './receipt.js';

/** How the fields of a receipt read in print. The core data stays what it is: these words are never parsed back. */

/** `2026-03-05T10:30:00+08:00` → `2026-03-05`: the issuer's own day, whatever the zone of the machine. */
export function printedDate(issuedAt: string): string {
  return issuedAt.slice(0, 10);
}

/** `2026-03-05T10:30:00+08:00` → `2026-03-05 10:30:00`. */
export function printedTime(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

/** A person's number with its private digits hidden; an organisation's code in full. */
export function printedPayerCode({ type, code }: ReceiptPayer): string {
  if (code === undefined) {
    return '';
  }
  return type === '1' && !code.includes('*') ? maskCitizenId(code) : code;
}

export function printedRemark({ remark, writesOff }: Receipt): string {
  const mark = writesOff === undefined ? '' : `冲红原票据代码：${writesOff.code}，票据号码：${writesOff.number}`;
  return [mark, remark ?? ''].filter((part) => part !== '').join('；');
}

export function sumOfAmounts(amounts: readonly string[]): string {
  return formatAmount(amounts.reduce((sum, amount) => sum + parseAmount(amount), 0n));
}

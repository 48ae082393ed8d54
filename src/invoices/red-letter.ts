import type { Decimal } from '../kernel/index.js';
import type { RedReasonCode } from './invoice.js';

/** Why a blue invoice is taken back. */
export const RED_REASONS: Readonly<Record<RedReasonCode, string>> = {
  '01': '开票有误',
  '02': '销货退回',
  '03': '服务中止',
  '04': '销售折让',
};

/** Statuses of a 红字发票信息确认单, as the tax bureau's platform counts them. */
export const CONFIRMATION_STATUSES = {
  '01': '无需确认',
  '02': '销方录入待购方确认',
  '03': '购方录入待销方确认',
  '04': '购销双方已确认',
  '05': '作废（购方否认）',
  '06': '作废（销方否认）',
  '07': '作废（超72小时未确认）',
  '08': '发起方撤销',
  '09': '作废（确认后撤销）',
  '10': '作废（异常凭证）',
  '11': '作废（纳税人状态异常）',
  '12': '作废（自然人拒收）',
  '13': '作废（已开具退税申请单）',
} as const;

export type ConfirmationStatus = keyof typeof CONFIRMATION_STATUSES;

/** What is left of one blue line, its discount netted in: all at least 0. */
export type BlueRemainder = {
  /** Counted from 1 over all printed lines; a discount counts, and belongs to the line before it. */
  readonly line: number;
  readonly amount: bigint;
  readonly tax: bigint;
  /** Absent when the blue line has none. */
  readonly quantity?: Decimal;
  readonly taxRate: string;
};

/** What a red-letter invoice takes from one blue line: all negative, the tax possibly 0. */
export type RedTaking = {
  readonly line: number;
  readonly amount: bigint;
  readonly tax: bigint;
  readonly quantity?: Decimal;
};

/** Whether anything of the line can still be taken back. */
export function isLeft({ amount, tax }: BlueRemainder): boolean {
  return amount > 0n || tax > 0n;
}

/** A full reversal: exactly all that is left. */
export function takeAll(remainders: readonly BlueRemainder[]): RedTaking[] {
  return remainders.filter(isLeft).map(({ line, amount, tax, quantity }) => ({
    line,
    amount: -amount,
    tax: -tax,
    ...(quantity !== undefined && quantity.digits > 0n && { quantity: { ...quantity, digits: -quantity.digits } }),
  }));
}

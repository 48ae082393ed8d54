import { DomainError } from '../kernel/index.js';
import type { ConfirmationStatus } from './red-letter.js';

export type Side = 'seller' | 'buyer';
export type ConfirmationAction = 'confirm' | 'deny' | 'withdraw';

const HOUR_MS = 3_600_000;
/** A slip that the other side has not answered lapses: 72 hours after it was entered. */
const LAPSES_AFTER_MS = 72 * HOUR_MS;

export function lapseOf(enteredAt: Date): Date {
  return new Date(enteredAt.getTime() + LAPSES_AFTER_MS);
}

/** The status of a new slip: while the buyer has not confirmed the use, nobody has to agree. */
export function firstStatus(initiator: Side, buyerConfirmedUse: boolean): ConfirmationStatus {
  if (!buyerConfirmedUse) {
    return '01';
  }
  return initiator === 'seller' ? '02' : '03';
}

export type SlipState = { readonly status: ConfirmationStatus; readonly initiator: Side; readonly enteredAt: Date };

/** The status now: nobody has to write down that time has passed. */
export function statusAt({ status, enteredAt }: SlipState, now: Date): ConfirmationStatus {
  const isOpen = status === '02' || status === '03';
  return isOpen && now.getTime() >= lapseOf(enteredAt).getTime() ? '07' : status;
}

/** The slip is in a status in which this side may not do this. */
export class ConfirmationRefused extends DomainError {
  override readonly code: string;
  override readonly kind = 'conflict';

  constructor(status: ConfirmationStatus) {
    super(
      status === '07'
        ? 'The slip lapsed 72 hours after it was entered; enter a new one'
        : `The slip is in status ${status}, in which you cannot do this`,
    );
    this.code = status === '07' ? 'red-confirmations.lapsed' : 'red-confirmations.transition-refused';
  }
}

const next: Partial<Record<ConfirmationStatus, Partial<Record<`${Side} ${ConfirmationAction}`, ConfirmationStatus>>>> =
  {
    '02': { 'buyer confirm': '04', 'buyer deny': '05', 'seller withdraw': '08' },
    '03': { 'seller confirm': '04', 'seller deny': '06', 'buyer withdraw': '08' },
    '04': { 'seller withdraw': '09', 'buyer withdraw': '09' },
  };

/** What the slip becomes. Throws `ConfirmationRefused` when this side may not do that now. */
export function answerSlip(slip: SlipState, by: Side, action: ConfirmationAction, now: Date): ConfirmationStatus {
  const status = statusAt(slip, now);
  const isOwnWithdrawal = action === 'withdraw' && by === slip.initiator;
  const after = status === '01' && isOwnWithdrawal ? '08' : next[status]?.[`${by} ${action}`];
  if (after === undefined) {
    throw new ConfirmationRefused(status);
  }
  return after;
}

/** What only the tax bureau's platform says of a slip: 异常凭证, 纳税人状态异常, 自然人拒收, 已开具退税申请单. */
export const VOID_STATUSES = ['10', '11', '12', '13'] as const;
export type VoidStatus = (typeof VOID_STATUSES)[number];

/** Statuses in which a slip still allows a red-letter invoice, or may come to. */
const ALIVE: ReadonlySet<ConfirmationStatus> = new Set(['01', '02', '03', '04']);

/** Only a natural person refuses in this way: a buyer with an account denies the slip. */
class BuyerIsNoPerson extends DomainError {
  override readonly code = 'red-confirmations.buyer-is-no-person';
  override readonly kind = 'conflict';

  constructor() {
    super(
      'Status 12 says that a natural person refused; the buyer of this invoice is none and denies the slip instead',
    );
  }
}

/**
 * What a slip that is alive becomes when the platform voids it. Throws `ConfirmationRefused` when it is dead already, and
 * `BuyerIsNoPerson`.
 */
export function voidSlip(
  slip: SlipState,
  as: VoidStatus,
  { buyerIsPerson, now }: { readonly buyerIsPerson: boolean; readonly now: Date },
): ConfirmationStatus {
  const status = statusAt(slip, now);
  if (!ALIVE.has(status)) {
    throw new ConfirmationRefused(status);
  }
  if (as === '12' && !buyerIsPerson) {
    throw new BuyerIsNoPerson();
  }
  return as;
}

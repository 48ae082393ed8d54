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

import { Injectable } from '@nestjs/common';
import { Clock, IdSource, toChinaDate, type FieldError } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import type { BlueInvoice } from './blue-invoices.js';
import type { RedReasonCode } from './invoice.js';
import { RedConfirmationNotFound, RedConfirmationUsed, RedLetterRefused } from './invoices.errors.js';
import { firstStatus, statusAt, type Side } from './red-confirmation.js';
import { RedConfirmationsRepository, type RedConfirmation } from './red-confirmations.repository.js';
import { checkRedLetter, isFullReversal } from './red-letter-rules.js';
import { takeAll, type BlueRemainder, type ConfirmationStatus, type RedTaking } from './red-letter.js';
import { RedLettersRepository } from './red-letters.repository.js';

/** What somebody wants to take back; without takings, all that is left. */
export type TakeBackWish = { readonly reasonCode: RedReasonCode; readonly takings?: readonly RedTaking[] | undefined };

export type TakenBack = {
  readonly slip: RedConfirmation;
  readonly takings: readonly RedTaking[];
  /** Nothing is left. */
  readonly isFull: boolean;
};

/** These are no mistakes in the request: what is left, or the slip, stands against it. */
const CONFLICTS: ReadonlySet<string> = new Set([
  'invoices.red-exceeds-blue',
  'invoices.nothing-left',
  'invoices.red-not-confirmed',
  'invoices.red-confirmation-required',
]);

/**
 * Takes amounts and quantities back from a blue invoice. Every method MUST be called in a transaction of the seller and
 * locks the blue invoice: whatever two callers want at once, no line falls below zero.
 */
@Injectable()
export class TakeBack {
  constructor(
    private readonly redLetters: RedLettersRepository,
    private readonly slips: RedConfirmationsRepository,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Holds the blue invoice until the transaction ends. */
  hold(tx: Tx, { issuerId, documentId }: BlueInvoice): Promise<void> {
    return this.redLetters.lockBlue(tx, issuerId, documentId);
  }

  /** Enters a slip without taking anything. Throws `InvalidRequest` and `RedLetterRefused`. */
  async enterSlip(tx: Tx, blue: BlueInvoice, initiator: Side, wish: TakeBackWish): Promise<RedConfirmation> {
    const { remainders, buyerConfirmedUse } = await this.lock(tx, blue);
    const status = firstStatus(initiator, buyerConfirmedUse);
    const confirmationStatus: ConfirmationStatus = buyerConfirmedUse ? '04' : '01';
    refuse(
      checkRedLetter(
        { reasonCode: wish.reasonCode, buyerConfirmedUse, confirmationStatus },
        remainders,
        wish.takings ?? takeAll(remainders),
      ),
    );
    const slip = await this.newSlip(tx, blue, { ...wish, initiator, status });
    await this.slips.insert(tx, blue.issuerId, slip);
    return slip;
  }

  /** The seller alone, without a slip: one that needs no confirmation is made on the way. Throws the same. */
  async alone(tx: Tx, blue: BlueInvoice, wish: TakeBackWish): Promise<TakenBack> {
    const slip = await this.newSlip(tx, blue, { ...wish, initiator: 'seller', status: '01' });
    const taken = await this.take(tx, blue, slip);
    await this.slips.insert(tx, blue.issuerId, slip);
    return taken;
  }

  /** What a slip says. Throws the same, and `RedConfirmationNotFound` and `RedConfirmationUsed`. */
  async bySlip(tx: Tx, blue: BlueInvoice, slipId: string): Promise<TakenBack> {
    await this.hold(tx, blue);
    const slip = await this.slips.lock(tx, blue.issuerId, slipId);
    if (slip?.documentId !== blue.documentId) {
      throw new RedConfirmationNotFound();
    }
    if (slip.redDocumentId !== undefined) {
      throw new RedConfirmationUsed();
    }
    return this.take(tx, blue, { ...slip, status: statusAt(slip, this.clock.now()) });
  }

  private async take(tx: Tx, blue: BlueInvoice, slip: RedConfirmation): Promise<TakenBack> {
    const { remainders, buyerConfirmedUse } = await this.lock(tx, blue);
    const takings = slip.takings ?? takeAll(remainders);
    const { reasonCode, status: confirmationStatus } = slip;
    refuse(checkRedLetter({ reasonCode, buyerConfirmedUse, confirmationStatus }, remainders, takings));
    await this.redLetters.take(tx, blue, blue.whole, takings);
    return { slip, takings, isFull: isFullReversal(remainders, takings) };
  }

  private async lock(
    tx: Tx,
    blue: BlueInvoice,
  ): Promise<{ remainders: readonly BlueRemainder[]; buyerConfirmedUse: boolean }> {
    const { issuerId, documentId, whole } = blue;
    await this.hold(tx, blue);
    return {
      remainders: await this.redLetters.remaindersOf(tx, issuerId, documentId, whole),
      buyerConfirmedUse: await this.redLetters.isUseConfirmed(tx, issuerId, documentId),
    };
  }

  private async newSlip(
    tx: Tx,
    { documentId, profile, invoice }: BlueInvoice,
    { reasonCode, takings, initiator, status }: TakeBackWish & Pick<RedConfirmation, 'initiator' | 'status'>,
  ): Promise<RedConfirmation> {
    const enteredAt = this.clock.now();
    const number = await this.slips.nextNumber(tx, profile.issuer.regionCode, toChinaDate(enteredAt).slice(0, 7));
    const { taxId } = invoice.buyer;
    return {
      ...{ id: this.ids.uuid(), documentId, number, uuid: this.ids.uuid().replaceAll('-', '') },
      ...(taxId !== undefined && { buyerTaxId: taxId }),
      ...{ initiator, status, reasonCode, enteredAt },
      ...(takings !== undefined && { takings }),
    };
  }
}

function refuse(errors: readonly FieldError[]): void {
  const conflicts = errors.filter(({ code }) => CONFLICTS.has(code));
  if (conflicts.length > 0) {
    throw new RedLetterRefused(conflicts);
  }
  if (errors.length > 0) {
    throw new InvalidRequest(errors);
  }
}

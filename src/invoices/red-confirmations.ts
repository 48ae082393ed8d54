import { Injectable } from '@nestjs/common';
import { IdentityRepository } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { BlueInvoices, type BlueInvoice } from './blue-invoices.js';
import { InvoiceNotFound, RedConfirmationNotFound, RedConfirmationUsed } from './invoices.errors.js';
import { answerSlip, voidSlip, type ConfirmationAction, type Side, type VoidStatus } from './red-confirmation.js';
import { RedConfirmationsRepository, type RedConfirmation } from './red-confirmations.repository.js';
import { RedLettersRepository } from './red-letters.repository.js';
import { TakeBack, type TakeBackWish } from './take-back.js';

/** A slip as one of its sides sees it. */
export type SlipView = { readonly slip: RedConfirmation; readonly side: Side };

const MOST_LISTED = 100;

/** Who acts: the issuer of the blue invoice is the seller; the buyer is whoever has the tax id that stands on it. */
@Injectable()
export class InvoiceSides {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly identities: IdentityRepository,
  ) {}

  taxIdOf(ownerId: string): Promise<string | null> {
    return this.unitOfWork.run((tx) => this.identities.taxIdOf(tx, ownerId), { issuerId: ownerId });
  }

  /** Null when the owner is neither: then there is nothing to be seen. */
  async sideOf(
    ownerId: string,
    { issuerId, buyerTaxId }: { readonly issuerId: string; readonly buyerTaxId: string | null | undefined },
  ): Promise<Side | null> {
    if (ownerId === issuerId) {
      return 'seller';
    }
    return typeof buyerTaxId === 'string' && (await this.taxIdOf(ownerId)) === buyerTaxId ? 'buyer' : null;
  }

  async requireSide(ownerId: string, { issuerId, invoice }: BlueInvoice): Promise<Side> {
    const side = await this.sideOf(ownerId, { issuerId, buyerTaxId: invoice.buyer.taxId });
    if (side === null) {
      throw new InvoiceNotFound();
    }
    return side;
  }
}

/** Confirmation slips of red-letter invoices, as their two sides enter and answer them. */
@Injectable()
export class RedConfirmations {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blues: BlueInvoices,
    private readonly takeBack: TakeBack,
    private readonly slips: RedConfirmationsRepository,
    private readonly sides: InvoiceSides,
    private readonly clock: Clock,
  ) {}

  /** Throws `InvoiceNotFound`, and what `TakeBack.enterSlip` does. */
  async enter(ownerId: string, documentAddress: string, wish: TakeBackWish): Promise<SlipView> {
    const blue = await this.blues.openAt(documentAddress);
    const side = await this.sides.requireSide(ownerId, blue);
    const slip = await this.unitOfWork.run((tx) => this.takeBack.enterSlip(tx, blue, side, wish), {
      issuerId: blue.issuerId,
    });
    return { slip, side };
  }

  /** Throws `RedConfirmationNotFound`, `ConfirmationRefused`, `RedConfirmationUsed`. */
  async answer(ownerId: string, slipId: string, action: ConfirmationAction): Promise<SlipView> {
    const { issuerId, side } = await this.locate(ownerId, slipId);
    const slip = await this.change(issuerId, slipId, (present, now) => ({
      status: answerSlip(present, side, action, now),
      ...(action === 'confirm' && { confirmedAt: now }),
    }));
    return { slip, side };
  }

  /**
   * What the tax bureau's platform says of a slip, passed on by the operator; from then on no red-letter invoice is issued
   * on it. Throws `RedConfirmationNotFound`, `ConfirmationRefused`, `BuyerIsNoPerson`, `RedConfirmationUsed`.
   */
  async void(slipId: string, as: VoidStatus): Promise<RedConfirmation> {
    const found = await this.unitOfWork.run((tx) => this.slips.locate(tx, slipId));
    if (found === null) {
      throw new RedConfirmationNotFound();
    }
    const { issuerId } = found;
    const { documentId } = await this.read(issuerId, slipId);
    // What an invoice says never changes: it is read before the slip is held.
    const { invoice } = await this.blues.open(issuerId, documentId);
    const buyerIsPerson = invoice.buyerIsNaturalPerson === 'true';
    return this.change(issuerId, slipId, (present, now) => ({ status: voidSlip(present, as, { buyerIsPerson, now }) }));
  }

  /** Moves a slip that no red-letter invoice was issued on; nobody else moves it meanwhile. */
  private change(
    issuerId: string,
    slipId: string,
    next: (present: RedConfirmation, now: Date) => Pick<RedConfirmation, 'status' | 'confirmedAt'>,
  ): Promise<RedConfirmation> {
    return this.unitOfWork.run(
      async (tx) => {
        const present = await this.slips.lock(tx, issuerId, slipId);
        if (present === null) {
          throw new RedConfirmationNotFound();
        }
        if (present.redDocumentId !== undefined) {
          throw new RedConfirmationUsed();
        }
        const changed = { ...present, ...next(present, this.clock.now()) };
        await this.slips.updateStatus(tx, issuerId, changed);
        return changed;
      },
      { issuerId },
    );
  }

  /** Throws `RedConfirmationNotFound`. */
  async one(ownerId: string, slipId: string): Promise<SlipView> {
    const { issuerId, side } = await this.locate(ownerId, slipId);
    return { slip: await this.read(issuerId, slipId), side };
  }

  private async read(issuerId: string, slipId: string): Promise<RedConfirmation> {
    const slip = await this.unitOfWork.run((tx) => this.slips.find(tx, issuerId, slipId), { issuerId });
    if (slip === null) {
      throw new RedConfirmationNotFound();
    }
    return slip;
  }

  /** The newest of either side, at most a hundred of each. */
  async list(ownerId: string): Promise<SlipView[]> {
    const asSeller = await this.unitOfWork.run((tx) => this.slips.list(tx, ownerId, MOST_LISTED), {
      issuerId: ownerId,
    });
    const taxId = await this.sides.taxIdOf(ownerId);
    const located = taxId === null ? [] : await this.unitOfWork.run((tx) => this.slips.locateOfBuyer(tx, taxId));
    const asBuyer: SlipView[] = [];
    for (const { issuerId, id } of located.filter(({ issuerId: seller }) => seller !== ownerId)) {
      const slip = await this.unitOfWork.run((tx) => this.slips.find(tx, issuerId, id), { issuerId });
      asBuyer.push(...(slip === null ? [] : [{ slip, side: 'buyer' as const }]));
    }
    const views = [...asSeller.map((slip): SlipView => ({ slip, side: 'seller' })), ...asBuyer];
    return views.sort((left, right) => (left.slip.id < right.slip.id ? 1 : -1));
  }

  private async locate(ownerId: string, slipId: string): Promise<{ issuerId: string; side: Side }> {
    const found = await this.unitOfWork.run((tx) => this.slips.locate(tx, slipId));
    const side = found === null ? null : await this.sides.sideOf(ownerId, found);
    if (found === null || side === null) {
      throw new RedConfirmationNotFound();
    }
    return { issuerId: found.issuerId, side };
  }
}

/** 用途确认 and 入账确认: from then on the seller needs the buyer's word to take the invoice back. */
@Injectable()
export class ConfirmUse {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blues: BlueInvoices,
    private readonly sides: InvoiceSides,
    private readonly redLetters: RedLettersRepository,
    private readonly clock: Clock,
  ) {}

  /** Saying it twice changes nothing. Only the buyer may; throws `InvoiceNotFound` for anybody else. */
  async execute(ownerId: string, documentAddress: string, use: 'deduction' | 'booking'): Promise<void> {
    const blue = await this.blues.openAt(documentAddress);
    const side = await this.sides.sideOf(ownerId, { issuerId: '', buyerTaxId: blue.invoice.buyer.taxId });
    if (side !== 'buyer') {
      throw new InvoiceNotFound();
    }
    const { issuerId, documentId } = blue;
    await this.unitOfWork.run(
      async (tx) => {
        // Not while the seller takes it back alone: one of the two comes first.
        await this.redLetters.lockBlue(tx, issuerId, documentId);
        await this.redLetters.confirmUse(tx, issuerId, documentId, { use, at: this.clock.now() });
      },
      { issuerId },
    );
  }
}

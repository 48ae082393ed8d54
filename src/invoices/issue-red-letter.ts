import { Injectable } from '@nestjs/common';
import {
  answeredBefore,
  DocumentsRepository,
  idempotencyOf,
  RecordEvent,
  StoreDocuments,
  type IssuedDocument,
  type StoreRequest,
  undrawableFields,
} from '../documents/index.js';
import { toChinaTime } from '../kernel/index.js';
import { onceMoreAfterCollision, UnitOfWork, type Tx } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { BlueInvoices, type BlueInvoice } from './blue-invoices.js';
import type { RedReference } from './invoice.js';
import { InvoiceKind } from './invoice.kind.js';
import type { PreparedInvoice } from './invoice.canonical.js';
import { RedConfirmationsRepository } from './red-confirmations.repository.js';
import { prepareRedInvoice } from './red-invoice.canonical.js';
import { RED_REASONS } from './red-letter.js';
import { TakeBack, type TakeBackWish, type TakenBack } from './take-back.js';

export type RedLetterWish = {
  readonly drawer: string;
  readonly remark?: string | undefined;
} & ({ readonly confirmationId: string } | TakeBackWish);

export type RedLetterCommand = {
  readonly issuerId: string;
  readonly documentId: string;
  readonly wish: RedLetterWish;
  readonly idempotencyKey?: string | undefined;
};

/** Stores a red-letter invoice and what it does to its slip and to the blue invoice. */
@Injectable()
export class StoreRedLetter {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly store: StoreDocuments,
    private readonly recordEvent: RecordEvent,
    private readonly slips: RedConfirmationsRepository,
    private readonly kind: InvoiceKind,
  ) {}

  idempotencyOf({ documentId, wish, idempotencyKey }: RedLetterCommand): StoreRequest['idempotency'] {
    return idempotencyOf(idempotencyKey, 'red-letter', { documentId, wish });
  }

  /** What was answered to the same key and request before. Throws `IdempotencyKeyReused`. */
  async earlier(
    tx: Tx,
    issuerId: string,
    idempotency: NonNullable<StoreRequest['idempotency']>,
  ): Promise<IssuedDocument | null> {
    const known = (await this.documents.findKeys(tx, issuerId, [idempotency.key])).get(idempotency.key);
    return known === undefined ? null : answeredBefore(known, idempotency);
  }

  async execute(
    tx: Tx,
    blue: BlueInvoice,
    taken: TakenBack,
    { wish, idempotency }: { wish: RedLetterWish; idempotency: StoreRequest['idempotency'] },
  ): Promise<IssuedDocument> {
    const prepared = this.prepare(blue, taken, wish);
    const request = { kind: this.kind, prepared, ...(idempotency !== undefined && { idempotency }) };
    const [outcome] = await this.store.execute(tx, blue.profile, [request]);
    if (outcome?.ok !== true) {
      throw outcome?.error instanceof Error ? outcome.error : new Error('The red-letter invoice was not stored');
    }
    const { id, number, documentAddress } = outcome.value;
    const { slip, isFull } = taken;
    await this.slips.markUsed(tx, blue.issuerId, slip.id, id);
    const { amount, tax } = prepared.totals;
    await this.recordEvent.execute(tx, blue.profile, blue.documentId, {
      type: isFull ? 'red-lettered' : 'partially-red-lettered',
      payload: {
        ...{ successorNumber: number, redDocumentAddress: documentAddress, confirmationNumber: slip.number },
        ...{ reasonCode: slip.reasonCode, amount, tax },
      },
    });
    return outcome.value;
  }

  private prepare(blue: BlueInvoice, { slip, takings }: TakenBack, { drawer, remark }: RedLetterWish): PreparedInvoice {
    const { scheme } = blue.invoice;
    const prepared = prepareRedInvoice(blue.invoice, {
      red: referenceOf(blue, slip),
      takings,
      drawer,
      ...(remark !== undefined && { remark }),
      ...(scheme !== 'shudian' && { checkCode: this.kind.checkCodeFor(scheme) }),
    });
    const undrawable = undrawableFields({ drawer, remark: remark ?? '' });
    if (undrawable.length > 0) {
      throw new InvalidRequest(undrawable);
    }
    return prepared;
  }
}

/**
 * Takes back a blue invoice, all of it or a part. One transaction: the blue invoice is locked, the amounts taken from what is
 * left of it, the red invoice numbered and stored, and the event recorded. When two ask at once, the second sees what the
 * first has left.
 */
@Injectable()
export class IssueRedLetter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blues: BlueInvoices,
    private readonly takeBack: TakeBack,
    private readonly store: StoreRedLetter,
  ) {}

  /** Throws what `TakeBack` does, `DocumentNotFound`, `RedOfRed`, `TransitionRefused`; nothing is stored then. */
  async execute(command: RedLetterCommand): Promise<IssuedDocument> {
    const { issuerId, documentId, wish } = command;
    const idempotency = this.store.idempotencyOf(command);
    const blue = await this.blues.open(issuerId, documentId);
    const attempt = (): Promise<IssuedDocument> =>
      this.unitOfWork.run(
        async (tx) => {
          const take = (): Promise<TakenBack> =>
            'confirmationId' in wish
              ? this.takeBack.bySlip(tx, blue, wish.confirmationId)
              : this.takeBack.alone(tx, blue, wish);
          await this.takeBack.hold(tx, blue);
          const earlier = idempotency === undefined ? null : await this.store.earlier(tx, issuerId, idempotency);
          return earlier ?? (await this.store.execute(tx, blue, await take(), { wish, idempotency }));
        },
        { issuerId },
      );
    // The same key may have been used at the same moment for another document.
    return onceMoreAfterCollision(attempt);
  }
}

function referenceOf({ invoice, documentAddress }: BlueInvoice, slip: TakenBack['slip']): RedReference {
  return {
    ...(invoice.code !== undefined && { blueCode: invoice.code }),
    blueNumber: invoice.number,
    blueIssuedOn: invoice.issuedAt.slice(0, 10),
    blueDocumentAddress: documentAddress,
    blueAmount: invoice.totals.amount,
    blueTax: invoice.totals.tax,
    confirmationNumber: slip.number,
    confirmationUuid: slip.uuid,
    initiator: slip.initiator,
    reasonCode: slip.reasonCode,
    reason: RED_REASONS[slip.reasonCode],
    statusCode: slip.status === '04' ? '04' : '01',
    enteredAt: toChinaTime(slip.enteredAt),
    ...(slip.confirmedAt !== undefined && { confirmedAt: toChinaTime(slip.confirmedAt) }),
  };
}

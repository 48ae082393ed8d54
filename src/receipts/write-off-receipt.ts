import { Injectable } from '@nestjs/common';
import { RecordEvent, TransitionRefused, type IssuedDocument } from '../documents/index.js';
import { IssuerProfiles } from '../identity/index.js';
import { normaliseText } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { IssueWriteOff } from './issue-write-off.js';
import { ReceiptClaimsRepository } from './receipt-claims.repository.js';
import { billFormOf, prepareWriteOff } from './receipt.canonical.js';
import { AlreadyWrittenOff, ReceiptIsWriteOff, TicketsTouched } from './receipts.errors.js';
import { ReceiptsRepository } from './receipts.repository.js';

export type WriteOffCommand = {
  readonly issuerId: string;
  readonly receiptId: string;
  readonly reason?: string | undefined;
  readonly idempotencyKey?: string | undefined;
};

/** 冲红: takes a whole bill back by a negative one that refers to it, both in one transaction. */
@Injectable()
export class WriteOffReceipt {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly writeOff: IssueWriteOff,
    private readonly recordEvent: RecordEvent,
    private readonly receipts: ReceiptsRepository,
    private readonly claims: ReceiptClaimsRepository,
  ) {}

  /** Throws `ReceiptNotFound`, `ReceiptIsWriteOff`, `AlreadyWrittenOff`, `TicketsTouched` or `TransitionRefused`; nothing is stored then. */
  async execute({ issuerId, receiptId, reason, idempotencyKey }: WriteOffCommand): Promise<IssuedDocument> {
    const profile = await this.profiles.get(issuerId);
    const original = await this.writeOff.open(issuerId, receiptId);
    const { receipt, kind } = original;
    if (receipt.direction === 'write-off') {
      throw new ReceiptIsWriteOff();
    }
    const prepared = prepareWriteOff(receipt, kind.definitionOf(receipt), billFormOf(receipt));
    const request = reason === undefined ? {} : { reason };
    return this.unitOfWork.run(
      async (tx) => {
        await this.writeOff.lock(tx, issuerId, receiptId);
        const { issued, isReplay } = await this.writeOff.execute(tx, profile, {
          ...{ original, prepared, idempotencyKey, request },
        });
        if (isReplay) {
          return issued;
        }
        if ((await this.receipts.listTickets(tx, issuerId, receiptId)).length > 0) {
          throw new TicketsTouched();
        }
        const { number, documentAddress } = issued;
        const said = reason === undefined ? {} : { reason: normaliseText(reason) };
        const payload = { successorNumber: number, successorAddress: documentAddress, ...said };
        await this.recordEvent.execute(tx, profile, receiptId, { type: 'written-off', payload }).catch(explain);
        await this.claims.release(tx, issuerId, kind.claimsOf(receipt));
        return issued;
      },
      { issuerId },
    );
  }
}

function explain(error: unknown): never {
  throw error instanceof TransitionRefused && error.status === 'written-off' ? new AlreadyWrittenOff() : error;
}

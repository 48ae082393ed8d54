import { Injectable } from '@nestjs/common';
import {
  DocumentNotFound,
  DocumentKinds,
  EventsRepository,
  ReadDocuments,
  StoreDocuments,
  idempotencyOf,
  type IssuedDocument,
} from '../documents/index.js';
import type { IssuerProfile } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import { ReceiptKind } from './receipt.kind.js';
import type { PreparedReceipt } from './receipt.canonical.js';
import type { Receipt } from './receipt.js';
import { ReceiptNotFound } from './receipts.errors.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** A stored receipt with the kind that knows it. Its content never changes, so it is read before any lock. */
export type OpenedReceipt = { readonly id: string; readonly receipt: Receipt; readonly kind: ReceiptKind };

export type WriteOffRequest = {
  readonly original: OpenedReceipt;
  readonly prepared: PreparedReceipt;
  readonly idempotencyKey?: string | undefined;
  /** What the key was used for. */
  readonly request: unknown;
};

/** Opens receipts and stores the negative bills that take them back, whole or in part. */
@Injectable()
export class IssueWriteOff {
  constructor(
    private readonly documents: ReadDocuments,
    private readonly kinds: DocumentKinds,
    private readonly events: EventsRepository,
    private readonly store: StoreDocuments,
    private readonly receipts: ReceiptsRepository,
  ) {}

  /** Throws `ReceiptNotFound`, also for documents that are no receipts. */
  async open(issuerId: string, id: string): Promise<OpenedReceipt> {
    try {
      const { kind: name } = await this.documents.one(issuerId, id);
      const kind = await this.kinds.get(name);
      if (kind instanceof ReceiptKind) {
        const { core } = await this.documents.content(issuerId, id);
        return { id, kind, receipt: core as unknown as Receipt };
      }
    } catch (error) {
      if (!(error instanceof DocumentNotFound)) {
        throw error;
      }
    }
    throw new ReceiptNotFound();
  }

  /** Until the transaction ends, nothing else happens to the receipt. */
  async lock(tx: Tx, issuerId: string, id: string): Promise<void> {
    await this.events.lockDocument(tx, issuerId, id);
  }

  /**
   * MUST be called under the lock of the original. `isReplay` when the key brought back a bill that took the original back
   * before: then there is nothing more to record. Throws what refuses the bill, such as `IdempotencyKeyReused`.
   */
  async execute(
    tx: Tx,
    profile: IssuerProfile,
    { original, prepared, idempotencyKey: key, request }: WriteOffRequest,
  ): Promise<{ readonly issued: IssuedDocument; readonly isReplay: boolean }> {
    const { id: documentId, kind } = original;
    const idempotency = idempotencyOf(key, 'receipt.write-off', { documentId, request });
    const [outcome] = await this.store.execute(tx, profile, [{ kind, prepared, ...(idempotency && { idempotency }) }]);
    if (outcome?.ok !== true) {
      throw (outcome?.error ?? new Error('Storing a document has no outcome')) as Error;
    }
    const issued = outcome.value;
    const { id: issuerId } = profile.issuer;
    const isReplay = await this.receipts.isWriteOff(tx, issuerId, documentId, issued.id);
    if (!isReplay) {
      await this.receipts.insertWriteOff(tx, issuerId, documentId, issued.id);
    }
    return { issued, isReplay };
  }
}

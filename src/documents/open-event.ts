import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/config/index.js';
import type { Tx } from '../platform/database/index.js';
import { documentEntry, formatCaip10, type CoreData, type SaltedData } from '../proof/index.js';
import type { DocumentEvent, StoredDocument } from './document.js';
import type { OpenedDocument } from './draw-document.js';
import { EventsRepository } from './events.repository.js';
import { sealEvent, type SealedEvent } from './seal-event.js';

/** What is anchored of an event: of the first, its leaf as one node with the docId. Null until its leaf is fixed. */
export function entryOf({ docId }: Pick<StoredDocument, 'docId'>, { seq, leaf }: DocumentEvent): Uint8Array | null {
  return leaf === null || seq > 0 ? leaf : documentEntry(leaf, docId);
}

/** Opens stored events of an opened document, and derives their leaves again. */
@Injectable()
export class OpenEvent {
  constructor(
    private readonly events: EventsRepository,
    private readonly settings: Settings,
  ) {}

  /** Oldest first. */
  find(tx: Tx, issuerId: string, documentId: string): Promise<DocumentEvent[]> {
    return this.events.findEvents(tx, issuerId, documentId);
  }

  /** What was recorded with the event; nothing for event 0. Throws `SealBroken` when the stored payload was altered. */
  payloadOf(
    { secret }: Pick<OpenedDocument, 'secret'>,
    { payloadCipher }: Pick<DocumentEvent, 'payloadCipher'>,
  ): CoreData {
    return payloadCipher === null
      ? {}
      : (JSON.parse(secret.unseal('event', payloadCipher).toString('utf8')) as CoreData);
  }

  /** The salted content of an event whose leaf is fixed; undefined for the first, which is the document itself. */
  dataOf(document: OpenedDocument, event: DocumentEvent): SaltedData | undefined {
    return event.seq === 0 || event.leaf === null || event.previousLeaf === null
      ? undefined
      : this.seal(document, event, event.previousLeaf).data;
  }

  /** The leaf of an event after the first, given the leaf before it. Throws `SealBroken`. */
  seal(document: OpenedDocument, event: DocumentEvent, previousLeaf: Uint8Array): SealedEvent {
    const { sealed, secret } = document;
    const { type, seq, at } = event;
    const documentAddress = formatCaip10({ chainId: this.settings.chainId, address: sealed.address });
    const payload = this.payloadOf(document, event);
    return sealEvent({ docId: sealed.docId, documentAddress, type, seq, at, previousLeaf, payload }, secret);
  }
}

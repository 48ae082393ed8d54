import { Injectable } from '@nestjs/common';
import type { IssuerProfile } from '../identity/index.js';
import { Clock, IdSource } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import { endOf, flatten, listedValueOf, type CoreData } from '../proof/index.js';
import { DocumentKinds } from './document-kind.js';
import { DocumentNotFound, TransitionRefused } from './documents.errors.js';
import { fixEventLeavesJob } from './documents.jobs.js';
import { EventsRepository } from './events.repository.js';
import { transition } from './life-cycle.js';

/** Something that happens to a document. The payload is stored encrypted and hashed field by field; it may be empty. */
export type EventRequest = { readonly type: string; readonly payload: CoreData };
export type RecordedEvent = { readonly seq: number; readonly status: string };

/**
 * Appends an event to a document, together with whatever else the caller's transaction stores.
 *
 * MUST be called in a transaction of the issuer. The document's row is locked until it ends, so events of one document
 * come one after the other, numbered without a gap, each judged by the status that the one before led to. Who locks more
 * than one document takes them in the order of their ids; the business row comes before them, and number series after.
 */
@Injectable()
export class RecordEvent {
  constructor(
    private readonly events: EventsRepository,
    private readonly kinds: DocumentKinds,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /**
   * Throws `DocumentNotFound`; `TransitionRefused` when the kind's table has no such step from the document's status; and
   * what `flatten` throws for a payload that cannot be hashed. Nothing is stored then.
   */
  async execute(tx: Tx, profile: IssuerProfile, documentId: string, event: EventRequest): Promise<RecordedEvent> {
    const { type, payload } = event;
    if (Object.keys(payload).length > 0) {
      flatten(payload);
    }
    const issuerId = profile.issuer.id;
    const document = await this.events.lockDocument(tx, issuerId, documentId);
    if (document === null) {
      throw new DocumentNotFound();
    }
    const { lifeCycle } = await this.kinds.get(document.kind, tx);
    const status = transition(lifeCycle, document.status, type);
    if (status === null) {
      throw new TransitionRefused(type, document.status);
    }
    const seq = document.lastSeq + 1;
    const secret = DocumentSecret.unwrap(profile.key, document.wrappedSecret, documentId);
    const payloadCipher = secret.seal(this.ids, 'event', Buffer.from(JSON.stringify(payload)));
    await this.events.insertEvent(tx, issuerId, {
      ...{ documentId, seq, type, payloadCipher },
      at: notBefore(document.lastAt, this.clock.now()),
    });
    await this.events.updateStatus(tx, issuerId, documentId, status);
    const end = endOf(type, document.kind);
    if (end !== undefined) {
      await this.events.recordEnd(tx, issuerId, document.statusIndex, listedValueOf(end));
    }
    await this.outbox.append(tx, fixEventLeavesJob, { issuerId });
    return { seq, status };
  }
}

/** The clocks of two machines may differ by a little; the order of the events does not. */
function notBefore(last: Date, now: Date): Date {
  return now < last ? last : now;
}

import { Injectable } from '@nestjs/common';
import { IssuerProfiles } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Chains } from '../../platform/chain/index.js';
import { onceMoreAfterCollision, UnitOfWork, type Tx } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { DocumentId } from '../document.js';
import { revokeOnChainJob } from '../documents.jobs.js';
import { DocumentsRepository } from '../documents.repository.js';
import { EventsRepository } from '../events.repository.js';
import { answeredBefore, idempotencyOf, type Idempotency } from '../idempotency.js';
import { RecordEvent, type RecordedEvent } from '../record-event.js';
import { RevocationsRepository, type RevocationKey } from './revocations.repository.js';

export const REVOCATION_REASONS = [
  'issued-in-error',
  'superseded',
  'fraud',
  'key-compromised',
  'court-order',
  'other',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export type RevokeCommand = {
  readonly issuerId: string;
  readonly documentId: string;
  readonly reason: RevocationReason;
  readonly text?: string | undefined;
  /** The caller's Idempotency-Key, as sent. */
  readonly idempotencyKey?: string | undefined;
};

/** Writes down what is to be recorded on every chain. */
@Injectable()
export class RevocationRequests {
  constructor(
    private readonly chains: Chains,
    private readonly revocations: RevocationsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Answers when. */
  async add(tx: Tx, key: RevocationKey): Promise<Date> {
    const now = this.clock.now();
    for (const { chainId } of this.chains.all) {
      await this.revocations.insert(tx, key, chainId, now);
      await this.outbox.append(tx, revokeOnChainJob, { chainId: String(chainId) });
    }
    return now;
  }
}

/** Takes a document out of force for good: as an event at once, and in the issuer's store as soon as the chain allows. */
@Injectable()
export class RevokeDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly recordEvent: RecordEvent,
    private readonly requests: RevocationRequests,
    private readonly events: EventsRepository,
    private readonly documents: DocumentsRepository,
  ) {}

  /**
   * The same key and request answer the same event again. Throws `DocumentNotFound`, `TransitionRefused` and
   * `IdempotencyKeyReused`; nothing is stored then.
   */
  async execute(command: RevokeCommand): Promise<RecordedEvent> {
    const { issuerId, documentId, reason, text, idempotencyKey } = command;
    const payload = { reason, ...(text === undefined ? {} : { text }) };
    const idempotency = idempotencyOf(idempotencyKey, 'documents.revocation', { documentId, ...payload });
    const profile = await this.profiles.get(issuerId);
    const attempt = (): Promise<RecordedEvent> =>
      this.unitOfWork.run(
        async (tx) => {
          // The lock comes first: whoever used the same key for this document has committed before we look.
          await this.events.lockDocument(tx, issuerId, documentId);
          const earlier = idempotency && (await this.earlier(tx, command, idempotency));
          if (earlier !== undefined) {
            return earlier;
          }
          const recorded = await this.recordEvent.execute(tx, profile, documentId, { type: 'revoked', payload });
          const at = await this.requests.add(tx, { issuerId, documentId });
          const keys = idempotency === undefined ? [] : [{ ...idempotency, documentId: documentId as DocumentId }];
          await this.documents.insertKeys(tx, issuerId, keys, at);
          return recorded;
        },
        { issuerId },
      );
    // The same key may have been used at the same moment for another document.
    return onceMoreAfterCollision(attempt);
  }

  /** What was answered under the key before: a document is revoked once, so that event is the one. */
  private async earlier(
    tx: Tx,
    { issuerId, documentId }: RevokeCommand,
    idempotency: Idempotency,
  ): Promise<RecordedEvent | undefined> {
    const known = (await this.documents.findKeys(tx, issuerId, [idempotency.key])).get(idempotency.key);
    if (known === undefined) {
      return undefined;
    }
    answeredBefore(known, idempotency);
    const events = await this.events.findEvents(tx, issuerId, documentId);
    const revoked = events.find(({ type }) => type === 'revoked');
    return revoked && { seq: revoked.seq, status: 'revoked' };
  }
}

import { Injectable } from '@nestjs/common';
import { IssuerProfiles } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Settings } from '../../platform/config/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { revokeOnChainJob } from '../documents.jobs.js';
import { RecordEvent, type RecordedEvent } from '../record-event.js';
import { RevocationsRepository } from './revocations.repository.js';

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
};

/** Where and when a revocation is asked for. */
@Injectable()
export class RevocationPlace {
  readonly chainId: number;

  constructor(
    settings: Settings,
    private readonly clock: Clock,
  ) {
    this.chainId = settings.chainId;
  }

  now(): Date {
    return this.clock.now();
  }
}

/** Takes a document out of force for good: as an event at once, and in the issuer's store as soon as the chain allows. */
@Injectable()
export class RevokeDocument {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly recordEvent: RecordEvent,
    private readonly revocations: RevocationsRepository,
    private readonly outbox: Outbox,
    private readonly place: RevocationPlace,
  ) {}

  /** Throws `DocumentNotFound` and `TransitionRefused`; nothing is stored then. */
  async execute({ issuerId, documentId, reason, text }: RevokeCommand): Promise<RecordedEvent> {
    const profile = await this.profiles.get(issuerId);
    const { chainId } = this.place;
    return this.unitOfWork.run(
      async (tx) => {
        const payload = { reason, ...(text === undefined ? {} : { text }) };
        const recorded = await this.recordEvent.execute(tx, profile, documentId, { type: 'revoked', payload });
        await this.revocations.insert(tx, { issuerId, documentId }, chainId, this.place.now());
        await this.outbox.append(tx, revokeOnChainJob, { chainId: String(chainId) });
        return recorded;
      },
      { issuerId },
    );
  }
}

import { Injectable } from '@nestjs/common';
import { IssuerProfiles, type Issuer } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { DatabaseUnavailable, onceMoreAfterCollision, UnitOfWork } from '../platform/database/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import type { DocumentKind } from './document-kind.js';
import type { IssuedDocument } from './document.js';
import { idempotencyOf, serialOf } from './idempotency.js';
import { MicroBatcher, type Outcome } from './micro-batcher.js';
import { StoreDocuments, type StoreRequest } from './store-documents.js';

export type IssueCommand<Request> = {
  readonly issuerId: string;
  readonly kind: DocumentKind<Request>;
  readonly request: Request;
  /** The caller's Idempotency-Key, as sent. */
  readonly idempotencyKey?: string | undefined;
};

/**
 * Step 1 of 8 — docs/WALKTHROUGH.md. Judges a request by its kind's rules and issues it. When this answers, the document
 * is on disk under its final number and address; whatever dies from then on only delays its PDF and its anchor.
 */
@Injectable()
export class IssueDocument {
  private readonly batchers = new Map<string, MicroBatcher<StoreRequest, IssuedDocument>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly store: StoreDocuments,
    private readonly clock: Clock,
  ) {}

  /**
   * A request that was issued before, by its Idempotency-Key or its requestSerialNo, answers the document of then. Throws
   * `InvalidRequest` naming each broken rule, `IdempotencyKeyReused` or `RequestSerialNoReused`; nothing is stored then.
   */
  async execute<Request>({ issuerId, kind, request, idempotencyKey }: IssueCommand<Request>): Promise<IssuedDocument> {
    const { issuer } = await this.profiles.get(issuerId);
    const prepared = prepareOrRefuse(kind, request, issuer, this.clock.now());
    const idempotency = idempotencyOf(idempotencyKey, kind.name, request);
    const serial = serialOf(kind.referenceOf(request), kind.name, request);
    const keys = { ...(idempotency && { idempotency }), ...(serial && { serial }) };
    return this.batcherOf(issuerId).submit({ kind, prepared, ...keys });
  }

  private batcherOf(issuerId: string): MicroBatcher<StoreRequest, IssuedDocument> {
    let batcher = this.batchers.get(issuerId);
    if (batcher === undefined) {
      batcher = new MicroBatcher((requests) => this.storeAll(issuerId, requests));
      this.batchers.set(issuerId, batcher);
    }
    return batcher;
  }

  private async storeAll(issuerId: string, requests: readonly StoreRequest[]): Promise<Outcome<IssuedDocument>[]> {
    const profile = await this.profiles.get(issuerId);
    const attempt = (): Promise<Outcome<IssuedDocument>[]> =>
      this.unitOfWork.run((tx) => this.store.execute(tx, profile, requests), { issuerId });
    try {
      // The same key or serial may have been used at the same moment in another series.
      return await onceMoreAfterCollision(attempt);
    } catch (error) {
      // The batch may be stored, and only its answer lost: whoever sent a key asks again, nobody here does.
      if (error instanceof DatabaseUnavailable) {
        return requests.map(() => ({ ok: false, error }));
      }
      throw error;
    }
  }
}

/** What is to be stored for `request`. Throws `InvalidRequest` naming each broken rule of the kind. */
function prepareOrRefuse<Request>(kind: DocumentKind<Request>, request: Request, issuer: Issuer, now: Date): unknown {
  const judgement = kind.judge(request, issuer, now);
  if (!judgement.ok) {
    throw new InvalidRequest(judgement.errors);
  }
  return judgement.prepared;
}

import { Injectable } from '@nestjs/common';
import type { Issuer, IssuerProfile } from '../identity/index.js';
import { Clock, fromHex, IdSource, type DomainError } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { Metrics } from '../platform/observability/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import type { DocumentKind, NumberedSeries } from './document-kind.js';
import type { DocumentId, IssuedDocument } from './document.js';
import { NumbersExhausted } from './documents.errors.js';
import { renderDocumentsJob } from './documents.jobs.js';
import { DocumentsRepository, type NewDocument, type SeriesState } from './documents.repository.js';
import type { Idempotency } from './idempotency.js';
import { attemptTo, type Outcome } from './micro-batcher.js';
import { sealCore } from './seal-content.js';
import { afterNext, SharedSerials } from './shared-serials.js';
import { keysOf, leadersOf, UsedKeys } from './used-keys.js';

/** One document to store: checked and prepared, without a number yet. */
export type StoreRequest = {
  readonly kind: DocumentKind;
  readonly prepared: unknown;
  /** The caller's Idempotency-Key. */
  readonly idempotency?: Idempotency;
  /** The caller's requestSerialNo. */
  readonly serial?: Idempotency;
};

type Made = { readonly document: NewDocument; readonly issued: IssuedDocument };

/**
 * Step 2 of 8 — docs/WALKTHROUGH.md. THE transaction: numbers taken, documents, events 0 and the wish to render stored
 * together or not at all.
 *
 * MUST be called in a transaction of the issuer. Serials are given only to documents that are stored, so a series has no
 * gap; the series' row is locked until the commit, so none is given twice. A key or a requestSerialNo that was used before
 * answers the document it was used for and takes no number.
 */
@Injectable()
export class StoreDocuments {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly sharedSerials: SharedSerials,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly metrics: Metrics,
  ) {}

  async execute(tx: Tx, profile: IssuerProfile, requests: readonly StoreRequest[]): Promise<Outcome<IssuedDocument>[]> {
    const issuerId = profile.issuer.id;
    const now = wholeSecond(this.clock.now());
    const numbered = requests.map(({ kind, prepared }) => kind.seriesFor(prepared, profile.issuer, now));
    // The lock comes first: whoever used the same key in this series has committed before we look.
    const serials = await this.documents.lockSeries(
      tx,
      issuerId,
      numbered.map(({ series }) => series),
    );
    await this.sharedSerials.supply(tx, issuerId, sharedAmong(numbered), serials);
    const known = await this.documents.findKeys(
      tx,
      issuerId,
      requests.flatMap((request) => keysOf(request).map(({ key }) => key)),
    );
    const used = new UsedKeys(known);
    const leaders = leadersOf(requests, used);
    const refusals = await admitAll(tx, profile.issuer, [...new Set(leaders)], now);
    const made: NewDocument[] = [];
    const outcomes = new Map<StoreRequest, Outcome<IssuedDocument>>();
    requests.forEach((request, index) => {
      const leader = leaders[index];
      const outcome = used.answer(request) ?? outcomes.get(leader ?? request);
      if (outcome !== undefined) {
        outcomes.set(request, outcome);
        return;
      }
      const { series, format } = numbered[index] as (typeof numbered)[number];
      const state = serials.get(series) ?? { next: 1n, last: null };
      const place = { series, serial: state.next, format, now };
      const attempt = attemptTo(() => this.make(request, profile, placed(place, state, refusals.get(request))));
      if (attempt.ok) {
        serials.set(series, afterNext(state));
        made.push(attempt.value.document);
        used.add(request, attempt.value.issued);
      }
      outcomes.set(request, attempt.ok ? { ok: true, value: attempt.value.issued } : attempt);
    });

    if (made.length > 0) {
      await this.documents.advanceSeries(tx, issuerId, serials);
      await this.documents.insertDocuments(tx, issuerId, made);
      await this.outbox.append(tx, renderDocumentsJob, { issuerId });
      this.countOnCommit(tx, made);
    }
    await this.documents.insertKeys(tx, issuerId, used.added(), now);
    return requests.map((request) => outcomes.get(request) as Outcome<IssuedDocument>);
  }

  private countOnCommit(tx: Tx, made: readonly NewDocument[]): void {
    tx.afterCommit(() => {
      for (const { kind } of made) {
        this.metrics.documentsIssued.inc({ kind });
      }
    });
  }

  private make(request: StoreRequest, { issuer, key }: IssuerProfile, place: Place): Made {
    const id = this.ids.uuid() as DocumentId;
    const core = request.kind.complete(request.prepared, place.number, place.now);
    const secret = DocumentSecret.generate(this.ids);
    const { docId, address } = sealCore(core, secret, issuer.store);
    return {
      issued: { id, number: place.number, documentAddress: address, issuedAt: place.now },
      document: {
        id,
        kind: request.kind.name,
        status: request.kind.lifeCycle.initial,
        number: place.number,
        series: place.series,
        serial: place.serial,
        issuedAt: place.now,
        docId,
        addressBytes: fromHex(address),
        wrappedSecret: secret.wrap(this.ids, key, id),
        coreCipher: secret.seal(this.ids, 'core', Buffer.from(JSON.stringify(core))),
      },
    };
  }
}

type Place = { readonly series: string; readonly serial: bigint; readonly number: string; readonly now: Date };

/** Asks the kinds about what is to be stored: for each that may not be, why. */
async function admitAll(
  tx: Tx,
  issuer: Issuer,
  requests: readonly (StoreRequest | null)[],
  now: Date,
): Promise<ReadonlyMap<StoreRequest, DomainError>> {
  const byKind = new Map<DocumentKind, StoreRequest[]>();
  for (const request of requests) {
    if (request !== null) {
      byKind.set(request.kind, [...(byKind.get(request.kind) ?? []), request]);
    }
  }
  const refusals = new Map<StoreRequest, DomainError>();
  for (const [kind, asked] of byKind) {
    const answers = await kind.admit(
      tx,
      issuer,
      now,
      asked.map(({ prepared }) => prepared),
    );
    asked.forEach((request, index) => {
      const refusal = answers[index] ?? null;
      if (refusal !== null) {
        refusals.set(request, refusal);
      }
    });
  }
  return refusals;
}

/** How many serials may be needed of each series that other issuers number under, too. */
function sharedAmong(numbered: readonly NumberedSeries[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { series } of numbered.filter(({ isShared = false }) => isShared)) {
    counts.set(series, (counts.get(series) ?? 0) + 1);
  }
  return counts;
}

/** Throws the refusal, or `NumbersExhausted` when the series or the drawn block has no further number. */
function placed(
  { series, serial, format, now }: Omit<Place, 'number'> & NumberedSeries,
  { last }: SeriesState,
  refusal: DomainError | undefined,
): Place {
  if (refusal !== undefined) {
    throw refusal;
  }
  if (last !== null && serial > last) {
    throw new NumbersExhausted();
  }
  try {
    return { series, serial, number: format(serial), now };
  } catch (error) {
    throw error instanceof RangeError ? new NumbersExhausted() : error;
  }
}

/** Documents state their time to the second; what is stored beside them says the same. */
function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1_000) * 1_000);
}

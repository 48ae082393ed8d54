import { Injectable } from '@nestjs/common';
import type { Issuer, IssuerProfile } from '../identity/index.js';
import { Clock, fromHex, IdSource, type DomainError } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import type { DocumentKind, NumberedSeries } from './document-kind.js';
import type { DocumentId, IssuedDocument } from './document.js';
import { NumbersExhausted } from './documents.errors.js';
import { renderDocumentsJob } from './documents.jobs.js';
import { DocumentsRepository, type NewDocument, type NewKey, type SeriesState } from './documents.repository.js';
import { answeredBefore, type Idempotency } from './idempotency.js';
import type { Outcome } from './micro-batcher.js';
import { sealCore } from './seal-content.js';
import { afterNext, SharedSerials } from './shared-serials.js';

/** One document to store: checked and prepared, without a number yet. */
export type StoreRequest = {
  readonly kind: DocumentKind;
  readonly prepared: unknown;
  readonly idempotency?: Idempotency;
};

type Made = { readonly document: NewDocument; readonly issued: IssuedDocument };

/**
 * Step 2 of 8 — docs/WALKTHROUGH.md. THE transaction: numbers taken, documents, events 0 and the wish to render stored
 * together or not at all.
 *
 * MUST be called in a transaction of the issuer. Serials are given only to documents that are stored, so a series has no
 * gap; the series' row is locked until the commit, so none is given twice. A key that was used before answers the document
 * it was used for and takes no number.
 */
@Injectable()
export class StoreDocuments {
  constructor(
    private readonly documents: DocumentsRepository,
    private readonly sharedSerials: SharedSerials,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: IdSource,
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
      requests.flatMap(({ idempotency }) => idempotency?.key ?? []),
    );
    const used = new Map<string, UsedKey>(known);

    const refusals = await admitFresh(tx, profile.issuer, { requests, used, now });
    const made: NewDocument[] = [];
    const newKeys: NewKey[] = [];
    const outcomes = requests.map((request, index): Outcome<IssuedDocument> => {
      const { idempotency } = request;
      const earlier = idempotency === undefined ? undefined : used.get(idempotency.key);
      if (idempotency !== undefined && earlier !== undefined) {
        return attemptTo(() => answeredBefore(earlier, idempotency));
      }
      const { series, format } = numbered[index] as (typeof numbered)[number];
      const state = serials.get(series) ?? { next: 1n, last: null };
      const place = { series, serial: state.next, format, now };
      const attempt = attemptTo(() =>
        this.make(request, profile, placed(place, state, refusals.get(identityOf(request)))),
      );
      if (!attempt.ok) {
        return attempt;
      }
      serials.set(series, afterNext(state));
      made.push(attempt.value.document);
      if (idempotency !== undefined) {
        used.set(idempotency.key, { requestHash: idempotency.requestHash, document: attempt.value.issued });
        newKeys.push({ ...idempotency, documentId: attempt.value.issued.id });
      }
      return { ok: true, value: attempt.value.issued };
    });

    if (made.length > 0) {
      await this.documents.advanceSeries(tx, issuerId, serials);
      await this.documents.insertDocuments(tx, issuerId, made);
      await this.documents.insertKeys(tx, issuerId, newKeys, now);
      await this.outbox.append(tx, renderDocumentsJob, { issuerId });
    }
    return outcomes;
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

type UsedKey = { readonly requestHash: Uint8Array; readonly document: IssuedDocument };
type Place = { readonly series: string; readonly serial: bigint; readonly number: string; readonly now: Date };

/** Requests under one key are one request: what refuses the first refuses its repeats in the same batch too. */
type Identity = StoreRequest | string;

function identityOf(request: StoreRequest): Identity {
  return request.idempotency?.key ?? request;
}

/** Asks the kinds about what is to be stored, once for each key, but for what was stored under its key before. */
async function admitFresh(
  tx: Tx,
  issuer: Issuer,
  { requests, used, now }: { requests: readonly StoreRequest[]; used: ReadonlyMap<string, UsedKey>; now: Date },
): Promise<ReadonlyMap<Identity, DomainError>> {
  const asked = new Set<Identity>(used.keys());
  const fresh = new Map<DocumentKind, StoreRequest[]>();
  for (const request of requests) {
    const identity = identityOf(request);
    if (!asked.has(identity)) {
      fresh
        .set(request.kind, fresh.get(request.kind) ?? [])
        .get(request.kind)
        ?.push(request);
      asked.add(identity);
    }
  }
  const refusals = new Map<Identity, DomainError>();
  for (const [kind, all] of fresh) {
    const answers = await kind.admit(
      tx,
      issuer,
      now,
      all.map(({ prepared }) => prepared),
    );
    all.forEach((request, index) => {
      const refusal = answers[index] ?? null;
      if (refusal !== null) {
        refusals.set(identityOf(request), refusal);
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

function attemptTo<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

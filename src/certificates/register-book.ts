import { Injectable } from '@nestjs/common';
import {
  answeredBefore,
  DocumentNotFound,
  DocumentsRepository,
  idempotencyOf,
  type Idempotency,
  type IssuedDocument,
} from '../documents/index.js';
import { IssuerProfiles, type IssuerProfile } from '../identity/index.js';
import { Clock, toChinaDate, type FieldError } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { sqlState, UnitOfWork, type Tx } from '../platform/database/index.js';
import { Metrics } from '../platform/observability/index.js';
import { NotCurrent } from './certificates.errors.js';
import { checkDayOfAct } from './entry-rules.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';
import { RegisterDocuments, type OpenCertificate } from './register-documents.js';
import { reportInto } from './report.js';
import type { UnitNumber } from './unit-number.js';

/** What every request for an act may say: the day it is entered under. */
type ActRequest = { readonly registeredAt?: string };

/** An act on a unit, as an issuer asks for it. */
export type ActCommand<Request extends ActRequest> = {
  readonly issuerId: string;
  /** The certificate the act is asked on. */
  readonly certificateId: string;
  readonly request: Request;
  readonly idempotencyKey?: string | undefined;
};

/** Where an act happens: nothing of the unit changes while it does. */
export type ActPlace = {
  readonly tx: Tx;
  readonly profile: IssuerProfile;
  readonly issuerId: string;
  readonly now: Date;
  /** The day in China. */
  readonly today: string;
};

/** A unit whose page of the book is held open, with its current certificate and what burdens it. */
export type OpenUnit = ActPlace & {
  readonly unitNo: UnitNumber;
  readonly certificate: OpenCertificate;
  readonly burdens: readonly Burden[];
};

/** What an act leads to: the document it answers with, and its kind when the act has issued it. */
export type ActResult = { readonly document: IssuedDocument; readonly issuedKind?: string };

type Keyed = { readonly issuerId: string; readonly request: unknown; readonly idempotencyKey?: string | undefined };
const UNIQUE_VIOLATION = '23505';

/** When acts happen, and who counts what they issue. */
@Injectable()
export class RegisterPlace {
  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  now(): Date {
    return this.clock.now();
  }

  count(issuedKind: string | undefined): void {
    if (issuedKind !== undefined) {
      this.metrics.documentsIssued.inc({ kind: issuedKind });
    }
  }
}

/**
 * Does acts of the register one after the other for each unit.
 *
 * One transaction takes the unit's lock, looks what the register says, and stores certificates, proofs, events and the
 * book's new state together or not at all. A repeated Idempotency-Key answers the document of the first time.
 */
@Injectable()
export class RegisterBook {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly profiles: IssuerProfiles,
    private readonly register: PropertyRegisterRepository,
    private readonly keys: DocumentsRepository,
    private readonly registered: RegisterDocuments,
    private readonly place: RegisterPlace,
  ) {}

  /**
   * Throws `DocumentNotFound`, `NotCurrent`, `InvalidRequest` for a day before the certificate's or yet to come, and
   * whatever `work` refuses with; nothing is stored then.
   */
  act<Request extends ActRequest>(
    name: string,
    command: ActCommand<Request>,
    work: (unit: OpenUnit) => Promise<ActResult>,
  ): Promise<IssuedDocument> {
    const { issuerId, certificateId } = command;
    return this.once(`${name}:${certificateId}`, command, async (place) => {
      const unitNo = await this.register.unitOf(place.tx, issuerId, certificateId);
      if (unitNo === null) {
        throw new DocumentNotFound();
      }
      await this.register.lockUnit(place.tx, issuerId, unitNo);
      return {
        work: async () => {
          const unit = await this.atUnit({ ...place, unitNo }, certificateId);
          requireDayOfAct(unit, command.request);
          return work(unit);
        },
      };
    });
  }

  /** An act on a unit that has no certificate yet: the unit's page is opened when there is none. */
  open<Request extends ActRequest>(
    name: string,
    command: Omit<ActCommand<Request>, 'certificateId'> & { readonly unitNo: string },
    work: (place: ActPlace) => Promise<ActResult>,
  ): Promise<IssuedDocument> {
    return this.once(name, command, async (place) => {
      await this.register.openUnit(place.tx, command.issuerId, command.unitNo);
      return { work: () => work(place) };
    });
  }

  private async atUnit(place: ActPlace & { readonly unitNo: UnitNumber }, certificateId: string): Promise<OpenUnit> {
    const { tx, issuerId, profile, unitNo } = place;
    if ((await this.register.currentOf(tx, issuerId, unitNo)) !== certificateId) {
      throw new NotCurrent();
    }
    const certificate = await this.registered.open(tx, profile, certificateId);
    const burdens = await this.burdensInForce(place);
    return { ...place, certificate, burdens };
  }

  /** Objections whose day has passed lapse at the next act on the unit. */
  private async burdensInForce(place: ActPlace & { readonly unitNo: UnitNumber }): Promise<Burden[]> {
    const { tx, issuerId, profile, unitNo, today } = place;
    const inForce: Burden[] = [];
    for (const burden of await this.register.burdensOf(tx, issuerId, unitNo)) {
      if (burden.lapsesOn === null || burden.proofId === null || burden.lapsesOn >= today) {
        inForce.push(burden);
        continue;
      }
      await this.register.moveBurden(tx, issuerId, burden.id, 'ended');
      await this.registered.record(tx, profile, burden.proofId, 'lapsed', { lapsedOn: burden.lapsesOn });
    }
    return inForce;
  }

  /** `prepare` locks the unit; whoever used the same key on it has committed by then. */
  private async once(
    name: string,
    { issuerId, request, idempotencyKey }: Keyed,
    prepare: (place: ActPlace) => Promise<{ readonly work: () => Promise<ActResult> }>,
  ): Promise<IssuedDocument> {
    const key = idempotencyOf(idempotencyKey, name, request);
    const profile = await this.profiles.get(issuerId);
    const attempt = (): Promise<ActResult> =>
      this.unitOfWork.run(
        async (tx) => {
          const now = this.place.now();
          const { work } = await prepare({ tx, profile, issuerId, now, today: toChinaDate(now) });
          const earlier = key === undefined ? undefined : await this.used(tx, issuerId, key);
          if (earlier !== undefined) {
            return { document: earlier };
          }
          const result = await work();
          await this.keys.insertKeys(
            tx,
            issuerId,
            key === undefined ? [] : [{ ...key, documentId: result.document.id }],
            now,
          );
          return result;
        },
        { issuerId },
      );
    const { document, issuedKind } = await retryOnce(attempt);
    this.place.count(issuedKind);
    return document;
  }

  private async used(tx: Tx, issuerId: string, idempotency: Idempotency): Promise<IssuedDocument | undefined> {
    const earlier = (await this.keys.findKeys(tx, issuerId, [idempotency.key])).get(idempotency.key);
    return earlier === undefined ? undefined : answeredBefore(earlier, idempotency);
  }
}

function requireDayOfAct({ certificate, today }: OpenUnit, { registeredAt = today }: ActRequest): void {
  const errors: FieldError[] = [];
  checkDayOfAct(registeredAt, { notBefore: certificate.core.registeredAt, today }, reportInto(errors));
  if (errors.length > 0) {
    throw new InvalidRequest(errors);
  }
}

/** The same key was used at the same moment on another unit: now that it is committed, it will be found. */
async function retryOnce<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) {
      return attempt();
    }
    throw error;
  }
}

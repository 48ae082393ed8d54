import { Injectable } from '@nestjs/common';
import {
  answeredBefore,
  DocumentNotFound,
  DocumentsRepository,
  idempotencyOf,
  type Idempotency,
  type IssuedDocument,
} from '../documents/index.js';
import { IssuerProfiles } from '../identity/index.js';
import { Clock, toChinaDate, type FieldError } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { onceMoreAfterCollision, UnitOfWork, type Tx } from '../platform/database/index.js';
import type { ActPlace, LockedUnit, OpenUnit } from './act-place.js';
import { checkDayOfAct } from './entry-rules.js';
import { OpenUnits } from './open-units.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { reportInto } from './report.js';

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

/** What an act leads to: the document it answers with. */
export type ActResult = { readonly document: IssuedDocument };

type Keyed = { readonly issuerId: string; readonly request: unknown; readonly idempotencyKey?: string | undefined };

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
    private readonly units: OpenUnits,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `DocumentNotFound`, `NotCurrent`, `InvalidRequest` for a day before the certificate's or yet to come, and
   * whatever `work` refuses with; nothing is stored then.
   *
   * `others` names further units that `work` writes to. All are locked in the order of their numbers, so that two acts on
   * the same units wait for each other instead of both waiting for ever.
   */
  act<Request extends ActRequest>(
    name: string,
    command: ActCommand<Request>,
    work: (unit: OpenUnit) => Promise<ActResult>,
    others: (unit: LockedUnit) => Promise<readonly string[]> = () => Promise.resolve([]),
  ): Promise<IssuedDocument> {
    const { issuerId, certificateId } = command;
    return this.once(`${name}:${certificateId}`, command, async (place) => {
      const unitNo = await this.register.unitOf(place.tx, issuerId, certificateId);
      if (unitNo === null) {
        throw new DocumentNotFound();
      }
      for (const each of [...new Set([unitNo, ...(await others({ ...place, unitNo }))])].sort()) {
        await this.register.lockUnit(place.tx, issuerId, each);
      }
      return {
        work: async () => {
          const unit = await this.units.at({ ...place, unitNo }, certificateId);
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
          const now = this.clock.now();
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
    // The same key may have been used at the same moment on another unit.
    return (await onceMoreAfterCollision(attempt)).document;
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

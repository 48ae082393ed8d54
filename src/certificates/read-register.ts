import { Injectable } from '@nestjs/common';
import { DocumentNotFound } from '../documents/index.js';
import { Clock, toChinaDate } from '../kernel/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { lapse } from './lapse-rules.js';
import { PropertyRegisterRepository, type Benefit, type Burden } from './property-register.repository.js';

export type RegisterPage = {
  readonly unitNo: string;
  /** Null when the unit's entry was closed. */
  readonly currentCertificateId: string | null;
  /** Those in force today, and seizures that wait. */
  readonly burdens: readonly Burden[];
  /** Easements that this unit has over others of the register. */
  readonly benefits: readonly Benefit[];
};

/** What the register book says of the unit of a certificate, current or not. */
@Injectable()
export class ReadRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly register: PropertyRegisterRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `DocumentNotFound`. */
  execute(issuerId: string, certificateId: string): Promise<RegisterPage> {
    return this.unitOfWork.run(
      async (tx) => {
        const unitNo = await this.register.unitOf(tx, issuerId, certificateId);
        if (unitNo === null) {
          throw new DocumentNotFound();
        }
        const currentCertificateId = await this.register.currentOf(tx, issuerId, unitNo);
        const known = await this.register.burdensOf(tx, issuerId, unitNo);
        const { inForce } = lapse(known, toChinaDate(this.clock.now()));
        const benefits = await this.register.benefitsOf(tx, issuerId, unitNo);
        return { unitNo, currentCertificateId, burdens: inForce, benefits };
      },
      { issuerId },
    );
  }
}

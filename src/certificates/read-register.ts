import { Injectable } from '@nestjs/common';
import { DocumentNotFound } from '../documents/index.js';
import { UnitOfWork } from '../platform/database/index.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';

export type RegisterPage = {
  readonly unitNo: string;
  /** Null when the unit's entry was closed. */
  readonly currentCertificateId: string | null;
  /** Those not ended. */
  readonly burdens: readonly Burden[];
};

/** What the register book says of the unit of a certificate, current or not. */
@Injectable()
export class ReadRegister {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly register: PropertyRegisterRepository,
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
        return { unitNo, currentCertificateId, burdens: await this.register.burdensOf(tx, issuerId, unitNo) };
      },
      { issuerId },
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { LockedUnit, OpenUnit } from './act-place.js';
import { NotCurrent } from './certificates.errors.js';
import { LapseBurdens } from './lapse-burdens.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { RegisterDocuments } from './register-documents.js';

/** Opens the pages of locked units. */
@Injectable()
export class OpenUnits {
  constructor(
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
    private readonly lapse: LapseBurdens,
  ) {}

  /** With what is in force today; what lapsed is recorded first. Throws `NotCurrent`. */
  async at(unit: LockedUnit, certificateId: string): Promise<OpenUnit> {
    const { tx, issuerId, profile, unitNo } = unit;
    if ((await this.register.currentOf(tx, issuerId, unitNo)) !== certificateId) {
      throw new NotCurrent();
    }
    const certificate = await this.registered.open(tx, profile, certificateId);
    return { ...unit, certificate, burdens: await this.lapse.execute(unit, certificateId) };
  }
}

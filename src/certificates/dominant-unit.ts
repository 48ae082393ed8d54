import { Injectable } from '@nestjs/common';
import type { ActPlace } from './act-place.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { RegisterDocuments } from './register-documents.js';

/**
 * 需役地: an easement is written into the books of both units (不动产登记暂行条例实施细则 64). When another office keeps
 * the dominant unit's book, it is that office's to write.
 */
@Injectable()
export class DominantUnit {
  constructor(
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
  ) {}

  /**
   * Records what happens to an easement on the certificate of the unit that has it, if this register keeps it. That unit
   * MUST be locked.
   */
  async tell(
    { tx, issuerId, profile }: ActPlace,
    dominantUnitNo: string,
    event: 'easement-gained' | 'easement-ended',
    told: Readonly<Record<string, string>>,
  ): Promise<void> {
    const certificateId = await this.register.currentOf(tx, issuerId, dominantUnitNo);
    if (certificateId !== null) {
      await this.registered.record(tx, profile, certificateId, event, told);
    }
  }
}

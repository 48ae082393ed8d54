import { Injectable } from '@nestjs/common';
import { RecordEvent } from '../documents/index.js';
import type { LockedUnit } from './act-place.js';
import { lapse, type Lapse } from './lapse-rules.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';

/** Burdens end by themselves when their term is over: here it is written down. */
@Injectable()
export class LapseBurdens {
  constructor(
    private readonly register: PropertyRegisterRepository,
    private readonly events: RecordEvent,
  ) {}

  /**
   * Records what lapsed on a unit, on its current certificate and on the proofs, and answers what is in force today.
   * MUST be called while the unit is locked. Doing it twice records nothing more.
   */
  async execute(unit: LockedUnit, certificateId: string | null): Promise<readonly Burden[]> {
    const { tx, issuerId, unitNo, today } = unit;
    const { inForce, lapses } = lapse(await this.register.burdensOf(tx, issuerId, unitNo), today);
    for (const each of lapses) {
      await this.record(unit, certificateId, each);
    }
    return inForce;
  }

  private async record(unit: LockedUnit, certificateId: string | null, lapsed: Lapse): Promise<void> {
    const { tx, issuerId, profile } = unit;
    const { burden, lapsedOn, next } = lapsed;
    await this.register.endBurden(tx, issuerId, burden.id);
    if (next !== undefined) {
      await this.register.updateBurden(tx, issuerId, next);
    }
    if (burden.proofId !== null) {
      await this.events.execute(tx, profile, burden.proofId, { type: 'lapsed', payload: { lapsedOn } });
    }
    if (certificateId !== null) {
      await this.events.execute(tx, profile, certificateId, onCertificate(lapsed));
    }
  }
}

function onCertificate({ burden, lapsedOn, next }: Lapse): { type: string; payload: Record<string, string> } {
  if (burden.kind !== 'seizure') {
    return { type: 'burden-lapsed', payload: { proofNumber: burden.proofNumber ?? '', lapsedOn } };
  }
  const payload = { seizureDocumentNo: burden.courtDocumentNo ?? '', lapsedOn };
  return next === undefined
    ? { type: 'seizure-lapsed', payload }
    : { type: 'seizure-succeeded', payload: { ...payload, ...saidOfNext(next) } };
}

/** What an event says of the seizure that takes effect by it. */
export function saidOfNext({ courtDocumentNo, lapsesOn }: Burden): Record<string, string> {
  return { nowInEffect: courtDocumentNo ?? '', ...(lapsesOn !== null && { until: lapsesOn }) };
}

import { Injectable } from '@nestjs/common';
import type { DocumentLink, EncumbranceNote, RegisterAct } from './certificate.js';
import type { PropertyEntry } from './property-entry.js';
import { PropertyRegisterRepository, type Burden } from './property-register.repository.js';
import type { OpenUnit } from './act-place.js';
import type { ActResult } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';

export type Replacement = {
  /** What is recorded on the certificate that is replaced: `transferred`, `changed`, `corrected`, `reissued`. */
  readonly event: string;
  readonly entry: PropertyEntry;
  readonly act: RegisterAct;
  /** What the event tells besides the successor and the act. */
  readonly told?: Readonly<Record<string, string>>;
};

/** Puts a new certificate in the place of the current one; burdens stay on the unit and follow to the new one. */
@Injectable()
export class ReplaceCertificate {
  constructor(
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
  ) {}

  /** MUST be called while the unit is held open. Throws `InvalidRequest` naming each broken rule of the new entry. */
  async execute(unit: OpenUnit, { event, entry, act, told = {} }: Replacement): Promise<ActResult> {
    const { tx, profile, issuerId, now, certificate, burdens, unitNo } = unit;
    const supersedes: DocumentLink = { number: certificate.number, documentAddress: certificate.documentAddress };
    const encumbrances = burdens.flatMap(noteOf);
    const successor = await this.registered.issueCertificate(
      tx,
      profile,
      { entry, act, supersedes, encumbrances },
      now,
    );
    const link = { successorNumber: successor.number, successorAddress: successor.documentAddress };
    await this.registered.record(tx, profile, certificate.id, event, { ...link, ...act, ...told });
    await this.register.retireCertificate(tx, issuerId, certificate.id);
    await this.register.insertCertificate(tx, issuerId, { id: successor.id, unitNo, predecessorId: certificate.id });
    await this.carryBurdens(unit, successor);
    return { document: successor };
  }

  private async carryBurdens(
    { tx, profile, burdens }: OpenUnit,
    successor: { id: string; number: string },
  ): Promise<void> {
    for (const { proofId, kind, state, courtDocumentNo } of burdens) {
      if (proofId !== null) {
        await this.registered.record(tx, profile, proofId, 'carried', { certificateNumber: successor.number });
      } else if (kind === 'seizure' && state === 'active') {
        await this.registered.record(tx, profile, successor.id, 'seized', { courtDocumentNo: courtDocumentNo ?? '' });
      }
    }
  }
}

const names: Readonly<Record<Burden['kind'], string>> = {
  mortgage: '抵押权',
  seizure: '查封',
  notice: '预告登记',
  objection: '异议登记',
  easement: '地役权',
};

function noteOf({ kind, position, proofNumber }: Burden): EncumbranceNote[] {
  const rank = kind === 'mortgage' ? `（第${position}顺位）` : '';
  return proofNumber === null ? [] : [{ type: names[kind] + rank, proofNumber }];
}

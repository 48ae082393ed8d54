import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import type { LockedUnit, OpenUnit } from './act-place.js';
import { readAct } from './certificate.canonical.js';
import { normaliseCertificateNumber } from './certificate-number.js';
import { BurdenNotActive, Encumbered } from './certificates.errors.js';
import { activeOf, requireNotSeized } from './disposal-rules.js';
import { DominantUnit } from './dominant-unit.js';
import { PropertyRegisterRepository, type BurdenKind } from './property-register.repository.js';
import type { CancelCertificateDto, CancelProofDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand, type ActResult } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';

/** Rights of others, which an owner cannot end by giving the unit up. */
const BINDING: ReadonlySet<BurdenKind> = new Set<BurdenKind>(['mortgage', 'notice', 'easement']);

/** 注销: of a certificate and with it the unit's entry, or of one burden and its proof. */
@Injectable()
export class CloseEntry {
  constructor(
    private readonly book: RegisterBook,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
    private readonly dominant: DominantUnit,
  ) {}

  /** The unit may be registered anew later. Throws `NotCurrent`, `Seized`, `Encumbered`. */
  cancelCertificate(command: ActCommand<CancelCertificateDto>): Promise<IssuedDocument> {
    return this.book.act('cancellation', command, async ({ tx, profile, issuerId, certificate, burdens, today }) => {
      requireNotSeized(burdens);
      if (burdens.some(({ kind }) => BINDING.has(kind))) {
        throw new Encumbered();
      }
      for (const { id, proofId } of activeOf(burdens, 'objection')) {
        await this.register.endBurden(tx, issuerId, id);
        await this.registered.record(tx, profile, proofId ?? '', 'released', { certificateNumber: certificate.number });
      }
      await this.registered.record(tx, profile, certificate.id, 'cancelled', readAct(command.request, today));
      await this.register.retireCertificate(tx, issuerId, certificate.id);
      return { document: certificate };
    });
  }

  /** Throws `NotCurrent`, `BurdenNotActive`. */
  cancelProof(command: ActCommand<CancelProofDto>): Promise<IssuedDocument> {
    const { request } = command;
    const proofNumber = normaliseCertificateNumber(request.proofNumber);
    const others = async ({ tx, issuerId, unitNo }: LockedUnit): Promise<string[]> => {
      const dominantUnitNo = await this.register.dominantUnitOf(tx, issuerId, unitNo, proofNumber);
      return dominantUnitNo === null ? [] : [dominantUnitNo];
    };
    const end = async (unit: OpenUnit): Promise<ActResult> => {
      const { tx, profile, issuerId, certificate, burdens, today } = unit;
      const burden = burdens.find((each) => each.proofNumber === proofNumber);
      if (burden?.proofId == null) {
        throw new BurdenNotActive();
      }
      const act = readAct(request, today);
      await this.register.endBurden(tx, issuerId, burden.id);
      await this.registered.record(tx, profile, burden.proofId, 'released', act);
      await this.registered.record(tx, profile, certificate.id, 'burden-released', { proofNumber, ...act });
      if (burden.dominantUnitNo !== null) {
        await this.dominant.tell(unit, burden.dominantUnitNo, 'easement-ended', { proofNumber, ...act });
      }
      return { document: certificate };
    };
    return this.book.act('proof-cancellation', command, end, others);
  }
}

import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { readAct } from './certificate.canonical.js';
import { normaliseCertificateNumber } from './certificate-number.js';
import { BurdenNotActive, Encumbered } from './certificates.errors.js';
import { activeOf, requireNotSeized } from './disposal-rules.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import type { CancelCertificateDto, CancelProofDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';

/** 注销: of a certificate and with it the unit's entry, or of one burden and its proof. */
@Injectable()
export class CloseEntry {
  constructor(
    private readonly book: RegisterBook,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
  ) {}

  /** The unit may be registered anew later. Throws `NotCurrent`, `Seized`, `Encumbered`. */
  cancelCertificate(command: ActCommand<CancelCertificateDto>): Promise<IssuedDocument> {
    return this.book.act('cancellation', command, async ({ tx, profile, issuerId, certificate, burdens, today }) => {
      requireNotSeized(burdens);
      if (activeOf(burdens, 'mortgage').length + activeOf(burdens, 'notice').length > 0) {
        throw new Encumbered();
      }
      for (const { id, proofId } of activeOf(burdens, 'objection')) {
        await this.register.moveBurden(tx, issuerId, id, 'ended');
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
    return this.book.act('proof-cancellation', command, async (unit) => {
      const { tx, profile, issuerId, certificate, burdens, today } = unit;
      const burden = burdens.find((each) => each.proofNumber === proofNumber);
      if (burden?.proofId == null) {
        throw new BurdenNotActive();
      }
      const act = readAct(request, today);
      await this.register.moveBurden(tx, issuerId, burden.id, 'ended');
      await this.registered.record(tx, profile, burden.proofId, 'released', act);
      await this.registered.record(tx, profile, certificate.id, 'burden-released', { proofNumber, ...act });
      return { document: certificate };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { readAct } from './certificate.canonical.js';
import { OtherPlace, UnitHasCurrent } from './certificates.errors.js';
import type { RegisterPropertyDto } from './property.dto.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { readEntry } from './read-entry.js';
import { RegisterBook, type ActCommand } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';

/** 首次登记: the first certificate of a unit, or the first after its register was closed. */
@Injectable()
export class RegisterProperty {
  constructor(
    private readonly book: RegisterBook,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
  ) {}

  /** Throws `InvalidRequest`, `UnitHasCurrent`, `OtherPlace`; nothing is stored then. */
  execute(command: Omit<ActCommand<RegisterPropertyDto>, 'certificateId'>): Promise<IssuedDocument> {
    const { request, issuerId } = command;
    const entry = readEntry(request);
    return this.book.open('first', { ...command, unitNo: entry.unitNo }, async ({ tx, profile, now, today }) => {
      const place = await this.register.placeOf(tx, issuerId, entry.registerPlace);
      if (place !== entry.registerPlace) {
        throw new OtherPlace(place);
      }
      if ((await this.register.currentOf(tx, issuerId, entry.unitNo)) !== null) {
        throw new UnitHasCurrent();
      }
      const content = { entry, act: readAct(request, today) };
      const document = await this.registered.issueCertificate(tx, profile, content, now);
      const { unitNo } = entry;
      await this.register.insertCertificate(tx, issuerId, { id: document.id, unitNo, predecessorId: null });
      return { document };
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { normaliseText } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { entryOf, readAct } from './certificate.canonical.js';
import { activeOf, requireTransferable } from './disposal-rules.js';
import type { PropertyEntry } from './property-entry.js';
import { PropertyRegisterRepository } from './property-register.repository.js';
import { readParty } from './read-entry.js';
import type { TransferGround, TransferPropertyDto } from './register-acts.dto.js';
import type { OpenUnit } from './act-place.js';
import { RegisterBook, type ActCommand } from './register-book.js';
import { RegisterDocuments } from './register-documents.js';
import { ReplaceCertificate } from './replace-certificate.js';

/** Grounds that are contracts: whoever gives has to say so, too. */
const CONTRACTS: ReadonlySet<TransferGround> = new Set<TransferGround>(['sale', 'gift', 'exchange']);

/** 转移登记: new owners, a new certificate, mortgages that go along. */
@Injectable()
export class TransferProperty {
  constructor(
    private readonly book: RegisterBook,
    private readonly replace: ReplaceCertificate,
    private readonly register: PropertyRegisterRepository,
    private readonly registered: RegisterDocuments,
  ) {}

  /** Throws `InvalidRequest`, `NotCurrent`, `Seized`, `NoticeBlocks`, `TransferForbidden`; nothing is stored then. */
  async execute(command: ActCommand<TransferPropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    requireBothParties(request);
    return this.book.act('transfer', command, async (unit) => {
      requireTransferable(unit.burdens, request.noticeHolderConsent);
      const kept = await this.endNotices(unit, request);
      const act = readAct(request, unit.today);
      const told = { ground: request.ground };
      const entry = transferred(entryOf(unit.certificate.core), request);
      return this.replace.execute(kept, { event: 'transferred', entry, act, told });
    });
  }

  /** A notice has done its work when its holder consents to the transfer. */
  private async endNotices(unit: OpenUnit, { noticeHolderConsent = '' }: TransferPropertyDto): Promise<OpenUnit> {
    const { tx, issuerId, profile } = unit;
    for (const { id, proofId } of activeOf(unit.burdens, 'notice')) {
      await this.register.endBurden(tx, issuerId, id);
      await this.registered.record(tx, profile, proofId ?? '', 'released', { consent: noticeHolderConsent });
    }
    return { ...unit, burdens: unit.burdens.filter(({ kind }) => kind !== 'notice') };
  }
}

function requireBothParties({ ground, applicants }: TransferPropertyDto): void {
  if (CONTRACTS.has(ground) && applicants !== 'both') {
    throw new InvalidRequest([
      {
        field: 'applicants',
        code: 'certificates.both-parties-required',
        message: 'A sale, gift or exchange is registered on the application of both parties.',
      },
    ]);
  }
}

/** Whoever kept the certificate before does not keep the new one. */
function transferred(before: PropertyEntry, { owners, coOwnership, holder }: TransferPropertyDto): PropertyEntry {
  const entry: { -readonly [Key in keyof PropertyEntry]: PropertyEntry[Key] } = {
    ...before,
    owners: owners.map(readParty),
    coOwnership,
  };
  delete entry.holder;
  return holder === undefined ? entry : { ...entry, holder: normaliseText(holder) };
}

import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { normaliseText } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { entryOf, readAct } from './certificate.canonical.js';
import type { PropertyEntry } from './property-entry.js';
import { readArea, readDetails, readLocation, readParty, readTerms } from './read-entry.js';
import type { ChangePropertyDto, CorrectPropertyDto, ReissueCertificateDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand } from './register-book.js';
import { ReplaceCertificate } from './replace-certificate.js';
import { WorkingDays } from './working-days.js';

/**
 * How long a declaration of loss stands on the office's site before a certificate is issued anew
 * (不动产登记暂行条例实施细则 22: 刊发遗失、灭失声明15个工作日后，予以补发).
 */
const DECLARATION_WORKING_DAYS = 15;

/** 变更, 更正, 遗失补证: the unit keeps its owners' rights and gets a new certificate. None of them is a disposal. */
@Injectable()
export class ChangeProperty {
  constructor(
    private readonly book: RegisterBook,
    private readonly replace: ReplaceCertificate,
    private readonly days: WorkingDays,
  ) {}

  /** Throws `InvalidRequest`, also when other people would own the unit: that is a transfer. `NotCurrent`. */
  change(command: ActCommand<ChangePropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('change', command, async (unit) => {
      const before = entryOf(unit.certificate.core);
      const entry = changed(before, request);
      requireSameShares(before, entry);
      return this.replace.execute(unit, { event: 'changed', entry, act: readAct(request, unit.today) });
    });
  }

  /** Throws `InvalidRequest`, `NotCurrent`. */
  correct(command: ActCommand<CorrectPropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('correction', command, async (unit) => {
      const entry = changed(entryOf(unit.certificate.core), request);
      const told = { appliedBy: request.appliedBy };
      return this.replace.execute(unit, { event: 'corrected', entry, act: readAct(request, unit.today), told });
    });
  }

  /** Throws `InvalidRequest` while the declaration of loss has not stood long enough, `NotCurrent`. */
  reissue(command: ActCommand<ReissueCertificateDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('reissue', command, async (unit) => {
      this.requireDeclared(request.declaredOn, unit.today);
      const entry = entryOf(unit.certificate.core);
      const told = { declaredOn: request.declaredOn };
      return this.replace.execute(unit, { event: 'reissued', entry, act: readAct(request, unit.today), told });
    });
  }

  private requireDeclared(declaredOn: string, today: string): void {
    if (declaredOn > today) {
      throw refusedDeclaration('The day of the declaration of loss has not come yet.');
    }
    const first = this.days.after(declaredOn, DECLARATION_WORKING_DAYS);
    if (first > today) {
      throw refusedDeclaration(`The declaration of loss has to stand 15 working days: until ${first}.`);
    }
  }
}

function refusedDeclaration(message: string): InvalidRequest {
  return new InvalidRequest([{ field: 'declaredOn', code: 'certificates.declaration-too-recent', message }]);
}

/** Owners may be called otherwise after a change; there are as many as before, with the same shares. */
function requireSameShares(before: PropertyEntry, after: PropertyEntry): void {
  const sharesOf = ({ owners, coOwnership }: PropertyEntry): string =>
    JSON.stringify([coOwnership, owners.map(({ share }) => share ?? '')]);
  const isSomebodyElse = after.owners.every(({ idNo, name }) =>
    before.owners.every((owner) => owner.idNo !== idNo && owner.name !== name),
  );
  if (sharesOf(before) !== sharesOf(after) || isSomebodyElse) {
    throw new InvalidRequest([
      {
        field: 'owners',
        code: 'certificates.change-is-transfer',
        message: 'Other owners or other shares are a transfer: register it as one.',
      },
    ]);
  }
}

function changed(entry: PropertyEntry, request: ChangePropertyDto): PropertyEntry {
  const { owners, coOwnership, area, useTerms, otherStatus, location } = request;
  const next: PropertyEntry = {
    ...entry,
    ...textsOf(request),
    ...(owners !== undefined && { owners: owners.map(readParty) }),
    ...(coOwnership !== undefined && { coOwnership }),
    ...(area !== undefined && { area: readArea(area) }),
    ...(useTerms !== undefined && { useTerms: readTerms(useTerms) }),
    ...(otherStatus !== undefined && { otherStatus: readDetails(otherStatus) }),
    ...(location !== undefined && { location: readLocation(location) }),
  };
  if (JSON.stringify(next) === JSON.stringify(entry)) {
    throw new InvalidRequest([
      { field: '', code: 'certificates.nothing-changed', message: 'Give what the entry shall say from now on.' },
    ]);
  }
  return next;
}

const TEXTS = ['holder', 'situated', 'rightNature', 'use', 'notes'] as const;

function textsOf(request: ChangePropertyDto): Partial<Pick<PropertyEntry, (typeof TEXTS)[number]>> {
  return Object.fromEntries(
    TEXTS.flatMap((field) => {
      const text = request[field];
      return text === undefined ? [] : [[field, normaliseText(text)]];
    }),
  );
}

import { citizenIdProblem, isUscc, provinceShortName, type FieldError } from '../kernel/index.js';
import { CITIZEN_ID, ORGANISATION_ID } from './holder-types.js';
import { checkArea, checkLocation } from './location-rules.js';
import type { PropertyEntry, PropertyParty } from './property-entry.js';
import { reportInto, type Report } from './report.js';
import { makeOneWhole } from './shares.js';
import { unitNumberParts, unitNumberProblem, type UnitNumberParts } from './unit-number.js';

export type EntryRulesContext = {
  /** Six digits of the issuer: a register office registers what lies in its own region. */
  readonly issuerRegion: string;
  /** The day in China, `YYYY-MM-DD`. */
  readonly today: string;
};

/** Every rule that an entry of the register breaks, with the field to mend; empty when a certificate may mirror it. */
export function checkEntry(entry: PropertyEntry, context: EntryRulesContext): FieldError[] {
  const errors: FieldError[] = [];
  const report = reportInto(errors);
  checkOwners(entry, context.today, report);
  checkTerms(entry, report);
  if (unitNumberProblem(entry.unitNo) === null) {
    const unit = unitNumberParts(entry.unitNo);
    checkRegion(unit, context.issuerRegion, report);
    checkRights(entry, unit, report);
    checkArea(entry.area, unit, report);
  }
  checkLocation(entry.location, entry.area, report);
  return errors;
}

export function checkRegisteredAt(registeredAt: string, today: string, report: Report): void {
  if (registeredAt > today) {
    report('registeredAt', 'registered-in-future', 'The day of registration has not come yet.');
  }
}

/** An act on a certificate is entered after that, and on a day that has come. */
export function checkDayOfAct(
  registeredAt: string,
  { notBefore, today }: { readonly notBefore: string; readonly today: string },
  report: Report,
): void {
  checkRegisteredAt(registeredAt, today, report);
  if (registeredAt < notBefore) {
    report(
      'registeredAt',
      'registered-before-certificate',
      `The certificate this act is entered on was registered on ${notBefore}: give that day or a later one.`,
    );
  }
}

/** `430000` registers in all of 43, `431300` in 4313, `431302` in that district. */
function checkRegion({ region }: UnitNumberParts, issuerRegion: string, report: Report): void {
  if (!region.startsWith(issuerRegion.replace(/(?:00){1,2}$/, ''))) {
    report(
      'unitNo',
      'unit-outside-region',
      `This unit lies outside the region of the register office (${provinceShortName(issuerRegion)} ${issuerRegion}).`,
    );
  }
}

function checkRights({ rightType }: PropertyEntry, { fixture, landUse }: UnitNumberParts, report: Report): void {
  const rights = rightType.split('/');
  if (rights.length > 2 || rights.some((right) => right.trim() === '')) {
    report('rightType', 'right-type', 'Give one right, or two joined by "/".');
  }
  if (rightType.includes('房屋') && fixture !== 'F') {
    report('rightType', 'right-without-building', 'A right to a building needs a unit number with F.');
  }
  if (rightType.includes('海域') !== (landUse === 'H')) {
    report(
      'rightType',
      'right-of-other-land',
      'Rights to the sea go with unit numbers of sea use (H), and only those.',
    );
  }
}

function checkTerms({ useTerms = [] }: PropertyEntry, report: Report): void {
  for (const [index, { from, to }] of useTerms.entries()) {
    if (from > to) {
      report(`useTerms[${index}].to`, 'term-ends-before-start', 'The term ends before it starts.');
    }
  }
}

type Ownership = Pick<PropertyEntry, 'owners' | 'coOwnership' | 'holder'>;

function checkOwners({ owners, coOwnership, holder }: Ownership, today: string, report: Report): void {
  checkParties('owners', owners, today, report);
  if (coOwnership === 'sole' && owners.length > 1) {
    report('coOwnership', 'several-owners', 'Several owners hold jointly or by shares: say "joint" or "shares".');
  }
  if (coOwnership !== 'sole' && owners.length === 1) {
    report('coOwnership', 'single-owner', 'One owner owns alone: say "sole".');
  }
  if (holder !== undefined && !owners.some(({ name }) => name === holder)) {
    report('holder', 'holder-unknown', 'The holder of the certificate must be one of the owners.');
  }
  checkShares({ owners, coOwnership }, report);
}

function checkShares({ owners, coOwnership }: Ownership, report: Report): void {
  if (coOwnership !== 'shares') {
    for (const [index, { share }] of owners.entries()) {
      if (share !== undefined) {
        report(`owners[${index}].share`, 'share-not-allowed', 'Leave this out: shares belong to 按份共有 only.');
      }
    }
    return;
  }
  for (const [index, { share }] of owners.entries()) {
    if (share === undefined) {
      report(`owners[${index}].share`, 'share-required', 'Under 按份共有 every owner has a share.');
    }
  }
  const shares = owners.flatMap(({ share }) => (share === undefined ? [] : [share]));
  if (shares.length === owners.length && !makeOneWhole(shares)) {
    report('owners', 'shares-not-whole', 'The shares must add up to exactly 100 %; write thirds as "1/3".');
  }
}

/** Names and identity numbers; nobody is named twice. */
export function checkParties(field: string, parties: readonly PropertyParty[], today: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { idType, idNo }] of parties.entries()) {
    const path = `${field}[${index}].idNo`;
    if (idType === CITIZEN_ID && citizenIdProblem(idNo, today) !== null) {
      report(path, 'citizen-id', 'This is no citizen ID number: its shape, date or check character is wrong.');
    }
    if (idType === ORGANISATION_ID && !isUscc(idNo)) {
      report(path, 'uscc', 'This is no unified social credit code: its shape or check character is wrong.');
    }
    if (seen.has(`${idType} ${idNo}`)) {
      report(path, 'party-twice', 'The same person or body is listed twice.');
    }
    seen.add(`${idType} ${idNo}`);
  }
}

import { createHash } from 'node:crypto';
import { type LifeCycle, sealCore, type SealedCore, sealEnvelope, transition } from '../documents/index.js';
import type { IssuerProfile } from '../identity/index.js';
import { DocumentSecret } from '../platform/vault/index.js';
import { addressBytes, type CoreData, endOf, listedValueOf } from '../proof/index.js';
import type { AuditedDocument, AuditedEvent, AuditedFile } from './documents-under-audit.repository.js';
import { type CheckedEvents, checkEvents } from './events.check.js';
import type { Finding, FindingCode, Place } from './finding.js';

/** What the commitments of a document follow from, besides what is stored of it. */
export type DocumentGround = {
  readonly profile: IssuerProfile;
  /** Of the chain whose addresses are printed. */
  readonly chainId: number;
  /** Null when this version does not know the kind. */
  readonly lifeCycle: LifeCycle | null;
};

export type CheckedDocument = {
  readonly findings: readonly Finding[];
  /** What MUST have been handed over to be anchored, with the event it belongs to. */
  readonly entries: CheckedEvents['entries'];
};

type Opened = { readonly secret: DocumentSecret; readonly core: CoreData; readonly sealed: SealedCore };

/**
 * Derives every commitment of a document again from what is stored, and names each difference.
 *
 * A difference is told once, where it is: what follows from a wrong value is compared with what follows from the right one.
 * Where nothing can be derived, because the content does not open, what is stored is taken for the entries, so that a
 * broken document hides no missing entry. A function of its arguments.
 */
export function checkDocument(document: AuditedDocument, ground: DocumentGround): CheckedDocument {
  const place = { issuerId: document.issuerId, documentId: document.id, number: document.number };
  const found = (code: FindingCode, more: Place = {}): Finding => ({ code, ...place, ...more });
  const opened = open(document, ground);
  if (typeof opened === 'string') {
    return { findings: [found(opened)], entries: checkEvents(document, null, found).entries };
  }
  const { secret, sealed } = opened;
  const file = openFile(document, secret);
  const firstLeaf = file.sha256 && sealEnvelope(sealed, file.sha256, secret, provenance(ground)).leaf;
  const events = checkEvents(document, { ...opened, chainId: ground.chainId, firstLeaf }, found);
  const identity = identityProblems(document, opened);
  const lifeCycle = identity.includes('document.kind-wrong') ? null : ground.lifeCycle;
  const findings = [
    ...identity.map((code) => found(code)),
    ...file.problems.map((code) => found(code)),
    ...(document.hasGivenUp && !wasDrawn(document) ? [found('document.given-up')] : []),
    ...events.findings,
    ...outcomeProblems(document, lifeCycle).map((code) => found(code)),
  ];
  return { findings, entries: events.entries };
}

function provenance({ chainId, profile }: DocumentGround): Parameters<typeof sealEnvelope>[3] {
  return { chainId, issuer: profile.issuer };
}

function open(document: AuditedDocument, { profile }: DocumentGround): Opened | FindingCode {
  let secret: DocumentSecret;
  try {
    secret = DocumentSecret.unwrap(profile.key, document.wrappedSecret, document.id);
  } catch {
    return 'document.secret-broken';
  }
  try {
    const core = JSON.parse(secret.unseal('core', document.coreCipher).toString('utf8')) as CoreData;
    return { secret, core, sealed: sealCore(core, secret, profile.issuer.store) };
  } catch {
    return 'document.core-broken';
  }
}

function identityProblems(document: AuditedDocument, { core, sealed }: Opened): FindingCode[] {
  const said = (name: string): string | null => {
    const value = core[name];
    return typeof value === 'string' ? value : null;
  };
  const [code, number, kind, issuedAt] = [said('code') ?? '', said('number'), said('kind'), said('issuedAt')];
  const problems: Partial<Record<FindingCode, boolean>> = {
    'document.docid-wrong': !document.docId.equals(sealed.docId),
    'document.address-wrong': !document.address.equals(addressBytes(sealed.address)),
    'document.number-wrong': number !== null && document.number !== code + number,
    'document.kind-wrong': kind !== null && document.kind !== kind,
    'document.time-wrong': issuedAt !== null && new Date(issuedAt).getTime() !== document.issuedAt.getTime(),
  };
  return (Object.keys(problems) as FindingCode[]).filter((problem) => problems[problem] === true);
}

type OpenedFile = {
  /** Of the PDF itself where it opens, else as it is stored; null without a PDF. */
  readonly sha256: Uint8Array | null;
  readonly problems: readonly FindingCode[];
};

function openFile(document: AuditedDocument, secret: DocumentSecret): OpenedFile {
  const { file, isRendered } = document;
  if (file === null) {
    return { sha256: null, problems: wasDrawn(document) ? ['file.missing'] : [] };
  }
  const unexpected: FindingCode[] = isRendered ? [] : ['file.unexpected'];
  try {
    const pdf = secret.unseal('issued-file', file.cipher);
    const sha256 = createHash('sha256').update(pdf).digest();
    return { sha256, problems: [...unexpected, ...(isDescribedBy(file, { pdf, sha256 }) ? [] : DIGEST_WRONG)] };
  } catch {
    return { sha256: file.sha256, problems: [...unexpected, 'file.broken'] };
  }
}

/** Whatever else was lost: the leaf of event 0 follows from a PDF, and is stored with it. To draw again would give another leaf. */
function wasDrawn({ isRendered, events }: AuditedDocument): boolean {
  return isRendered || events.some(({ seq, leaf }) => seq === 0 && leaf !== null);
}

const DIGEST_WRONG: readonly FindingCode[] = ['file.digest-wrong'];

function isDescribedBy(file: AuditedFile, { pdf, sha256 }: { pdf: Buffer; sha256: Buffer }): boolean {
  return file.size === pdf.length && file.sha256.equals(sha256);
}

function isStatusRight({ events, status }: AuditedDocument, lifeCycle: LifeCycle | null): boolean {
  if (lifeCycle === null || !isWhole(events)) {
    return true; // what cannot be derived is told as what keeps it from being derived
  }
  let derived: string | null = lifeCycle.initial;
  for (const { type } of events.slice(1)) {
    derived = derived === null ? null : transition(lifeCycle, derived, type);
  }
  return derived === status;
}

/** Status and end both follow from the events: where the status does not, they are what is wrong. */
function outcomeProblems(document: AuditedDocument, lifeCycle: LifeCycle | null): FindingCode[] {
  if (!isStatusRight(document, lifeCycle)) {
    return ['document.status-wrong'];
  }
  return isEndRight(document) ? [] : ['document.end-wrong'];
}

/** The last event that ended the document is what lists say of it. */
function isEndRight({ events, kind, listedValue }: AuditedDocument): boolean {
  const end = events.flatMap(({ type }) => endOf(type, kind) ?? []).at(-1);
  return !isWhole(events) || listedValue === (end === undefined ? null : listedValueOf(end));
}

function isWhole(events: readonly AuditedEvent[]): boolean {
  return events.length > 0 && events.every(({ seq }, index) => seq === index);
}

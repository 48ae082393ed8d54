import { fromHex } from '../kernel/index.js';
import { openAnchoredCopy, type Inflate, type OpenedCopy } from './anchored-copy/index.js';
import type { ChainReaders, IssuerDirectory } from './chain-reader.js';
import { DOCUMENT_INIT_CODE_HASH } from './contract-constants.js';
import { isEnvelopePath } from './envelope.js';
import { EVIDENCE_VERSION, isOaDocument, parseEvidenceBundle, type EvidenceBundle } from './evidence-bundle.js';
import type { EventFinding } from './events.check.js';
import type { CoreData } from './flatten.js';
import { judgeTogether } from './judge-together.js';
import type { OpenAttestationDocument } from './oa-document.js';
import { factsOfFaults } from './pdf.check.js';
import { checkSignatureIn, issuedPartOf } from './pdf-signature.js';
import { hasRepeatedNames } from './repeated-names.js';
import { unsaltData, type SaltedData } from './salted-digest.js';
import type { SignatureTrust } from './signature.check.js';
import type { StatusEntry } from './status-list.js';
import type { StatusLists } from './status-by-list.js';
import { fails, notApplicable, unknown, verdictOf, type Fact, type Question, type Verdict } from './verdict.js';
import { verifyEvidence, type VerifyOptions } from './verify-evidence.js';
import { verifyOaDocument } from './verify-oa-document.js';
import type { Subtle } from './verify-signature.js';

/** A file that somebody holds: an issued or anchored PDF, an evidence bundle, an OpenAttestation document. */
export type Exhibit = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Of an issued PDF, which cannot be checked without. */
  readonly bundle?: EvidenceBundle;
  /** Whether the bundle was fetched from the issuer or its service, and not handed on by whoever holds the document. */
  readonly isBundleFromIssuer?: boolean;
  /** Where the document stands in the issuer's status lists, as the issuer or its service says: it outweighs what the evidence says. */
  readonly statusPlace?: readonly StatusEntry[];
};

/** What whoever examines brings along: this code has no network, no file, no clock and no trust of its own. */
export type ExaminationTools = {
  readonly chains: ChainReaders;
  readonly sha256: VerifyOptions['sha256'];
  readonly inflate: Inflate;
  /** Who is behind a store. Without it, and without a certificate to trust, the verdict is `cannot-tell` at best. */
  readonly issuers?: IssuerDirectory;
  /** Whose certificates are believed. A certificate of theirs that names the issuer also stands in for a directory. */
  readonly trust?: Omit<SignatureTrust, 'issuedAt'>;
  /** Lists that the issuer of this name has signed. Asked where the chain cannot be. */
  readonly statusLists?: (issuerName: string) => StatusLists;
  /** WebCrypto; the platform's own unless told. */
  readonly subtle?: Subtle;
  /** Of the contracts, unless told. */
  readonly documentInitCodeHash?: Uint8Array;
};

/**
 * `foreign-pdf`: nothing in it is ours. `incomplete-pdf`: it breaks off, so whose it is cannot be told.
 * `unreadable`: neither a PDF nor JSON of a form that is known here.
 */
export type ExhibitKind =
  'anchored-copy' | 'issued-pdf' | 'foreign-pdf' | 'incomplete-pdf' | 'bundle' | 'oa-document' | 'unreadable';

/** What was found out. What the document says of itself counts only as far as the facts carry it. */
export type Examination = {
  readonly name: string;
  readonly kind: ExhibitKind;
  readonly verdict: Verdict;
  /** In the order in which people ask: integrity, signature, inclusion, anchor, status, issuer. */
  readonly facts: readonly Fact[];
  /** What is listed as having happened; empty when nothing is. */
  readonly events: readonly EventFinding[];
  /** CAIP-10; null when the exhibit names none. */
  readonly documentAddress: string | null;
  /** The fields that are shown, without their salts; null when none can be read. */
  readonly coreData: CoreData | null;
  /** As the document names him. */
  readonly issuer: { readonly name: string; readonly domain: string; readonly store: string } | null;
  /** What was checked; null when the exhibit has no evidence. */
  readonly document: OpenAttestationDocument | null;
};

type Findings = Pick<Examination, 'kind' | 'facts' | 'events' | 'document'>;

const QUESTIONS: readonly Question[] = ['integrity', 'signature', 'inclusion', 'anchor', 'status', 'issuer'];
/** How far into a file its header may stand. Source: ISO 32000-1, annex H, implementation note 13. */
const HEADER_WITHIN = 1_024;
const PDF_HEADER = '%PDF-';
const LARGEST_JSON = 32 * 1024 * 1024;

/** Looks at one file, whatever it is, and tells what can be told of it. Never throws for anything in the bytes. */
export async function examine(exhibit: Exhibit, tools: ExaminationTools): Promise<Examination> {
  const { kind, facts, events, document } = await findingsOf(exhibit, tools);
  const inOrder = QUESTIONS.flatMap((question) => facts.filter((fact) => fact.question === question));
  const verdict = verdictOf(inOrder);
  return { name: exhibit.name, kind, verdict, facts: inOrder, events, document, ...saidBy(document) };
}

async function findingsOf(exhibit: Exhibit, tools: ExaminationTools): Promise<Findings> {
  if (isPdf(exhibit.bytes)) {
    return examinePdf(exhibit, tools);
  }
  const json = jsonIn(exhibit.bytes);
  const bundle = placed(asBundle(json), exhibit);
  if (json !== undefined && hasRepeatedNames(utf8(exhibit.bytes))) {
    return {
      kind: bundle === undefined ? 'unreadable' : 'bundle',
      facts: [AMBIGUOUS, NO_FILE],
      events: [],
      document: null,
    };
  }
  if (bundle !== undefined) {
    const { facts, events } = await verifyEvidence(bundle, optionsFor(exhibit, bundle.document, tools));
    return { kind: 'bundle', facts: [...facts, NO_FILE], events, document: bundle.document };
  }
  if (isOaDocument(json)) {
    const { facts, events } = await verifyOaDocument(json, optionsFor(exhibit, json, tools));
    return { kind: 'oa-document', facts: [...facts, NO_FILE], events, document: json };
  }
  return { kind: 'unreadable', facts: [unknown('integrity', 'not-a-document')], events: [], document: null };
}

const NO_FILE = notApplicable('signature', 'no-file');
/** A name that stands twice: another reader takes the other value. */
const AMBIGUOUS = fails('integrity', 'malformed');

/** Evidence comes out of the file itself, or beside it; without either only the signature can be looked at. */
async function examinePdf(exhibit: Exhibit, tools: ExaminationTools): Promise<Findings> {
  const { bytes: pdf } = exhibit;
  const copy = await openAnchoredCopy(pdf, tools);
  const bundle = placed(copy.kind === 'anchored' ? (copy.bundle ?? exhibit.bundle) : exhibit.bundle, exhibit);
  const kind = KINDS[copy.kind];
  if (bundle === undefined) {
    const facts = 'faults' in copy ? factsOfFaults(copy.faults) : [unknown('integrity', WITHOUT_EVIDENCE[copy.kind])];
    const isOurs = copy.kind !== 'foreign' && copy.kind !== 'incomplete';
    const signature = isOurs ? [await signatureOf(pdf, copy, tools)] : [];
    return { kind, facts: [...facts, ...signature], events: [], document: null };
  }
  const [{ facts, events }, signature] = await Promise.all([
    verifyEvidence(bundle, { ...optionsFor(exhibit, bundle.document, tools), pdf, copy }),
    signatureOf(pdf, copy, tools, bundle),
  ]);
  const issued = issuedPartOf({ pdf, copy });
  return {
    kind,
    facts: judgeTogether([...facts, signature], { issued, ...saidBy(bundle.document), ...tools.trust }),
    events,
    document: bundle.document,
  };
}

const KINDS: Readonly<Record<OpenedCopy['kind'], ExhibitKind>> = {
  anchored: 'anchored-copy',
  altered: 'issued-pdf',
  issued: 'issued-pdf',
  foreign: 'foreign-pdf',
  incomplete: 'incomplete-pdf',
};
const WITHOUT_EVIDENCE = {
  issued: 'not-an-anchored-copy',
  foreign: 'foreign-pdf',
  incomplete: 'incomplete-pdf',
} as const;

function signatureOf(
  pdf: Uint8Array,
  copy: OpenedCopy,
  { trust, subtle }: ExaminationTools,
  bundle?: EvidenceBundle,
): Promise<Fact> {
  const issuedAt = new Date(bundle?.events[0]?.at ?? Number.NaN);
  const when = Number.isNaN(issuedAt.getTime()) ? {} : { issuedAt };
  return checkSignatureIn(issuedPartOf({ pdf, copy }), { ...trust, ...when }, subtle);
}

function optionsFor(
  { isBundleFromIssuer = false, statusPlace }: Exhibit,
  document: OpenAttestationDocument,
  { chains, sha256, issuers, statusLists, documentInitCodeHash }: ExaminationTools,
): VerifyOptions {
  const name = saidBy(document).issuer?.name;
  return {
    chains,
    sha256,
    documentInitCodeHash: documentInitCodeHash ?? fromHex(DOCUMENT_INIT_CODE_HASH),
    isPlaceInListsProven: isBundleFromIssuer || statusPlace !== undefined,
    ...(issuers === undefined ? {} : { issuers }),
    ...(statusLists === undefined || name === undefined ? {} : { statusLists: statusLists(name) }),
  };
}

function placed(bundle: EvidenceBundle | undefined, { statusPlace }: Exhibit): EvidenceBundle | undefined {
  return bundle === undefined || statusPlace === undefined ? bundle : { ...bundle, credentialStatus: statusPlace };
}

function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, HEADER_WITHIN)).includes(PDF_HEADER);
}

/** Undefined for what is no JSON, or more of it than any document has. */
function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length > LARGEST_JSON) {
    return undefined;
  }
  try {
    return JSON.parse(utf8(bytes));
  } catch {
    return undefined;
  }
}

/** Throws `TypeError` on bytes that are not UTF-8. */
function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** Reads an evidence bundle; undefined for any other JSON. */
function asBundle(json: unknown): EvidenceBundle | undefined {
  const isOne = typeof json === 'object' && json !== null && 'version' in json && json.version === EVIDENCE_VERSION;
  try {
    return isOne ? parseEvidenceBundle(json) : undefined;
  } catch {
    return undefined;
  }
}

/** The evidence bundle in a file, for whoever has to find out which PDF of a pile it belongs to. */
export function readBundle(bytes: Uint8Array): EvidenceBundle | undefined {
  return isPdf(bytes) ? undefined : asBundle(jsonIn(bytes));
}

type Said = Pick<Examination, 'documentAddress' | 'coreData' | 'issuer'>;

const NOTHING: Said = { documentAddress: null, coreData: null, issuer: null };
const saidOnce = new WeakMap<OpenAttestationDocument, Said>();

/** What a document says of itself, unproven. */
function saidBy(document: OpenAttestationDocument | null): Said {
  if (document === null) {
    return NOTHING;
  }
  const said = saidOnce.get(document) ?? saidOrNothing(document.data);
  saidOnce.set(document, said);
  return said;
}

function saidOrNothing(data: SaltedData): Said {
  try {
    return readSaid(data);
  } catch {
    // Not salted data: it says nothing.
    return NOTHING;
  }
}

function readSaid(data: SaltedData): Said {
  const plain = unsaltData(data);
  const { documentAddress, issuers } = plain as { documentAddress?: unknown; issuers?: unknown };
  const [issuer] = Array.isArray(issuers) ? (issuers as Record<string, unknown>[]) : [];
  const { name, documentStore: store, identityProof } = issuer ?? {};
  const { location: domain } = (identityProof ?? {}) as { location?: unknown };
  const core = Object.entries(plain).filter(([key]) => !isEnvelopePath(key));
  return {
    documentAddress: typeof documentAddress === 'string' ? documentAddress : null,
    coreData: core.length === 0 ? null : Object.fromEntries(core),
    issuer: issuer === undefined ? null : { name: textOf(name), domain: textOf(domain), store: textOf(store) },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

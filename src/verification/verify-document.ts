import { Injectable } from '@nestjs/common';
import type { Reader } from '../documents/index.js';
import { AssembleEvidence, type Evidence } from '../evidence/index.js';
import { Metrics } from '../platform/observability/index.js';
import { SealBroken } from '../platform/vault/index.js';
import { verdictOf, type ChainReaders, type EvidenceBundle, type Fact } from '../proof/index.js';
import { CheckEvidence, fact } from './check-evidence.js';
import { DescribeDocument } from './describe-document.js';
import { ownAddress } from './document-reference.js';
import { FindDocument, type FoundFile } from './find-document.js';
import type { Located } from './locate-document.js';
import type { TypedFacts } from './look-up-by-number.js';
import { VerificationTimes } from './verification-times.js';
import type { VerificationReport } from './verification-report.js';

/** What somebody holds of a document: its address, its PDF or the digest of that, its evidence bundle, or what its paper says. */
export type Subject =
  | { readonly address: Uint8Array }
  | { readonly sha256: Uint8Array }
  | { readonly pdf: Uint8Array }
  | { readonly bundle: EvidenceBundle }
  | { readonly typed: TypedFacts };

type Asking = { readonly chains?: ChainReaders | undefined; readonly reader?: Reader };
type Findings = Pick<VerificationReport, 'facts' | 'document'> & { readonly pendingSince?: Date | undefined };

const NOT_ISSUED_HERE: Findings = {
  facts: [fact('issuer', 'unknown', 'document.not-issued-here')],
  document: null,
};
const NO_SUCH_PAPER: Findings = {
  facts: [fact('issuer', 'unknown', 'document.no-match')],
  document: null,
};
const UNREADABLE: Findings = {
  facts: [fact('integrity', 'unknown', 'integrity.record-unreadable')],
  document: null,
};

const INCOMPLETE: Findings = {
  facts: [fact('integrity', 'unknown', 'integrity.incomplete-pdf')],
  document: null,
};

/** A file that breaks off may well be one of ours: what would have told stands at its end. */
function unlocated({ copy }: FoundFile): Findings {
  return copy?.kind === 'incomplete' ? INCOMPLETE : NOT_ISSUED_HERE;
}

/** Answers anybody: is this genuine, unchanged, in force? With facts, from the stored content and the chain as it is now. */
@Injectable()
export class VerifyDocument {
  constructor(
    private readonly documents: FindDocument,
    private readonly assemble: AssembleEvidence,
    private readonly check: CheckEvidence,
    private readonly describe: DescribeDocument,
    private readonly times: VerificationTimes,
    private readonly metrics: Metrics,
  ) {}

  /** `chains`: instead of asking each chain anew, for the documents of a pile. */
  async execute(subject: Subject, chains?: ChainReaders): Promise<VerificationReport> {
    const { facts, document, pendingSince } = await this.examine(subject, chains);
    const verdict = verdictOf(facts);
    this.metrics.verifications.inc({ verdict });
    return { verdict, facts, document, ...this.times.of(verdict === 'pending' ? pendingSince : undefined) };
  }

  private async examine(subject: Subject, chains: ChainReaders | undefined): Promise<Findings> {
    if ('bundle' in subject) {
      return this.examineBundle(subject.bundle, chains);
    }
    if ('pdf' in subject) {
      const found = await this.documents.byPdf(subject.pdf);
      return found.located === null ? unlocated(found) : this.examineOurs(found.located, { ...found, chains });
    }
    if ('typed' in subject) {
      const known = await this.documents.byPaper(subject.typed);
      return known === null ? NO_SUCH_PAPER : this.examineOurs(known, { chains, reader: 'knows-paper' });
    }
    if ('sha256' in subject) {
      return this.examineDigest(subject.sha256, chains);
    }
    const located = await this.documents.byAddress(subject.address);
    return located === null ? NOT_ISSUED_HERE : this.examineOurs(located, { chains });
  }

  /** A file that has the digest of one that we issued or stamped is that file. */
  private async examineDigest(sha256: Uint8Array, chains: ChainReaders | undefined): Promise<Findings> {
    const located = await this.documents.byDigest(sha256);
    if (located === null) {
      return NOT_ISSUED_HERE;
    }
    const findings = await this.examineOurs(located, { chains });
    const same = fact('integrity', 'holds', 'integrity.pdf-holds');
    const facts = findings.facts.map((given) => (given.code === 'integrity.pdf-not-given' ? same : given));
    return { ...findings, facts };
  }

  private async examineOurs(located: Located, given: Partial<FoundFile> & Asking): Promise<Findings> {
    const evidence = await this.open(located);
    if (evidence === null) {
      return UNREADABLE;
    }
    const { progress, opened } = evidence;
    const checked =
      progress.stage === 'rendering'
        ? this.check.beforeDrawing({ pdf: given.pdf })
        : await this.check.execute(progress.bundle, { ...given, issuer: opened.profile.issuer, isOwnRecord: true });
    const { renderedAt, issuedAt } = evidence.document;
    return {
      facts: await this.withMarkedCopy(await this.describe.judge(checked.facts, evidence), located, given.pdf),
      document: await this.describe.execute(evidence, checked.events, given.reader),
      pendingSince: renderedAt ?? issuedAt,
    };
  }

  /** A copy with the status across it is no altered file, though it is not the issued one either. */
  private async withMarkedCopy(
    facts: readonly Fact[],
    located: Located,
    pdf: Uint8Array | undefined,
  ): Promise<readonly Fact[]> {
    const isChanged = facts.some(({ code }) => code === 'integrity.pdf-changed');
    if (pdf === undefined || !isChanged) {
      return facts;
    }
    const marked = fact('integrity', 'holds', 'integrity.marked-copy');
    return (await this.documents.isMarkedCopy(located, pdf))
      ? facts.map((given) => (given.code === 'integrity.pdf-changed' ? marked : given))
      : facts;
  }

  /** The bundle stands for itself; what is stored here only tells who is behind the store. */
  private async examineBundle(bundle: EvidenceBundle, chains: ChainReaders | undefined): Promise<Findings> {
    const address = ownAddress(bundle.documentAddress, this.times.chainId);
    const located = address === null ? null : await this.documents.byAddress(address);
    const evidence = located === null ? null : await this.open(located);
    const { facts, events } = await this.check.execute(bundle, { chains, issuer: evidence?.opened.profile.issuer });
    const document = evidence === null ? null : await this.describe.execute(evidence, events);
    return {
      facts: evidence === null ? facts : await this.describe.judge(facts, evidence),
      document,
      pendingSince: evidence?.document.issuedAt,
    };
  }

  /** Null when the record was altered behind our back: the answer is then "cannot tell", not a failure of the service. */
  private async open({ issuerId, documentId }: Located): Promise<Evidence | null> {
    try {
      return await this.assemble.execute(issuerId, documentId);
    } catch (error) {
      if (error instanceof SealBroken) {
        return null;
      }
      throw error;
    }
  }
}

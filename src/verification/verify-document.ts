import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { AssembleEvidence, type Evidence } from '../evidence/index.js';
import { Metrics } from '../platform/observability/index.js';
import { SealBroken } from '../platform/vault/index.js';
import { verdictOf, type EvidenceBundle } from '../proof/index.js';
import { CheckEvidence, fact, type Circumstances } from './check-evidence.js';
import { DescribeDocument } from './describe-document.js';
import { ownAddress } from './document-reference.js';
import { LocateDocument, type Located } from './locate-document.js';
import { VerificationTimes } from './verification-times.js';
import type { VerificationReport } from './verification-report.js';

/** What somebody holds of a document: its address, its PDF, or its evidence bundle. */
export type Subject =
  { readonly address: Uint8Array } | { readonly pdf: Uint8Array } | { readonly bundle: EvidenceBundle };

type Findings = Pick<VerificationReport, 'facts' | 'document'> & { readonly pendingSince?: Date | undefined };

const NOT_ISSUED_HERE: Findings = {
  facts: [fact('issuer', 'unknown', 'document.not-issued-here')],
  document: null,
};
const UNREADABLE: Findings = {
  facts: [fact('integrity', 'unknown', 'integrity.record-unreadable')],
  document: null,
};

/** Answers anybody: is this genuine, unchanged, in force? With facts, from the stored content and the chain as it is now. */
@Injectable()
export class VerifyDocument {
  constructor(
    private readonly locate: LocateDocument,
    private readonly assemble: AssembleEvidence,
    private readonly check: CheckEvidence,
    private readonly describe: DescribeDocument,
    private readonly times: VerificationTimes,
    private readonly metrics: Metrics,
  ) {}

  async execute(subject: Subject): Promise<VerificationReport> {
    const { facts, document, pendingSince } = await this.examine(subject);
    const verdict = verdictOf(facts);
    this.metrics.verifications.inc({ verdict });
    return { verdict, facts, document, ...this.times.of(verdict === 'pending' ? pendingSince : undefined) };
  }

  private async examine(subject: Subject): Promise<Findings> {
    if ('bundle' in subject) {
      return this.examineBundle(subject.bundle);
    }
    const located = await this.find(subject);
    return located === null ? NOT_ISSUED_HERE : this.examineOurs(located, 'pdf' in subject ? subject : {});
  }

  private async find(subject: { address: Uint8Array } | { pdf: Uint8Array }): Promise<Located | null> {
    if ('address' in subject) {
      return this.locate.byAddress(subject.address);
    }
    const sha256 = createHash('sha256').update(subject.pdf).digest();
    return (await this.locate.byFileDigest(sha256)) ?? (await this.locate.byMention(subject.pdf));
  }

  private async examineOurs(located: Located, { pdf }: Circumstances): Promise<Findings> {
    const evidence = await this.open(located);
    if (evidence === null) {
      return UNREADABLE;
    }
    const { progress, opened } = evidence;
    const checked =
      progress.stage === 'rendering'
        ? this.check.beforeDrawing({ pdf })
        : await this.check.execute(progress.bundle, { pdf, issuer: opened.profile.issuer });
    const { renderedAt, issuedAt } = evidence.document;
    return {
      facts: await this.describe.judge(checked.facts, evidence),
      document: await this.describe.execute(evidence, checked.events),
      pendingSince: renderedAt ?? issuedAt,
    };
  }

  /** The bundle stands for itself; what is stored here only tells who is behind the store. */
  private async examineBundle(bundle: EvidenceBundle): Promise<Findings> {
    const address = ownAddress(bundle.documentAddress, this.times.chainId);
    const located = address === null ? null : await this.locate.byAddress(address);
    const evidence = located === null ? null : await this.open(located);
    const { facts, events } = await this.check.execute(bundle, { issuer: evidence?.opened.profile.issuer });
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

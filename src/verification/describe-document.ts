import { Injectable } from '@nestjs/common';
import { DocumentKinds, OpenEvent, outOfForceMark } from '../documents/index.js';
import type { Evidence } from '../evidence/index.js';
import { to0x } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { formatCaip10, type Fact } from '../proof/index.js';
import { withRecordedStatus } from './status-of-record.js';
import type { PublicAnchor, PublicDocument } from './verification-report.js';

/** Says of a document what anybody may know: MUST show of its content only what its kind calls public. */
@Injectable()
export class DescribeDocument {
  constructor(
    private readonly kinds: DocumentKinds,
    private readonly openEvent: OpenEvent,
    private readonly settings: Settings,
  ) {}

  async execute({ document, opened, events, progress }: Evidence): Promise<PublicDocument> {
    const kind = await this.kinds.get(document.kind);
    const { name, domain, store, mandate } = opened.profile.issuer;
    return {
      documentAddress: formatCaip10({ chainId: this.settings.chainId, address: document.documentAddress }),
      docId: to0x(document.docId),
      kind: document.kind,
      title: kind.title,
      number: document.number,
      issuedAt: document.issuedAt,
      issuer: { name, domain, store, mandate },
      publicFacts: kind.publicFacts(opened.core),
      status: document.status,
      outOfForce: outOfForceMark(kind.lifeCycle, document.status) ?? null,
      // What was recorded with an event is nobody's business but the issuer's.
      history: events.map(({ type, at }) => ({ type, at })),
      anchors: anchorsOf(progress),
    };
  }

  /** The facts with what our record knows of the status. */
  async judge(facts: readonly Fact[], evidence: Evidence): Promise<Fact[]> {
    return withRecordedStatus(facts, await this.kinds.get(evidence.document.kind), evidence, this.openEvent);
  }
}

function anchorsOf(progress: Evidence['progress']): PublicAnchor[] {
  if (progress.stage === 'rendering') {
    return [];
  }
  const { anchors, document } = progress.bundle;
  // The first hash of the proof is the docId, which the document knows itself.
  const proofLength = document.signature.proof.length - 1;
  return anchors.map((anchor) => ({ ...anchor, proofLength, leaf: `0x${document.signature.targetHash}` }));
}

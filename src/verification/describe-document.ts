import { Injectable } from '@nestjs/common';
import { DocumentKinds, OpenEvent, outOfForceMark, type Reader } from '../documents/index.js';
import type { Evidence } from '../evidence/index.js';
import { to0x } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { formatCaip10, type EventFinding, type EvidenceBundle, type Fact, type Verdict } from '../proof/index.js';
import { withRecordedStatus } from './status-of-record.js';
import type { PublicAnchor, PublicDocument } from './verification-report.js';

/** Says of a document what its reader may know: MUST show of its content only what its kind tells such a reader. */
@Injectable()
export class DescribeDocument {
  constructor(
    private readonly kinds: DocumentKinds,
    private readonly openEvent: OpenEvent,
    private readonly settings: Settings,
  ) {}

  /** `findings` about the events, whatever evidence they come from: they are matched by leaf. */
  async execute(
    { document, opened, events, progress }: Evidence,
    findings: readonly EventFinding[],
    reader: Reader = 'anybody',
  ): Promise<PublicDocument> {
    const kind = await this.kinds.get(document.kind);
    const { name, domain, store, mandate } = opened.profile.issuer;
    const told = kind.publicFacts(opened.core, reader);
    return {
      documentAddress: formatCaip10({ chainId: this.settings.chainId, address: document.documentAddress }),
      docId: to0x(document.docId),
      kind: document.kind,
      title: kind.title,
      number: document.number,
      issuedAt: document.issuedAt,
      issuer: { name, domain, store, mandate },
      publicFacts: told,
      isUnmasked: JSON.stringify(told) !== JSON.stringify(kind.publicFacts(opened.core)),
      status: document.status,
      outOfForce: outOfForceMark(kind.lifeCycle, document.status) ?? null,
      // What was recorded with an event is nobody's business but the issuer's.
      history: events.map(({ type, at, leaf }, index) => ({
        ...{ type, at, verdict: leaf === null ? 'pending' : verdictOn(to0x(leaf), findings) },
        anchors: progress.stage === 'rendering' ? [] : anchorsOfEvent(progress.bundle, index),
      })),
      anchors: progress.stage === 'rendering' ? [] : anchorsOfEvent(progress.bundle, 0),
      credentialStatus: progress.stage === 'rendering' ? [] : (progress.bundle.credentialStatus ?? []),
    };
  }

  /** The facts with what our record knows of the status. */
  async judge(facts: readonly Fact[], evidence: Evidence): Promise<Fact[]> {
    return withRecordedStatus(facts, await this.kinds.get(evidence.document.kind), evidence, this.openEvent);
  }
}

function verdictOn(leaf: string, findings: readonly EventFinding[]): Verdict | null {
  return findings.find((finding) => finding.leaf === leaf)?.verdict ?? null;
}

function anchorsOfEvent({ document, leaf, anchors, events }: EvidenceBundle, index: number): PublicAnchor[] {
  if (index === 0) {
    // The first hash of the proof is the docId, which the document knows itself.
    const proofLength = document.signature.proof.length - 1;
    return anchors.map((anchor) => ({ ...anchor, proofLength, leaf }));
  }
  const event = events[index];
  const proofLength = event?.proof?.length ?? 0;
  return (event?.anchors ?? []).map((anchor) => ({ ...anchor, proofLength, leaf: event?.leaf ?? '' }));
}

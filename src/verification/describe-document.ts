import { Injectable } from '@nestjs/common';
import { DocumentKinds } from '../documents/index.js';
import type { Evidence } from '../evidence/index.js';
import { to0x } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { formatCaip10 } from '../proof/index.js';
import type { PublicAnchor, PublicDocument } from './verification-report.js';

/** Says of a document what anybody may know: MUST show of its content only what its kind calls public. */
@Injectable()
export class DescribeDocument {
  constructor(
    private readonly kinds: DocumentKinds,
    private readonly settings: Settings,
  ) {}

  execute({ document, opened, progress }: Evidence): PublicDocument {
    const kind = this.kinds.get(document.kind);
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
      anchors: anchorsOf(progress),
    };
  }
}

function anchorsOf(progress: Evidence['progress']): PublicAnchor[] {
  if (progress.stage === 'rendering') {
    return [];
  }
  const { anchors, document } = progress.bundle;
  // The first hash of the proof is the docId, which the document knows itself.
  const proofLength = document.signature.proof.length - 1;
  return anchors.map((anchor) => ({ ...anchor, proofLength }));
}

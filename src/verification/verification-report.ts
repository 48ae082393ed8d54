import type { PublicFact } from '../documents/index.js';
import type { EvidenceAnchor, Fact, StatusEntry, Verdict } from '../proof/index.js';

/** What anybody may know of a document. */
export type PublicDocument = {
  /** CAIP-10. */
  readonly documentAddress: string;
  readonly docId: string;
  readonly kind: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly number: string;
  readonly issuedAt: Date;
  readonly issuer: {
    readonly name: string;
    readonly domain: string;
    readonly store: string;
    /** `sample`: no law stands behind the document. */
    readonly mandate: 'sample' | 'state';
  };
  /** Where its kind's life cycle has led it. */
  readonly status: string;
  /** What is said across a document that is no longer in force; null while it is. */
  readonly outOfForce: { readonly zh: string; readonly en: string } | null;
  /** Oldest first. */
  readonly history: readonly PublicEvent[];
  readonly publicFacts: readonly PublicFact[];
  /** Whether more is told than anybody may know, to somebody who named what the paper says. */
  readonly isUnmasked: boolean;
  readonly anchors: readonly PublicAnchor[];
  /** Where it stands in the issuer's status lists; empty until it is in a batch. */
  readonly credentialStatus: readonly StatusEntry[];
};

/** Something that happened to a document, as far as anybody may know. */
export type PublicEvent = {
  readonly type: string;
  readonly at: Date;
  /**
   * Of the event's evidence alone: `pending` until the chain holds it. Null when the evidence that was handed in does not
   * list the event.
   */
  readonly verdict: Verdict | null;
  readonly anchors: readonly PublicAnchor[];
};

export type PublicAnchor = EvidenceAnchor & {
  /** Hashes between the entry and the root. */
  readonly proofLength: number;
  /** Of the document, what the chain is asked about to learn whether it is revoked; of a later event, what is anchored. */
  readonly leaf: string;
};

export type VerificationReport = {
  readonly verdict: Verdict;
  readonly facts: readonly Fact[];
  readonly checkedAt: Date;
  /** When a pending document should be on the chain; null when nothing is pending. */
  readonly expectedAt: Date | null;
  /** Null when the document was not issued here, or its record cannot be read. */
  readonly document: PublicDocument | null;
};

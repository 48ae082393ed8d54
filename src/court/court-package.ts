import type { EvidenceAnchor } from '../proof/index.js';
import type { VerificationReport } from '../verification/index.js';

/** As many documents as one package may have: what a case needs, and a request that ends within minutes. */
export const MOST_DOCUMENTS = 100;

/** A file of the package before it is packed. */
export type PackedFile = { readonly name: string; readonly bytes: Uint8Array };

/** A document with all that is handed on of it. */
export type CollectedDocument = {
  /** The folder that its files are in. */
  readonly folder: string;
  readonly number: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly issuer: string;
  readonly issuedAt: Date;
  readonly docId: string;
  readonly documentAddress: string;
  readonly leaf: string | null;
  readonly files: readonly PackedFile[];
  readonly report: VerificationReport;
  /** Of the document, then of its later events. */
  readonly anchors: readonly EvidenceAnchor[];
};

/** The chain as it was when the package was made; `head` is null when it could not be asked. */
export type AskedChain = {
  readonly chainId: string;
  readonly head: { readonly number: number; readonly hash: string } | null;
};

/** What the report says was done. */
export type Examination = {
  readonly at: Date;
  readonly program: string;
  readonly chains: readonly AskedChain[];
  readonly documents: readonly Omit<CollectedDocument, 'files'>[];
  readonly isVerifierInside: boolean;
};

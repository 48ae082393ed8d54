import type { EvidenceBundle, Examination, OpenedChains } from '../../src/proof/index.js';

/** What was found in a file, here. */
export type Found = {
  readonly examination: Examination;
  readonly sha256: string;
  readonly checkedAt: Date;
  /** Where the nodes are that answered. */
  readonly asked: readonly string[];
  /** Names of those whose certificates were believed. */
  readonly authorities: readonly string[];
  /** Asks the same nodes. */
  readonly chains: OpenedChains['chains'];
  /** What became of the issuer's signed status lists. */
  readonly lists: ListsState;
  /** What proves the document: in the file or beside it. Null when neither has it. */
  readonly evidence: () => Promise<EvidenceBundle | null>;
};

/**
 * What became of the issuer's signed status lists. `not-needed`: the chain and the file leave nothing open that a list could
 * tell. `not-allowed`: they do, and the visitor has not allowed to ask the service. `asked`: it gave them; `silent`: it gave none.
 */
export type ListsState = 'not-needed' | 'not-allowed' | 'asked' | 'silent';

import { FINDING_TEXTS } from './finding-texts.js';

export type FindingCode = keyof typeof FINDING_TEXTS;

/** What a finding is about: ids, numbers and hashes, never what a document says. */
export type Place = {
  readonly issuerId?: string;
  readonly documentId?: string;
  /** As it is stored beside the document. */
  readonly number?: string;
  readonly seq?: number;
  readonly batchId?: string;
  readonly chainId?: number;
  /** How many documents are concerned, when it is not one. */
  readonly documents?: number;
  /** 0x hex: what `reconcile` would hand over to be anchored. */
  readonly entry?: string;
  /** What was expected and what is there, as far as that may be told. */
  readonly detail?: string;
};

/** One difference between what is stored and what follows from it, or between what is stored and what the chain says. */
export type Finding = Place & { readonly code: FindingCode };

/** `not-asked`: nothing was found wrong, and nothing was shown to be right. */
export type Gravity = 'damage' | 'repairable' | 'not-asked';

export function gravityOf({ code }: Pick<Finding, 'code'>): Gravity {
  return FINDING_TEXTS[code].gravity;
}

/** The finding with a sentence on what it means and one on what to do. */
export function explained(finding: Finding): Finding & { gravity: Gravity; means: string; do: string } {
  const { gravity, means, todo } = FINDING_TEXTS[finding.code];
  return { ...finding, gravity, means, do: todo };
}

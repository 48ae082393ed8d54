import type { Found } from './found.js';
import { headlineOf, type Headline } from './headline.js';
import type { Said } from './service.js';
import type { Words } from './words.js';

/** One of many files. */
export type PileRow = {
  readonly found: Found;
  /** `undefined` while the service has not answered, and where there is none to ask. */
  said?: Said;
  readonly sameAs: Twin | null;
};

/** The first file of the pile that is the same, or that says it is the same document. */
export type Twin = { readonly name: string; readonly isSameFile: boolean };

export function twinText({ name, isSameFile }: Twin, { pile }: Words): string {
  return isSameFile ? pile.duplicate(name) : pile.sameDocument(name);
}

/** How many files of a pile came to which result, in the order in which they were met. */
export function countsOf(rows: readonly PileRow[]): ReadonlyMap<Headline, number> {
  const counts = new Map<Headline, number>();
  for (const { found } of rows) {
    const headline = headlineOf(found);
    counts.set(headline, (counts.get(headline) ?? 0) + 1);
  }
  return counts;
}

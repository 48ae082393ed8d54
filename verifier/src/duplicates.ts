import type { Examination } from '../../src/proof/index.js';

/** Remembers which documents were there already. */
export type Copies = {
  /** The name of the file that was the first of the same document, and of the same sort; undefined for a first one. */
  readonly firstLike: (found: Pick<Examination, 'name' | 'kind' | 'documentAddress'>) => string | undefined;
};

/**
 * Two PDFs of one document are one invoice, however they are named: whoever books a pile must count it once. A PDF and its
 * evidence are not two invoices.
 */
export function duplicatesIn(): Copies {
  const first = new Map<string, string>();
  return {
    firstLike: ({ name, kind, documentAddress }) => {
      if (documentAddress === null) {
        return undefined;
      }
      const key = `${kind.includes('pdf') || kind === 'anchored-copy' ? 'pdf' : 'data'} ${documentAddress}`;
      const earlier = first.get(key);
      first.set(key, earlier ?? name);
      return earlier;
    },
  };
}

import type { Exhibit } from '../../vectors/museum/piece.js';

/**
 * A pile in as few heaps as can be judged together. Whoever is handed a heap takes a bundle in it as evidence for every PDF
 * that it fits, so bundles lie apart from PDFs, and what comes with something beside it lies alone.
 */
export function heapsOf(pile: readonly Exhibit[]): readonly (readonly Exhibit[])[] {
  const isJson = ({ fileName }: Exhibit): boolean => fileName.endsWith('.json');
  const isAlone = ({ bundle, statusLists }: Exhibit): boolean => bundle !== undefined || statusLists !== undefined;
  const together = pile.filter((exhibit) => !isAlone(exhibit));
  const heaps = [
    together.filter((exhibit) => !isJson(exhibit)),
    together.filter(isJson),
    ...pile.filter(isAlone).map((exhibit) => [exhibit]),
  ];
  return heaps.filter(({ length }) => length > 0);
}

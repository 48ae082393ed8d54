import { parseArgs } from 'node:util';

export type AnchoringOptions = {
  /** Entries that wait at the same time. */
  readonly entries: number;
  /** Leaves of the one large batch. */
  readonly leaves: number;
  /** Proofs that are cut from it. */
  readonly proofs: number;
};

export const USAGE = `npm run bench:anchoring -- [options]
  --entries 40000    entries handed over at once; 0: leave this part out
  --leaves 1000000   leaves of one large batch; 0: leave this part out
  --proofs 2000      proofs cut from it`;

/** Throws an `Error` that says what is wrong with the command line. */
export function readOptions(args: string[]): AnchoringOptions {
  const { values } = parseArgs({
    args,
    options: { entries: { type: 'string' }, leaves: { type: 'string' }, proofs: { type: 'string' } },
  });
  return {
    entries: whole('entries', values.entries, 40_000),
    leaves: whole('leaves', values.leaves, 1_000_000),
    proofs: whole('proofs', values.proofs, 2_000),
  };
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new Error(`--${name} needs a whole number.`);
  }
  return value;
}

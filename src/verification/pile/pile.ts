import type { Verdict } from '../../proof/index.js';
import type { VerificationReport } from '../verification-report.js';
import type { FileRefused } from '../verification.errors.js';

export { PILE_LIMITS } from './pile-limits.js';

export const MEGABYTE = 1024 * 1024;

/** One file of a pile, which is either refused unread or can be read when its turn comes. */
export type PileFile = { readonly fileName: string; readonly archive?: string } & (
  | { readonly refusal: FileRefused }
  /** Throws `FileRefused` when it cannot be unpacked. */
  | { readonly read: () => Promise<Buffer> }
);

/** One of the same pile that came before. */
export type Duplicate = {
  /** Its place in the pile, from 1. */
  readonly of: number;
  /** `bytes`: the same file again. `document`: another file of the same document, such as its anchored copy. */
  readonly by: 'bytes' | 'document';
};

/** What is said of one file; in the order of the pile. */
export type PileAnswer = {
  /** Its place in the pile, from 1. */
  readonly n: number;
  readonly fileName: string;
  readonly archive?: string;
  readonly duplicate?: Duplicate;
} & ({ readonly report: VerificationReport } | { readonly refusal: FileRefused });

/** How many files of each verdict, and how many that could not be read as a document. */
export type PileCounts = Record<Verdict | 'refused', number>;

import type { EvidenceBundle, Verdict } from '../../../src/proof/index.js';
import type { Originals } from './originals.js';

/** Who is shown a piece: `POST /v1/verifications`, the verifier's command, the page in Chromium. */
export type Judge = 'server' | 'command' | 'browser';
export const JUDGES: readonly Judge[] = ['server', 'command', 'browser'];

/** What a judge says. `refused`: that it does not look at such a thing, and why. */
export type Finding = {
  readonly verdict: Verdict | 'refused';
  /**
   * The codes that decide it, all of them: of `not-valid` the facts that fail, of `cannot-tell` and `pending` those that are
   * open, of `refused` the problem. Of `valid`, where nothing decides, the facts that must be among those that hold.
   */
  readonly by: readonly string[];
};

/** How a node of the chain answers whoever asks it. */
export type Mood =
  | 'honest'
  /** Breaks every connection. */
  | 'down'
  /** Says that it serves another chain, and answers from there: where nothing of ours is. */
  | 'of-another-chain'
  /** Has not seen the block with the anchors yet. */
  | 'behind'
  /** Answers what it is asked of contracts as it was before the first anchor; all else as it is. */
  | 'denies-anchors'
  /** The same before the revocations. */
  | 'hides-revocations'
  /** Every store has issued every root, and revoked nothing. */
  | 'vouches-for-all';

export type Circumstances = {
  /** Of the three nodes that every judge asks. */
  readonly nodes: readonly [Mood, Mood, Mood];
  /** Of the verifier's own clock; `right` unless told. */
  readonly clock?: 'right' | 'ten-years-slow' | 'ten-years-fast';
};

export const ALL_WELL: Circumstances = { nodes: ['honest', 'honest', 'honest'] };

/** What is handed to the judges. */
export type Exhibit = {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Handed in beside a PDF. The service has its own. */
  readonly bundle?: EvidenceBundle;
  /** Signed status lists at hand, as they are served. */
  readonly statusLists?: readonly string[];
};

/** A document that somebody broke, or that only looks broken. */
export type Piece = {
  readonly id: string;
  /** What was done to it. */
  readonly done: string;
  /** Why it matters that a verifier sees it. */
  readonly why: string;
  readonly make: (originals: Originals) => Exhibit | Promise<Exhibit>;
  readonly circumstances?: Circumstances;
  readonly expected: Finding;
  /** Where a judge rightly says something else, and why. */
  readonly otherwise?: Partial<Readonly<Record<Judge, Finding & { readonly because: string }>>>;
};

export type Room = { readonly name: string; readonly pieces: readonly Piece[] };

export const notValid = (...by: readonly string[]): Finding => ({ verdict: 'not-valid', by });
export const cannotTell = (...by: readonly string[]): Finding => ({ verdict: 'cannot-tell', by });
export const pending = (...by: readonly string[]): Finding => ({ verdict: 'pending', by });
export const valid = (...by: readonly string[]): Finding => ({ verdict: 'valid', by });
export const refused = (...by: readonly string[]): Finding => ({ verdict: 'refused', by });

/** The same finding, with the reason why this judge has it. */
export function because(reason: string, finding: Finding): Finding & { readonly because: string } {
  return { ...finding, because: reason };
}

export function pdf(bytes: Uint8Array, beside: Pick<Exhibit, 'bundle' | 'statusLists'> = {}): Exhibit {
  return { fileName: 'document.pdf', bytes, ...beside };
}

export function json(value: unknown, beside: Pick<Exhibit, 'statusLists'> = {}): Exhibit {
  return { fileName: 'evidence.json', bytes: new TextEncoder().encode(JSON.stringify(value)), ...beside };
}

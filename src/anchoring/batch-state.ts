/**
 * The life of an anchor, that is of a batch's root on one chain. (A batch itself never changes: it is sealed or it is not there.)
 *
 * - `pending`: sealed; no transaction of ours carries the root.
 * - `submitted`: a stored transaction carries it, and may or may not have been sent.
 * - `anchored`: the store has recorded the root, in a block of which number and hash are kept.
 * - `confirmed`: as many blocks as configured lie on that block.
 * - `final`: that block can no longer be undone.
 */
export type AnchorState = 'pending' | 'submitted' | 'anchored' | 'confirmed' | 'final';

/**
 * Every move there is. A reorganised chain sends an anchor back, never to "invalid": to `submitted` when a transaction of
 * ours had carried the root, since its bytes can be sent again, and to `pending` when a stranger's or a forgotten one had.
 */
export const NEXT_STATES = {
  pending: ['submitted', 'anchored'],
  submitted: ['anchored', 'pending'],
  anchored: ['confirmed', 'submitted', 'pending'],
  confirmed: ['final', 'submitted', 'pending'],
  final: [],
} as const satisfies Record<AnchorState, readonly AnchorState[]>;

/** Whether the table above has this move. */
export function canMove(from: AnchorState, to: AnchorState): boolean {
  return (NEXT_STATES[from] as readonly AnchorState[]).includes(to);
}

/** The states from which `to` may be reached: what the condition of an update names. */
export function statesBefore(to: AnchorState): readonly AnchorState[] {
  return (Object.keys(NEXT_STATES) as AnchorState[]).filter((from) => canMove(from, to));
}

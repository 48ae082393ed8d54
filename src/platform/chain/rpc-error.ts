import type { RefusalReason } from './chain.errors.js';

/** What a node answered when it answered with an error. */
type RpcError = { readonly code?: number; readonly message?: string };
type Wrapped = { readonly error?: RpcError; readonly info?: Wrapped };

/** Nodes agree on the meaning of these refusals, not on the words; ethers knows only some of them. */
const REFUSALS: readonly (readonly [RefusalReason | 'known' | 'nonce-too-low', RegExp])[] = [
  ['known', /already.?(known|imported|exists|in mempool)|known transaction/i],
  ['nonce-too-low', /nonce.{0,12}too.?low|old ?nonce/i],
  ['underpriced', /underpriced|fee.{0,12}too.?low|less than block base fee/i],
  ['insufficient-funds', /insufficient.(funds|balance)/i],
];

/** "Limit exceeded" (EIP-1474) and "internal error" (JSON-RPC 2.0). */
const BUSY_CODES: ReadonlySet<number> = new Set([-32_005, -32_603]);

/** The node's own error inside the one that ethers throws; null when no node answered. */
function rpcErrorOf(error: unknown): RpcError | null {
  if (typeof error !== 'object' || error === null) {
    return null;
  }
  const wrapped = error as Wrapped;
  return wrapped.error ?? wrapped.info?.error ?? wrapped.info?.info?.error ?? null;
}

/** Whether a node answered, be it with an error. Otherwise nothing is known. */
export function isAnswer(error: unknown): boolean {
  return rpcErrorOf(error) !== null;
}

/** Whether a call came to a contract that refused it. A node that is too busy answers with errors too. */
export function isRevert(error: unknown): boolean {
  const answer = rpcErrorOf(error);
  return answer !== null && (answer.code === 3 || /revert|invalid opcode/i.test(answer.message ?? ''));
}

/** Whether a node answered that it cannot answer now: it may be asked again. What it does not know, it words otherwise. */
export function isBusy(error: unknown): boolean {
  const { code = 0, message = '' } = rpcErrorOf(error) ?? {};
  return (
    BUSY_CODES.has(code) || /limit|too many|busy|time.?d? ?out|temporar|internal|overload|capacity|again/i.test(message)
  );
}

/** Why a node did not take a transaction. */
export function readRefusal(error: unknown): {
  readonly refusal: RefusalReason | 'known' | 'nonce-too-low';
  readonly detail: string;
} {
  const detail = rpcErrorOf(error)?.message ?? 'no reason given';
  return { refusal: REFUSALS.find(([, words]) => words.test(detail))?.[0] ?? 'other', detail };
}

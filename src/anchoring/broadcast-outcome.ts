import { type BroadcastResult, TransactionRefused } from '../platform/chain/index.js';

/**
 * What became of bytes that were sent. `sent`: a node has them. `taken`: something with their nonce is in a block; look which.
 * `unpaid`: the account cannot pay for what they offer. `refused`: for another reason, which the node's words tell.
 */
export type BroadcastOutcome = 'sent' | 'taken' | 'underpriced' | 'unpaid' | 'refused';

const BY_REASON = { underpriced: 'underpriced', 'insufficient-funds': 'unpaid', other: 'refused' } as const;

export function outcomeOf(said: BroadcastResult | TransactionRefused): BroadcastOutcome {
  if (said instanceof TransactionRefused) {
    return BY_REASON[said.reason];
  }
  return said === 'nonce-too-low' ? 'taken' : 'sent';
}

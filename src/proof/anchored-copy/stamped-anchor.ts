import type { EvidenceAnchor } from '../evidence-bundle.js';

/** Where the chain holds a root, as far as it is known; see `EvidenceAnchor`. */
export type StampedAnchor = Omit<EvidenceAnchor, 'state'>;

/** Exactly the fields of a stamped anchor, whatever else the object has. */
export function placeOf(anchor: StampedAnchor): StampedAnchor {
  const { chainId, store, root, batchSize, leafIndex, transactionHash, blockNumber, blockHash, blockTime } = anchor;
  return { chainId, store, root, batchSize, leafIndex, transactionHash, blockNumber, blockHash, blockTime };
}

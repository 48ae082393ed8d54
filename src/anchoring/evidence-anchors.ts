import { to0x } from '../kernel/index.js';
import { formatCaip2, type EvidenceAnchor } from '../proof/index.js';
import type { AnchorOfRoot, ProofOfLeaf } from './read-proof.js';

/** Where an entry stands that was sealed into a batch. */
export type PlaceInBatch = Extract<ProofOfLeaf, { state: 'sealed' }>;

/**
 * The anchors of an entry's root as evidence names them, without those that no transaction carries: there is nothing that a
 * verifier could ask for yet.
 *
 * @param store of the issuer.
 */
export function evidenceAnchors(place: PlaceInBatch, store: string): EvidenceAnchor[] {
  return place.anchors.flatMap((anchor) => anchorOf(place, anchor, store));
}

function anchorOf(place: PlaceInBatch, anchor: AnchorOfRoot, store: string): EvidenceAnchor[] {
  const { state } = anchor;
  if (state === 'pending') {
    return [];
  }
  return [
    {
      chainId: formatCaip2(anchor.chainId),
      store,
      root: to0x(place.root),
      batchSize: place.batchSize,
      leafIndex: place.leafIndex,
      state,
      transactionHash: anchor.transactionHash,
      blockNumber: anchor.blockNumber,
      blockHash: anchor.blockHash,
      blockTime: anchor.blockTime?.toISOString() ?? null,
    },
  ];
}

import { to0x } from '../kernel/index.js';
import { isAhead, whyNoAnswer, type ChainReaders } from './chain-reader.js';
import type { EvidenceAnchor } from './evidence-bundle.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/** A root, the store of the issuer that the document names, and where the root is said to be recorded. */
export type AnchoredRoot = {
  readonly store: string;
  readonly root: Uint8Array;
  readonly anchors: readonly PlaceToAsk[];
};

export type PlaceToAsk = Pick<EvidenceAnchor, 'chainId' | 'state' | 'transactionHash' | 'blockNumber' | 'blockTime'>;

/**
 * Does the issuer's store hold the root on at least one chain? Always the store that the document names is asked, never
 * the one the anchor names. One chain that says yes is enough; a "no" counts only when every chain has answered.
 */
export async function checkAnchor(anchored: AnchoredRoot, chains: ChainReaders): Promise<Fact> {
  const { anchors } = anchored;
  if (anchors.length === 0) {
    return unknown('anchor', 'pending');
  }
  const facts = await Promise.all(anchors.map((anchor) => checkOne(anchored, anchor, chains)));
  return facts.reduce((best, fact) => (rank(fact) < rank(best) ? fact : best));
}

async function checkOne(anchored: AnchoredRoot, anchor: PlaceToAsk, chains: ChainReaders): Promise<Fact> {
  const { store } = anchored;
  const root = to0x(anchored.root);
  const detail = detailOf(anchor, store, root);
  const chain = chains(anchor.chainId);
  if (chain === undefined) {
    return unknown('anchor', 'chain-not-known', detail);
  }
  try {
    const isThere = await chain.hasCode(store);
    if (isThere && (await chain.isIssued(store, root))) {
      return holds('anchor', 'holds', detail);
    }
    if (anchor.state === 'submitted') {
      return unknown('anchor', 'pending', detail);
    }
    if (await isAhead(anchor, chain)) {
      return unknown('anchor', 'node-behind', detail);
    }
    return fails('anchor', isThere ? 'not-anchored' : 'no-store', detail);
  } catch (error) {
    return unknown('anchor', whyNoAnswer(error), detail);
  }
}

/** Best first: an answer "yes", then what could not be asked, then what is still coming, then "no". */
function rank({ outcome, code }: Fact): number {
  if (outcome === 'unknown') {
    return code === 'anchor.pending' ? 2 : 1;
  }
  return outcome === 'holds' ? 0 : 3;
}

function detailOf(anchor: PlaceToAsk, store: string, root: string): Record<string, string> {
  return {
    chainId: anchor.chainId,
    store,
    root,
    // Where to look. The time is left out: nobody was asked about it, and beside "holds" it would be believed.
    ...(anchor.transactionHash === null ? {} : { transactionHash: anchor.transactionHash }),
  };
}

import { to0x } from '../kernel/index.js';
import { NO_ANSWERS, whyNoAnswer, type ChainReader, type ChainReaders } from './chain-reader.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { recordedEnd } from './event-status.js';
import { nodesOnPath } from './inclusion-proof.js';
import { listedStatusOf, type StatusLists } from './status-by-list.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/** Asked where the chain cannot be. */
export type ListsAtHand = {
  readonly statusLists?: StatusLists;
  /** Whether the bundle comes from the issuer or its service: the place of a document in the lists is not under the leaf. */
  readonly isPlaceInListsProven?: boolean;
};

/**
 * Is the document in force? The store may have revoked the leaf, the docId, the root, or any node between (a part of a
 * batch): all are asked, on every chain the document is anchored on. What the chain says outweighs everything. After it
 * come the events: a document that is said to be revoked, reversed or replaced is out of force although the chain does not
 * know (yet); without such an event the chain alone decides. Where it cannot be asked, a status list of the issuer is the
 * next best: it says how old it is. It is believed in full where the place in the list comes from the issuer; a place that
 * whoever holds the document has written may be another document's, so such a list can only say that the document is over.
 */
export async function checkStatus(
  document: DocumentUnderTest,
  chains: ChainReaders,
  lists: ListsAtHand = {},
): Promise<Fact> {
  const { anchors } = document.bundle;
  const chainIds = new Set(anchors.length === 0 ? [document.chainId] : anchors.map(({ chainId }) => chainId));
  const facts = await Promise.all([...chainIds].map((chainId) => checkOne(document, chainId, chains(chainId))));
  const revoked = [...facts, ...(await atHome(document, chainIds, chains))].find(({ outcome }) => outcome === 'fails');
  if (revoked !== undefined) {
    return revoked;
  }
  const recorded = statusByEvents(document);
  if (recorded !== undefined) {
    return recorded;
  }
  const open = facts.find(({ outcome }) => outcome === 'unknown');
  const listed = open !== undefined && CANNOT_ASK.has(open.code) ? await listedStatus(document, lists) : undefined;
  return listed ?? open ?? holds('status', 'holds');
}

/**
 * Whoever hands a bundle on may have left the anchor out that is on the document's own chain, which is under the leaf: a
 * revocation there counts. That there is none, or nobody to ask, says nothing of the chains where the anchors are.
 */
async function atHome(
  document: DocumentUnderTest,
  asked: ReadonlySet<string>,
  chains: ChainReaders,
): Promise<readonly Fact[]> {
  const { chainId } = document;
  const chain = asked.has(chainId) ? undefined : chains(chainId);
  return chain === undefined ? [] : [await checkOne(document, chainId, chain)];
}

async function listedStatus(
  document: DocumentUnderTest,
  { statusLists, isPlaceInListsProven = true }: ListsAtHand,
): Promise<Fact | undefined> {
  const listed = await listedStatusOf(document, statusLists);
  return listed?.outcome === 'holds' && !isPlaceInListsProven
    ? unknown('status', 'list-place-unproven', listed.detail)
    : listed;
}

/** What the events say against the document; undefined when they say nothing. */
function statusByEvents(document: DocumentUnderTest): Fact | undefined {
  const { events } = document.bundle;
  const kind = document.field('kind');
  const end = recordedEnd(events, kind);
  if (end !== undefined) {
    return fails('status', end.name, { at: end.at });
  }
  // Only some kinds end with a release; which kind this is, the holder has hidden.
  return kind === '' && events.some(({ type }) => type === 'released') ? unknown('status', 'kind-hidden') : undefined;
}

/** That there is no store on the chain is an answer; these are none. */
const CANNOT_ASK: ReadonlySet<string> = new Set([
  'status.chain-not-known',
  ...NO_ANSWERS.map((why) => `status.${why}`),
]);

async function checkOne(document: DocumentUnderTest, chainId: string, chain: ChainReader | undefined): Promise<Fact> {
  const { store } = document;
  const detail = { chainId, store };
  if (chain === undefined) {
    return unknown('status', 'chain-not-known', detail);
  }
  try {
    if (!(await chain.hasCode(store))) {
      return unknown('status', document.bundle.anchors.length === 0 ? 'pending' : 'no-store', detail);
    }
    const hashes = [...nodesOnPath(document.leaf, document.proof), ...document.proof.slice(0, 1)].map(to0x);
    const answers = await Promise.all(hashes.map((hash) => chain.isRevoked(store, hash)));
    const revoked = hashes[answers.indexOf(true)];
    return revoked === undefined ? holds('status', 'holds') : fails('status', 'revoked', { ...detail, hash: revoked });
  } catch (error) {
    return unknown('status', whyNoAnswer(error), detail);
  }
}

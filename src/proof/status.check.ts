import { to0x } from '../kernel/index.js';
import type { ChainReader, ChainReaders } from './chain-reader.js';
import type { DocumentUnderTest } from './document-under-test.js';
import { recordedEnd } from './event-status.js';
import { nodesOnPath } from './inclusion-proof.js';
import { listedStatusOf, type StatusLists } from './status-by-list.js';
import { fails, holds, unknown } from './verdict.js';
import type { Fact } from './verdict.js';

/**
 * Is the document in force? The store may have revoked the leaf, the docId, the root, or any node between (a part of a
 * batch): all are asked, on every chain the document is anchored on. What the chain says outweighs everything. After it
 * come the events: a document that is said to be revoked, reversed or replaced is out of force although the chain does not
 * know (yet); without such an event the chain alone decides. Where it cannot be asked, a status list of the issuer is the
 * next best: it says how old it is.
 */
export async function checkStatus(
  document: DocumentUnderTest,
  chains: ChainReaders,
  lists?: StatusLists,
): Promise<Fact> {
  const { anchors, events } = document.bundle;
  const chainIds = new Set(anchors.length === 0 ? [document.chainId] : anchors.map(({ chainId }) => chainId));
  const facts = await Promise.all([...chainIds].map((chainId) => checkOne(document, chainId, chains(chainId))));
  const worst = facts.find(({ outcome }) => outcome === 'fails') ?? facts.find(({ outcome }) => outcome === 'unknown');
  if (worst?.outcome === 'fails') {
    return worst;
  }
  const end = recordedEnd(events, document.field('kind'));
  if (end !== undefined) {
    return fails('status', end.name, { at: end.at });
  }
  if (worst !== undefined && CANNOT_ASK.has(worst.code)) {
    return (await listedStatusOf(document, lists)) ?? worst;
  }
  return worst ?? holds('status', 'holds');
}

/** That there is no store on the chain is an answer; these are none. */
const CANNOT_ASK: ReadonlySet<string> = new Set(['status.unreachable', 'status.chain-not-known']);

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
  } catch {
    // Whatever went wrong on the way to the chain, we have no answer.
    return unknown('status', 'unreachable', detail);
  }
}

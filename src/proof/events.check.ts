import { fromHex } from '../kernel/index.js';
import { checkAnchor } from './anchor.check.js';
import type { ChainReader, ChainReaders } from './chain-reader.js';
import type { DocumentUnderTest } from './document-under-test.js';
import type { EvidenceAnchor, EvidenceEvent } from './evidence-bundle.js';
import { isIncluded } from './inclusion.check.js';
import { targetHash, unsaltData } from './salted-digest.js';
import type { SaltedData } from './salted-digest.js';
import { fails, holds, unknown, verdictOf } from './verdict.js';
import type { Fact, Verdict } from './verdict.js';

/** What verification found out about one event. */
export type EventFinding = {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
  readonly leaf: string | null;
  /** Of the event alone: `pending` while nothing is wrong and the chain does not hold it yet. */
  readonly verdict: Verdict;
  readonly facts: readonly Fact[];
};

/** The keys that an event's data may have. No document has them, so no document can be passed off as an event. */
const EVENT_KEYS: ReadonlySet<string> = new Set([
  'docId',
  'documentAddress',
  'event',
  'seq',
  'at',
  'previousLeaf',
  'payload',
]);

/**
 * Checks the events after the first: each is what its leaf says, is about this document, follows the one before, and is in a
 * batch whose root the issuer's store holds. An event that waits for its batch is pending and takes nothing from the
 * others. Never throws for anything in the bundle.
 */
export function checkEvents(document: DocumentUnderTest, chains: ChainReaders): Promise<EventFinding[]> {
  const { events } = document.bundle;
  return Promise.all(
    events.slice(1).map(async (event, index) => {
      const place = { index: index + 1, before: events[index] };
      const facts = await factsOf(document, event, place, chains);
      return findingOf(event, facts);
    }),
  );
}

export function findingOf({ seq, type, at, leaf }: EvidenceEvent, facts: readonly Fact[]): EventFinding {
  return { seq, type, at, leaf, verdict: verdictOf(facts), facts };
}

/**
 * One fact about all events after the first, for the verdict on the document; none when there are none. A false event makes
 * the evidence false. One that could not be asked about leaves it open. One that is not anchored yet does neither.
 */
export function sumUp(findings: readonly EventFinding[]): Fact[] {
  if (findings.length === 0) {
    return [];
  }
  const refuted = findings.find(({ verdict }) => verdict === 'not-valid');
  if (refuted !== undefined) {
    return [fails('integrity', 'event-refuted', detailOf(refuted, 'fails'))];
  }
  const open = findings.find(({ verdict }) => verdict === 'cannot-tell');
  if (open !== undefined) {
    return [unknown('integrity', 'event-not-known', detailOf(open, 'unknown'))];
  }
  const pending = findings.filter(({ verdict }) => verdict === 'pending').length;
  return [holds('integrity', 'events-hold', { events: String(findings.length), pending: String(pending) })];
}

function detailOf({ seq, facts }: EventFinding, outcome: Fact['outcome']): Record<string, string> {
  const reason = facts.find((fact) => fact.outcome === outcome && !fact.code.endsWith('.pending'));
  return { seq: String(seq), ...(reason === undefined ? {} : { reason: reason.code }) };
}

type Place = { readonly index: number; readonly before: EvidenceEvent | undefined };

async function factsOf(
  document: DocumentUnderTest,
  event: EvidenceEvent,
  { index, before }: Place,
  chains: ChainReaders,
): Promise<Fact[]> {
  const isBehindGap = event.leaf !== null && (before?.leaf ?? null) === null;
  if (event.seq !== index || isBehindGap) {
    return [fails('integrity', 'event-out-of-order')];
  }
  if (event.leaf === null) {
    return [unknown('inclusion', 'pending'), unknown('anchor', 'pending')];
  }
  const integrity = integrityOf(document, event, before?.leaf ?? '');
  return integrity.outcome === 'holds'
    ? [integrity, ...(await anchoringOf(document, event, event.leaf, chains))]
    : [integrity];
}

/** Says the data what stands around it, of this document, and after the event before? */
function integrityOf(document: DocumentUnderTest, event: EvidenceEvent, leafBefore: string): Fact {
  if (event.data === undefined) {
    return unknown('integrity', 'event-data-missing');
  }
  if (!isDigestOf(event.data, event)) {
    return fails('integrity', 'event-changed');
  }
  const plain = unsaltData(event.data) as Record<string, unknown>;
  if (!Object.keys(plain).every((key) => EVENT_KEYS.has(key))) {
    return fails('integrity', 'event-malformed');
  }
  if (plain['docId'] !== document.field('docId') || plain['documentAddress'] !== document.field('documentAddress')) {
    return fails('integrity', 'event-foreign');
  }
  const said = [plain['event'], plain['seq'], plain['at'], plain['previousLeaf']];
  const repeated = [event.type, String(event.seq), event.at, event.previousLeaf ?? plain['previousLeaf']];
  if (said.some((value, index) => value !== repeated[index])) {
    return fails('integrity', 'event-mismatch');
  }
  return plain['previousLeaf'] === leafBefore
    ? holds('integrity', 'event-holds')
    : fails('integrity', 'event-not-linked');
}

/** What is hidden counts with its hashes. All but the payload has to be there: it is compared with what stands around it. */
function isDigestOf(data: SaltedData, { leaf, hidden }: EvidenceEvent): boolean {
  try {
    return `0x${targetHash(data, hidden)}` === leaf;
  } catch {
    // Not salted data: no leaf is the digest of it.
    return false;
  }
}

async function anchoringOf(
  { store }: DocumentUnderTest,
  { proof = [], anchors = [] }: EvidenceEvent,
  leaf: string,
  chains: ChainReaders,
): Promise<Fact[]> {
  const [first] = anchors;
  if (first === undefined) {
    return [unknown('inclusion', 'pending'), unknown('anchor', 'pending')];
  }
  const hashes = proof.map(fromHex);
  if (!anchors.every((anchor) => isOf(store, anchor) && isIncluded(fromHex(leaf), hashes, anchor))) {
    return [fails('inclusion', 'proof-broken')];
  }
  const [anchor, revoked] = await Promise.all([
    checkAnchor({ store, root: fromHex(first.root), anchors }, chains),
    revokedHash(
      store,
      [leaf, first.root],
      anchors.map(({ chainId }) => chains(chainId)),
    ),
  ]);
  return [
    holds('inclusion', 'holds'),
    anchor,
    ...(revoked === undefined ? [] : [fails('status', 'revoked', { store, hash: revoked })]),
  ];
}

function isOf(store: string, anchor: EvidenceAnchor): boolean {
  return anchor.store.toLowerCase() === store.toLowerCase();
}

/** Which of the hashes the store has revoked. A chain that does not answer has been told of by the anchor's fact. */
async function revokedHash(
  store: string,
  hashes: readonly string[],
  chains: readonly (ChainReader | undefined)[],
): Promise<string | undefined> {
  const asked = chains.flatMap((chain) => (chain === undefined ? [] : hashes.map((hash) => ({ chain, hash }))));
  const answers = await Promise.all(
    asked.map(({ chain, hash }) =>
      chain
        .hasCode(store)
        .then((isThere) => isThere && chain.isRevoked(store, hash))
        .catch(() => false),
    ),
  );
  return asked[answers.indexOf(true)]?.hash;
}

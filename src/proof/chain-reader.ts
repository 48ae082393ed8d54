/** Why a chain gave no answer; the last part of the code of the fact. */
export const NO_ANSWERS = ['unreachable', 'disagreement', 'not-asked'] as const;
export type NoAnswer = (typeof NO_ANSWERS)[number];

/** Thrown by readers that know why. */
export class ChainSilent extends Error {
  constructor(
    /** `disagreement`: nodes answered and no majority said the same. `not-asked`: nobody was to be asked. */
    readonly why: NoAnswer,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whatever else went wrong on the way to the chain, it was not reached. */
export function whyNoAnswer(error: unknown): NoAnswer {
  return error instanceof ChainSilent ? error.why : 'unreachable';
}

/** Of a verifier without a network: every question is open, and says so. */
export const OFFLINE: ChainReaders = () => ({
  hasCode: notAsked,
  isIssued: notAsked,
  isRevoked: notAsked,
  placeOf: notAsked,
});

function notAsked(): Promise<never> {
  return Promise.reject(new ChainSilent('not-asked', 'The chain was not to be asked'));
}

/**
 * What a verifier asks a chain. Each method MAY throw, and then the answer is "unknown", never "no". Addresses are
 * `0x` and 40 hex digits with checksum, hashes `0x` and 64.
 */
export interface ChainReader {
  /** Whether any code lies at the address. */
  hasCode(address: string): Promise<boolean>;
  /** The store's `isIssued(bytes32)`. Called only where there is code. */
  isIssued(store: string, root: string): Promise<boolean>;
  /** The store's `isRevoked(bytes32)`. Called only where there is code. */
  isRevoked(store: string, hash: string): Promise<boolean>;
  /**
   * The block in which the store recorded the root; null when it did not, or when this transaction did not bring it about.
   * Readers that cannot tell leave the method out.
   *
   * @param transactionHash null when the place is asked for whatever the transaction.
   */
  placeOf?(store: string, root: string, transactionHash: string | null): Promise<AnchorPlace | null>;
  /** The newest block. By it a node that has not come as far as an anchor is told from a chain that has none. */
  head?(): Promise<ChainHead>;
}

/** `time` is an instant. */
export type ChainHead = { readonly blockNumber: number; readonly time: string };

/** A block, as a stamp names it. */
export type AnchorPlace = {
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Instant. */
  readonly blockTime: string;
};

/**
 * Whether a node has not come as far as a place that a document names: neither its number nor its time. A number alone proves
 * nothing; who invents a place must name a time to come, and is found out when that has passed.
 */
export async function isAhead(
  { blockNumber, blockTime }: { readonly blockNumber: number | null; readonly blockTime: string | null },
  chain: ChainReader,
): Promise<boolean> {
  if (blockNumber === null || blockTime === null || chain.head === undefined) {
    return false;
  }
  const head = await chain.head();
  return blockNumber > head.blockNumber && Date.parse(blockTime) > Date.parse(head.time);
}

/** Finds the reader of a chain by its CAIP-2 id; `undefined` for a chain that the verifier does not know. */
export type ChainReaders = (chainId: string) => ChainReader | undefined;

/**
 * The same readers, asking each question once, and believing a failure like any answer: documents and events of one batch share
 * root and store. MUST NOT outlive one verification, of a document or of a pile.
 */
export function askingOnce(chains: ChainReaders): ChainReaders {
  if (areAskingOnce.has(chains)) {
    return chains;
  }
  const readers = new Map<string, ChainReader | undefined>();
  const once: ChainReaders = (chainId) => {
    if (!readers.has(chainId)) {
      const reader = chains(chainId);
      readers.set(chainId, reader && remembering(reader));
    }
    return readers.get(chainId);
  };
  areAskingOnce.add(once);
  return once;
}

/** A document of a pile asks with what the pile was given: it need not remember the answers again. */
const areAskingOnce = new WeakSet<ChainReaders>();

function remembering(reader: ChainReader): ChainReader {
  const answers = new Map<string, Promise<unknown>>();
  const once = <Answer>(question: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = (answers.get(question) as Promise<Answer> | undefined) ?? ask();
    answers.set(question, answer);
    return answer;
  };
  return {
    hasCode: (address) => once(`code ${address}`, () => reader.hasCode(address)),
    isIssued: (store, root) => once(`issued ${store} ${root}`, () => reader.isIssued(store, root)),
    isRevoked: (store, hash) => once(`revoked ${store} ${hash}`, () => reader.isRevoked(store, hash)),
    ...(reader.head !== undefined && { head: () => once('head', async () => reader.head?.() ?? noHead()) }),
    ...(reader.placeOf !== undefined && {
      placeOf: (store: string, root: string, hash: string | null) =>
        once(`place ${store} ${root} ${String(hash)}`, async () => (await reader.placeOf?.(store, root, hash)) ?? null),
    }),
  };
}

function noHead(): never {
  throw new ChainSilent('unreachable', 'The chain does not say how far it is');
}

/** Who the verifier believes to be behind a store; `undefined` when nobody it knows. MAY throw: then it is unknown. */
export interface IssuerDirectory {
  /** `claimed` is what the document says of its issuer: where to look, and nothing to believe. */
  issuerOf(store: string, chainId: string, claimed: ClaimedIssuer): Promise<KnownIssuer | undefined>;
}

export type ClaimedIssuer = { readonly name: string; readonly domain: string };

/** What is left out the directory does not know. A domain without a name: the domain alone vouches for the store. */
export type KnownIssuer = { readonly name?: string; readonly domain?: string };

/** Thrown by a directory that asked the issuer's domain and found nothing said about contracts. */
export class DomainSilent extends Error {}

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
}

/** A block, as a stamp names it. */
export type AnchorPlace = {
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Instant. */
  readonly blockTime: string;
};

/** Finds the reader of a chain by its CAIP-2 id; `undefined` for a chain that the verifier does not know. */
export type ChainReaders = (chainId: string) => ChainReader | undefined;

/** The same readers, asking each question once: documents and events of one batch share root and store. */
export function askingOnce(chains: ChainReaders): ChainReaders {
  const readers = new Map<string, ChainReader | undefined>();
  return (chainId) => {
    if (!readers.has(chainId)) {
      const reader = chains(chainId);
      readers.set(chainId, reader && remembering(reader));
    }
    return readers.get(chainId);
  };
}

function remembering(reader: ChainReader): ChainReader {
  const answers = new Map<string, Promise<boolean>>();
  const once = (question: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const answer = answers.get(question) ?? ask();
    answers.set(question, answer);
    return answer;
  };
  return {
    hasCode: (address) => once(`code ${address}`, () => reader.hasCode(address)),
    isIssued: (store, root) => once(`issued ${store} ${root}`, () => reader.isIssued(store, root)),
    isRevoked: (store, hash) => once(`revoked ${store} ${hash}`, () => reader.isRevoked(store, hash)),
    ...(reader.placeOf === undefined ? {} : { placeOf: reader.placeOf.bind(reader) }),
  };
}

/** Who the verifier believes to be behind a store; `undefined` when nobody it knows. MAY throw: then it is unknown. */
export interface IssuerDirectory {
  issuerOf(store: string, chainId: string): Promise<KnownIssuer | undefined>;
}

export type KnownIssuer = { readonly name: string; readonly domain?: string };

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
}

/** Finds the reader of a chain by its CAIP-2 id; `undefined` for a chain that the verifier does not know. */
export type ChainReaders = (chainId: string) => ChainReader | undefined;

/** Who the verifier believes to be behind a store; `undefined` when nobody it knows. MAY throw: then it is unknown. */
export interface IssuerDirectory {
  issuerOf(store: string, chainId: string): Promise<KnownIssuer | undefined>;
}

export type KnownIssuer = { readonly name: string; readonly domain?: string };

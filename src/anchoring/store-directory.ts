import type { Tx } from '../platform/database/index.js';

/** Tells the issuers' stores. A port: anchoring knows issuers by their ids only. */
export abstract class StoreDirectory {
  /** The 0x address of each issuer's store. An issuer that is not known is left out. */
  abstract storesOf(tx: Tx, issuerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

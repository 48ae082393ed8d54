import { type BytesLike, Interface } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import { addressOf } from './anchor-transaction.js';
import { askStore } from './ask-store.js';
import type { ChainClient } from './chain-client.js';
import { NotRevoked } from './chain.errors.js';
import { doUntil, sendCall } from './do-until.js';

/** `not-admin`: the store takes orders from another account than the key's, so nothing was sent. */
export type RevokeOutcome = 'revoked' | 'not-admin';

/** 22,100 for the fresh slot, 1,900 for the event, the rest is calldata and room. */
const GAS_PER_HASH = 30_000n;
const BASE_GAS = 80_000n;

const store = new Interface(documentStoreAbi);

/**
 * Revokes `hashes` (0x hex; as many as fit into a transaction) in a store, for ever, and waits until the chain has it. Changes
 * nothing, and sends nothing, where they are revoked. `key` is the store's admin's. Throws `NotRevoked` when the chain does not take
 * it in time, and `StoreNotFound`.
 */
export async function revokeHashes(
  client: ChainClient,
  key: BytesLike,
  { store: to, hashes }: { readonly store: string; readonly hashes: readonly string[] },
): Promise<RevokeOutcome> {
  const isSo = async (): Promise<boolean> => {
    const revoked = await Promise.all(hashes.map((hash) => client.isRevoked(to, hash)));
    return revoked.every(Boolean);
  };
  if ((await askStore(client, to, 'admin')) !== addressOf(key)) {
    return 'not-admin';
  }
  const data = store.encodeFunctionData('revokeMany', [hashes]);
  const gasLimit = BASE_GAS + GAS_PER_HASH * BigInt(hashes.length);
  if (!(await doUntil(isSo, () => sendCall(client, key, { to, data, gasLimit })))) {
    throw new NotRevoked(to, hashes.length);
  }
  return 'revoked';
}

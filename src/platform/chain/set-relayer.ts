import { type BytesLike, Interface } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import { addressOf } from './anchor-transaction.js';
import { askStore } from './ask-store.js';
import type { ChainClient } from './chain-client.js';
import { RelayerNotChanged } from './chain.errors.js';
import { doUntil, sendCall } from './do-until.js';

/** `not-admin`: the store takes orders from another account than the key's, so nothing was sent. */
export type RelayerOutcome = 'admitted' | 'dismissed' | 'as-it-was' | 'no-store' | 'not-admin';

/** 22,100 for a fresh slot, 21,000 for the transaction, 1,900 for the event; the rest is room. */
const ROLE_GAS = 80_000n;

const store = new Interface(documentStoreAbi);

/**
 * Lets `relayer` anchor in a store, or no longer. Changes nothing, and sends nothing, where it is so already. `key` is the
 * store's admin's. Throws `RelayerNotChanged` when the chain does not take it in time.
 */
export async function setRelayer(
  client: ChainClient,
  key: BytesLike,
  wanted: { readonly store: string; readonly relayer: string; readonly isAdmitted: boolean },
): Promise<RelayerOutcome> {
  if ((await client.codeAt(wanted.store)) === '0x') {
    return 'no-store';
  }
  const isSo = async (): Promise<boolean> =>
    (await askStore(client, wanted.store, 'isRelayer', [wanted.relayer])) === wanted.isAdmitted;
  if (await isSo()) {
    return 'as-it-was';
  }
  if ((await askStore(client, wanted.store, 'admin')) !== addressOf(key)) {
    return 'not-admin';
  }
  const data = store.encodeFunctionData(wanted.isAdmitted ? 'addRelayer' : 'removeRelayer', [wanted.relayer]);
  if (!(await doUntil(isSo, () => sendCall(client, key, { to: wanted.store, data, gasLimit: ROLE_GAS })))) {
    throw new RelayerNotChanged(wanted.store, wanted.relayer);
  }
  return wanted.isAdmitted ? 'admitted' : 'dismissed';
}

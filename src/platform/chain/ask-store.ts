import { Interface } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import type { ChainClient } from './chain-client.js';

const store = new Interface(documentStoreAbi);

/** What a store answers to a question that has one answer. Throws `StoreNotFound` and `ChainUnreachable`. */
export async function askStore(
  client: ChainClient,
  storeAt: string,
  question: string,
  parameters: readonly unknown[] = [],
): Promise<unknown> {
  const answer = await client.call(storeAt, store.encodeFunctionData(question, parameters));
  return store.decodeFunctionResult(question, answer)[0] as unknown;
}

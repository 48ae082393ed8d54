import type { ChainByRpc } from './chain-by-rpc.js';
import { hashFrom, selectorOf } from './store-calls.js';

/**
 * The leaf (0x hex) that the contract at a document's address answers with; null where no contract lies. Another leaf than the
 * document's: whoever put it there could anchor in the issuer's store, and it says nothing of the document. Throws like the readers.
 */
export async function materialisedLeaf(chain: ChainByRpc, address: string): Promise<string | null> {
  return (await chain.hasCode(address)) ? chain.call(address, selectorOf('leaf()'), hashFrom) : null;
}

import { Interface } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import type { ChainBlock, ChainClient } from './chain-client.js';

/** What a store has written down of a root: what the contract saw as number and time (seconds since 1970) of its block. */
export type StoreRecord = { readonly blockNumber: number; readonly time: number };

type Sought = { readonly store: string; readonly root: string };
type Asked = Pick<ChainClient, 'block' | 'head' | 'logs'>;

const ANCHORED = new Interface(documentStoreAbi).getEvent('Anchored')?.topicHash ?? '';

/**
 * The block of the chain, as it is now, that holds the transaction by which the store recorded `root` (0x hex); null when
 * none can be found, as while a reorganisation is under way.
 *
 * The time in a record is that of its block. The number is what the contract was told, and not every chain tells its
 * contracts the number that it gives the block: Arbitrum tells that of the chain below it, a development chain may be some
 * blocks off after a restart. So the record's number counts only where the times agree; elsewhere the block is the one of
 * that time with the store's `Anchored` event of the root. `hint`, where it is believed to be, saves the search.
 */
export async function findAnchoringBlock(
  chain: Asked,
  { hint, ...sought }: Sought & { readonly hint?: number },
  { blockNumber, time }: StoreRecord,
): Promise<ChainBlock | null> {
  const named = await blockAt(chain, blockNumber, time);
  if (named !== null) {
    return named;
  }
  const hinted = hint === undefined ? null : await blockAt(chain, hint, time);
  if (hinted !== null && (await findAnnounced(chain, sought, [hinted.number, hinted.number])) !== null) {
    return hinted;
  }
  const range = await blocksOfTime(chain, time);
  const number = range && (await findAnnounced(chain, sought, range));
  return number === null ? null : blockAt(chain, number, time);
}

/** The block of this number, if it is of this time. */
async function blockAt(chain: Asked, number: number, time: number): Promise<ChainBlock | null> {
  const block = await chain.block(number);
  return block?.timestamp === time ? block : null;
}

/** The number of the block in the range in which the store announced the root. */
async function findAnnounced(
  chain: Asked,
  { store, root }: Sought,
  [from, to]: readonly [number, number],
): Promise<number | null> {
  const logs = await chain.logs({ address: store, topics: [ANCHORED], from, to });
  return logs?.find(({ topics }) => topics[1] === root)?.blockNumber ?? null;
}

/** First and last block of one second: several, where blocks come faster than that. */
async function blocksOfTime(chain: Asked, time: number): Promise<readonly [number, number] | null> {
  const head = await chain.head();
  const from = await firstFrom(chain, time, head.number);
  const behind = await firstFrom(chain, time + 1, head.number);
  return from < behind ? [from, behind - 1] : null;
}

/** The lowest number of a block at `time` or later; `newest + 1` when there is none yet. Times never fall along a chain. */
async function firstFrom(chain: Asked, time: number, newest: number): Promise<number> {
  let low = 0;
  let high = newest + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await chain.block(middle);
    if (block !== null && block.timestamp < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

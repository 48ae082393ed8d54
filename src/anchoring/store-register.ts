import { Interface } from 'ethers';
import { to0x } from '../kernel/index.js';
import {
  type ChainBlock,
  type ChainClient,
  documentStoreAbi,
  findAnchoringBlock,
  type TransactionReceipt,
} from '../platform/chain/index.js';
import type { Place } from './anchors.repository.js';

/** A mined transaction and its block: where a root is expected. */
export type Mined = { readonly receipt: TransactionReceipt; readonly block: ChainBlock };

/** `unclear`: the chain is changing under our eyes; look again. */
export type Finding = { readonly kind: 'found'; readonly place: Place } | { readonly kind: 'absent' | 'unclear' };

const store = new Interface(documentStoreAbi);
const ANCHORED = store.getEvent('Anchored')?.topicHash ?? '';

/** What the issuers' stores say. The store decides whether a root is anchored; receipts only tell where to look. */
export class StoreRegister {
  constructor(private readonly chain: ChainClient) {}

  /**
   * Where the chain holds `root`.
   *
   * MUST answer `found` only when the store has recorded the root: a successful transaction may have left it out, since another
   * one carried it earlier, even in the same block. The transaction is named only when the store announced the root in
   * it, and the store's time is that of its block.
   * Throws `StoreNotFound` and `ChainUnreachable`.
   */
  async find(storeAddress: string, root: Uint8Array, mined: Mined | null): Promise<Finding> {
    const record = await this.anchorOf(storeAddress, root);
    if (record === null) {
      return { kind: 'absent' };
    }
    if (mined !== null && mined.block.timestamp === record.time && didAnchor(mined.receipt, storeAddress, to0x(root))) {
      return { kind: 'found', place: placeOf(mined.block, mined.receipt) };
    }
    const block = await findAnchoringBlock(this.chain, { store: storeAddress, root: to0x(root) }, record);
    return block === null ? { kind: 'unclear' } : { kind: 'found', place: placeOf(block, null) };
  }

  /** The first of these transactions that is in a block, whatever became of it; null when none is. */
  async findMined(hashes: readonly string[]): Promise<Mined | null> {
    for (const hash of hashes) {
      const receipt = await this.chain.receipt(hash);
      const block = receipt && (await this.chain.block(receipt.blockHash));
      if (receipt !== null && block !== null) {
        return { receipt, block };
      }
    }
    return null;
  }

  /** Whether `account` may anchor as a relayer of the store. */
  async isRelayer(storeAddress: string, account: string): Promise<boolean> {
    const answer = await this.chain.call(storeAddress, store.encodeFunctionData('isRelayer', [account]));
    return store.decodeFunctionResult('isRelayer', answer)[0] as boolean;
  }

  private async anchorOf(
    storeAddress: string,
    root: Uint8Array,
  ): Promise<{ time: number; blockNumber: number } | null> {
    if (!(await this.chain.isIssued(storeAddress, root))) {
      return null;
    }
    const answer = await this.chain.call(storeAddress, store.encodeFunctionData('anchorOf', [to0x(root)]));
    const [time, blockNumber] = store.decodeFunctionResult('anchorOf', answer);
    return { time: Number(time), blockNumber: Number(blockNumber) };
  }
}

/** Whether this transaction, and none before it, brought the root (0x hex) into the store. */
export function didAnchor({ logs }: TransactionReceipt, storeAddress: string, root: string): boolean {
  return logs.some(
    ({ address, topics }) =>
      address.toLowerCase() === storeAddress.toLowerCase() && topics[0] === ANCHORED && topics[1] === root,
  );
}

function placeOf(block: ChainBlock, receipt: TransactionReceipt | null): Place {
  return {
    transactionHash: receipt?.hash ?? null,
    gasUsed: receipt?.gasUsed ?? null,
    blockNumber: block.number,
    blockHash: block.hash,
    blockTime: new Date(block.timestamp * 1_000),
  };
}

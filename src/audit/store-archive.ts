import { AbiCoder, hexlify, Interface, keccak256 } from 'ethers';
import { type ChainClient, ChainUnreachable, documentStoreAbi, type PlacedLog } from '../platform/chain/index.js';

/** What a store has written down of a root. */
export type RootRecord = { readonly blockNumber: number; readonly time: number; readonly count: bigint };

/** What a store announced: a root with the head behind it, or a revocation. */
export type Announcement = {
  readonly blockNumber: number;
  readonly transactionHash: string;
} & (
  | { readonly kind: 'anchored'; readonly root: string; readonly count: bigint; readonly head: string }
  | { readonly kind: 'revoked'; readonly hash: string }
);

const store = new Interface(documentStoreAbi);
const TOPICS = ['Anchored', 'Revoked'].map((name) => store.getEvent(name)?.topicHash ?? '');
export const NO_HEAD = `0x${'00'.repeat(32)}`;

/** `head` of the store after one more root: see `IDocumentStore.head`. */
export function nextHead(head: string, root: string, count: bigint): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32', 'uint64'], [head, root, count]));
}

/** One issuer's store on one chain, as an auditor asks it: everything that it holds, not only what we look for. */
export class StoreArchive {
  constructor(
    private readonly chain: ChainClient,
    private readonly address: string,
  ) {}

  async exists(): Promise<boolean> {
    return (await this.chain.codeAt(this.address)) !== '0x';
  }

  /** Null when the store does not hold the root. */
  async recordOf(root: Uint8Array | string): Promise<RootRecord | null> {
    const answer = await this.chain.call(this.address, store.encodeFunctionData('anchorOf', [hexlify(root)]));
    const [time, blockNumber, count] = store.decodeFunctionResult('anchorOf', answer) as unknown as bigint[];
    return time === 0n ? null : { time: Number(time), blockNumber: Number(blockNumber), count: count ?? 0n };
  }

  isRevoked(hash: Uint8Array | string): Promise<boolean> {
    return this.chain.isRevoked(this.address, hash);
  }

  /** Null when the store does not hold the root, and when the root itself was revoked. */
  async recordIfInForce(root: string): Promise<RootRecord | null> {
    return (await this.isRevoked(root)) ? null : this.recordOf(root);
  }

  async headAt(block: number): Promise<string> {
    const answer = await this.chain.callAt(this.address, store.encodeFunctionData('head', []), block);
    return store.decodeFunctionResult('head', answer)[0] as string;
  }

  /**
   * All that the store announced up to a block, in order, in pieces. Nodes ration how many blocks one question may span: a
   * refusal halves the span, an answer doubles it. Throws `ChainUnreachable` when not even one block is answered for.
   */
  async *announcements(upTo: number): AsyncGenerator<readonly Announcement[]> {
    let span = upTo + 1;
    for (let from = 0; from <= upTo;) {
      const to = Math.min(upTo, from + span - 1);
      const logs = await this.chain.logs({ address: this.address, topics: TOPICS, from, to });
      if (logs !== null) {
        yield logs.map(announcementOf);
        from = to + 1;
        span *= 2;
      } else if (span === 1) {
        throw new ChainUnreachable('the node does not tell what its contracts have written down');
      } else {
        span = Math.ceil(Math.min(span, upTo + 1 - from) / 2);
      }
    }
  }
}

function announcementOf({ topics, data, blockNumber, transactionHash }: PlacedLog): Announcement {
  const parsed = store.parseLog({ topics: [...topics], data });
  const place = { blockNumber, transactionHash };
  if (parsed?.name === 'Anchored') {
    const [root, count, head] = parsed.args as unknown as [string, bigint, string];
    return { kind: 'anchored', ...place, root, count, head };
  }
  return { kind: 'revoked', ...place, hash: String(parsed?.args[0]) };
}

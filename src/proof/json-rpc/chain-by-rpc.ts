import { ChainSilent, type AnchorPlace, type ChainHead, type ChainReader } from '../chain-reader.js';
import { ManyCalls } from './many-calls.js';
import type { RpcNode } from './rpc-node.js';
import { majorityOf, type Voter } from './rpc-quorum.js';
import { ANCHORED_TOPIC, anchorFrom, anchorOfCall, hashFrom, isIssuedCall, isRevokedCall } from './store-calls.js';

type Block = { readonly number: number; readonly hash: string; readonly timestamp: number };
type Mined = { readonly blockHash: string; readonly didSucceed: boolean; readonly anchored: readonly string[] };

/** A chain, by the word of most of the nodes that were named for it. */
export class ChainByRpc implements ChainReader {
  private readonly calls = new Map<RpcNode, ManyCalls>();

  constructor(private readonly voters: readonly Voter[]) {}

  hasCode(address: string): Promise<boolean> {
    return this.agreed((node) => node.ask('eth_getCode', address, 'latest'), hasCodeFrom);
  }

  isIssued(store: string, root: string): Promise<boolean> {
    return this.answerOf(store, isIssuedCall(root));
  }

  isRevoked(store: string, hash: string): Promise<boolean> {
    return this.answerOf(store, isRevokedCall(hash));
  }

  /**
   * The store decides whether the root is anchored; the transaction only tells in which block to look. A block whose time is
   * not the store's is another one: the chain was reorganised in between.
   */
  async placeOf(store: string, root: string, transactionHash: string | null): Promise<AnchorPlace | null> {
    const record = await this.call(store, anchorOfCall(root), anchorFrom);
    const from =
      transactionHash === null ? record?.blockNumber : await this.blockAnchoring(transactionHash, store, root);
    if (record === null || from === undefined) {
      return null;
    }
    const block = await this.block(from);
    if (block?.timestamp !== record.time) {
      throw new Error('The chain is changing');
    }
    return {
      blockNumber: block.number,
      blockHash: block.hash,
      blockTime: new Date(block.timestamp * 1_000).toISOString(),
    };
  }

  /** What most of the voters say that a contract answers to a call; `read` throws on what is no answer. */
  call<Answer>(to: string, data: string, read: (answer: unknown) => Answer): Promise<Answer> {
    return this.agreed((node) => node.ask('eth_call', { to, data }, 'latest'), read);
  }

  /** The newest block that most of the voters have: of nodes that are a block apart none is wrong. */
  async head(): Promise<ChainHead> {
    const said = await Promise.all(this.voters.map(newestOf));
    const needed = Math.floor(this.voters.length / 2) + 1;
    const newest = said.sort((one, other) => other - one)[needed - 1] ?? -1;
    const block = newest < 0 ? null : await this.block(newest);
    if (block === null) {
      throw new ChainSilent('unreachable', 'Too few nodes say how far they are');
    }
    return { blockNumber: block.number, time: new Date(block.timestamp * 1_000).toISOString() };
  }

  /** The block of the transaction; undefined when it did not bring the root into the store. */
  private async blockAnchoring(transactionHash: string, store: string, root: string): Promise<string | undefined> {
    const mined = await this.minedOf(transactionHash);
    const isIts = mined?.didSucceed === true && mined.anchored.includes(`${store.toLowerCase()} ${root}`);
    return isIts ? mined.blockHash : undefined;
  }

  private minedOf(transactionHash: string): Promise<Mined | null> {
    return this.agreed((node) => node.ask('eth_getTransactionReceipt', transactionHash), minedFrom);
  }

  private block(which: string | number): Promise<Block | null> {
    return typeof which === 'string'
      ? this.agreed((node) => node.ask('eth_getBlockByHash', which, false), blockFrom)
      : this.agreed((node) => node.ask('eth_getBlockByNumber', `0x${which.toString(16)}`, false), blockFrom);
  }

  private callsOf(node: RpcNode): ManyCalls {
    const calls = this.calls.get(node) ?? new ManyCalls(node);
    this.calls.set(node, calls);
    return calls;
  }

  private answerOf(store: string, data: string): Promise<boolean> {
    return this.agreed((node) => this.callsOf(node).ask(store, data), Boolean);
  }

  private agreed<Answer>(ask: (node: RpcNode) => Promise<unknown>, read: (answer: unknown) => Answer): Promise<Answer> {
    return majorityOf(this.voters, ask, read);
  }
}

/** -1 for a node that does not answer. */
async function newestOf(voter: Voter): Promise<number> {
  try {
    return voter === 'silent' ? -1 : numberFrom(await voter.ask('eth_blockNumber'));
  } catch {
    // Its vote is lost; the others may be enough.
    return -1;
  }
}

function hasCodeFrom(answer: unknown): boolean {
  if (typeof answer !== 'string' || !/^0x(?:[0-9a-f]{2})*$/i.test(answer)) {
    throw new TypeError('The node did not answer with code');
  }
  return answer !== '0x';
}

function minedFrom(answer: unknown): Mined | null {
  if (answer === null) {
    return null;
  }
  const { blockHash, status, logs } = answer as {
    blockHash?: unknown;
    status?: unknown;
    logs?: readonly { readonly address?: unknown; readonly topics?: readonly unknown[] }[];
  };
  return {
    blockHash: hashFrom(blockHash),
    didSucceed: status === '0x1',
    anchored: (logs ?? []).flatMap(({ address, topics = [] }) =>
      topics[0] === ANCHORED_TOPIC ? [`${String(address).toLowerCase()} ${String(topics[1])}`] : [],
    ),
  };
}

function blockFrom(answer: unknown): Block | null {
  if (answer === null) {
    return null;
  }
  const { number, hash, timestamp } = answer as { number?: unknown; hash?: unknown; timestamp?: unknown };
  return { number: numberFrom(number), hash: hashFrom(hash), timestamp: numberFrom(timestamp) };
}

function numberFrom(value: unknown): number {
  const number = typeof value === 'string' && /^0x[0-9a-f]{1,14}$/i.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw new TypeError('The node did not answer with a number');
  }
  return number;
}

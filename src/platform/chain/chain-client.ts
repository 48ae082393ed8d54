import { type BytesLike, hexlify, Interface } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import { headerOf, type BlockHeader } from '../../proof/index.js';
import { toAddress } from './addresses.js';
import type { ChainLog, Fees } from './anchor-transaction.js';
import { ChainUnreachable, StoreNotFound, TransactionRefused, WrongChain } from './chain.errors.js';
import { isAnswer, isBusy, isRevert, readRefusal } from './rpc-error.js';
import { type NodeAnswer, type Question, RpcNodes, unreachable } from './rpc-nodes.js';

export type ChainSettings = {
  /** Nodes of this chain, one at least; what is believed is what more than half of them say. */
  readonly rpcUrls: readonly string[];
  readonly chainId: number;
  /** How long one question may take; 10 s unless told. */
  readonly timeoutMs?: number;
};

/** `timestamp` in seconds since 1970. */
export type ChainBlock = { readonly number: number; readonly hash: string; readonly timestamp: number };

export type TransactionReceipt = {
  readonly hash: string;
  /** A reverted transaction is in a block and has changed nothing. */
  readonly status: 'succeeded' | 'reverted';
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly gasUsed: bigint;
  readonly effectiveGasPrice: bigint;
  readonly logs: readonly ChainLog[];
};

/** `known`: the node has these bytes already. `nonce-too-low`: something with this nonce is in a block: look which. */
export type BroadcastResult = 'accepted' | 'known' | 'nonce-too-low';

/** Logs of one contract whose first topic is any of `topics`. */
export type LogFilter = {
  readonly address: BytesLike;
  readonly topics: readonly string[];
  readonly from: number;
  readonly to: number;
};
export type PlacedLog = ChainLog & { readonly blockNumber: number; readonly transactionHash: string };

type RpcLog = ChainLog & { readonly blockNumber: string; readonly logIndex: string; readonly transactionHash: string };
type RpcBlock = { readonly number: string; readonly hash: string; readonly timestamp: string };
type RpcReceipt = {
  readonly transactionHash: string;
  readonly status: string;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly gasUsed: string;
  readonly effectiveGasPrice: string;
  readonly logs: readonly ChainLog[];
};

const store = new Interface(documentStoreAbi);
const DEFAULT_PRIORITY_FEE = 1_000_000_000n;

/**
 * One chain, asked through one node or several. Every method tells "no" from "could not ask": the latter is
 * `ChainUnreachable`, and no answer is ever cached.
 *
 * With several nodes, what decides about truth (blocks, receipts, nonces, what contracts answer) is believed from a majority
 * of them only; see `RpcNodes`. A majority that does not come about is `ChainUnreachable` too.
 */
export class ChainClient {
  readonly chainId: number;
  private readonly nodes: RpcNodes;
  /** A chain that has named a final block has not ceased to: then no word on it means that it could not be asked. */
  private namesFinality = false;

  constructor(settings: ChainSettings) {
    this.chainId = settings.chainId;
    this.nodes = new RpcNodes(settings.rpcUrls, { chainId: settings.chainId, timeoutMs: settings.timeoutMs ?? 10_000 });
  }

  /**
   * MUST be called before anything is signed for this chain. Throws `WrongChain` when any node serves another one: somebody
   * has to look, for what that node said before may be wrong as well.
   */
  async assertChainId(): Promise<void> {
    const said = await this.nodes.everyone(['eth_chainId'], Number);
    const wrong = said.find((each) => each.kind === 'answered' && each.answer !== this.chainId);
    if (wrong?.kind === 'answered') {
      throw new WrongChain(this.chainId, wrong.answer);
    }
    this.requireMajority(said);
  }

  /** The newest block that a majority of the nodes has. */
  async head(): Promise<ChainBlock> {
    const block = await this.newestKnown('latest');
    if (block === null) {
      throw new ChainUnreachable('the node has no newest block');
    }
    return block;
  }

  /**
   * The newest block that can never be undone, by the word of a majority; null where the chain does not say, which is not
   * the same as a node that is too busy to.
   */
  finalizedBlock(): Promise<ChainBlock | null> {
    return this.newestKnown('finalized');
  }

  /** A block by number, hash or tag; null when the chain has none, which after a reorg goes for a hash seen before. */
  block(which: number | string): Promise<ChainBlock | null> {
    const isHash = typeof which === 'string' && which.length === 66;
    const tag = typeof which === 'number' ? `0x${which.toString(16)}` : which;
    return this.agreed([isHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber', tag, false], blockOf);
  }

  /** How many transactions of `address` are in blocks, as a majority of the nodes has seen. Never counts pending ones. */
  async nonceOf(address: BytesLike): Promise<number> {
    const said = await this.nodes.everyone(['eth_getTransactionCount', toAddress(address), 'latest'], Number);
    return this.reachedByMajority(said);
  }

  /** In wei. */
  async balanceOf(address: BytesLike): Promise<bigint> {
    return BigInt(await this.ask<string>('eth_getBalance', toAddress(address), 'latest'));
  }

  /** Null when the transaction is in no block of the chain as it is now. */
  receipt(hash: BytesLike): Promise<TransactionReceipt | null> {
    return this.agreed(['eth_getTransactionReceipt', hexlify(hash)], receiptOf);
  }

  /** Who sent a transaction (EIP-55); null when the chain does not know it. */
  senderOf(hash: BytesLike): Promise<string | null> {
    return this.agreed(
      ['eth_getTransactionByHash', hexlify(hash)],
      (found: { readonly from: string } | null) => found && toAddress(found.from),
    );
  }

  /** The header of a block as a majority of the nodes tell it; null when it is not, or no longer, part of the chain. */
  blockHeader(hash: string): Promise<BlockHeader | null> {
    return this.agreed(['eth_getBlockByHash', hash, false], (block: Record<string, unknown> | null) =>
      block === null ? null : headerOf(block),
    );
  }

  /** Room for the base fee to double, plus the tip that the node proposes. */
  async suggestedFees(): Promise<Fees> {
    const [block, tip] = await Promise.all([
      this.ask<{ baseFeePerGas?: string } | null>('eth_getBlockByNumber', 'latest', false),
      this.ask<string>('eth_maxPriorityFeePerGas').catch((error: unknown) => {
        if (error instanceof ChainUnreachable && isAnswer(error.cause)) {
          return DEFAULT_PRIORITY_FEE; // the node does not know the method
        }
        throw error;
      }),
    ]);
    const maxPriorityFeePerGas = BigInt(tip);
    return { maxPriorityFeePerGas, maxFeePerGas: 2n * BigInt(block?.baseFeePerGas ?? 0) + maxPriorityFeePerGas };
  }

  /**
   * Sends signed bytes to every node: one that takes them is enough. Sending them again is harmless. Throws
   * `TransactionRefused` when a node says why it does not take them and none takes them, `ChainUnreachable` when it is not
   * known whether one has: then look for the receipt, and send again.
   */
  async broadcast(raw: BytesLike): Promise<BroadcastResult> {
    const said = await this.nodes.everyone(['eth_sendRawTransaction', hexlify(raw)], () => true);
    if (said.some(({ kind }) => kind === 'answered')) {
      return 'accepted';
    }
    const refusals = said.flatMap((each) => (each.kind === 'refused' ? [readRefusal(each.error)] : []));
    let refused: TransactionRefused | undefined;
    for (const { refusal, detail } of refusals) {
      if (refusal === 'known' || refusal === 'nonce-too-low') {
        return refusal;
      }
      refused ??= new TransactionRefused(refusal, detail);
    }
    throw refused ?? unreachable(said.find((each) => each.kind === 'silent')?.error);
  }

  /** Whether `root` is anchored in the store. Throws `StoreNotFound` when no store is there. */
  async isIssued(storeAt: BytesLike, root: BytesLike): Promise<boolean> {
    return (await this.askStore(storeAt, 'isIssued', [hexlify(root)])) as boolean;
  }

  /** Whether exactly `hash` is revoked in the store. Throws `StoreNotFound` when no store is there. */
  async isRevoked(storeAt: BytesLike, hash: BytesLike): Promise<boolean> {
    return (await this.askStore(storeAt, 'isRevoked', [hexlify(hash)])) as boolean;
  }

  /** When exactly `hash` was revoked, in seconds; null when it is not. Throws `StoreNotFound` when no store is there. */
  async revokedAt(storeAt: BytesLike, hash: BytesLike): Promise<number | null> {
    const time = Number(await this.askStore(storeAt, 'revokedAt', [hexlify(hash)]));
    return time === 0 ? null : time;
  }

  /** When `root` was anchored, in seconds; null when it is not. Throws `StoreNotFound` when no store is there. */
  async anchoredAt(storeAt: BytesLike, root: BytesLike): Promise<number | null> {
    const time = Number(await this.askStore(storeAt, 'anchoredAt', [hexlify(root)]));
    return time === 0 ? null : time;
  }

  /** The code at an address, `0x` when there is none. */
  codeAt(address: BytesLike): Promise<string> {
    return this.agreed(['eth_getCode', toAddress(address), 'latest'], (code: string) => code);
  }

  /** Whether `code`, as the creation code of a contract that is never made, runs to its end. */
  async runs(code: string): Promise<boolean> {
    try {
      return await this.nodes.majority(['eth_call', { data: code }, 'latest'], () => true);
    } catch (error) {
      if (isAnswer(error)) {
        return false;
      }
      throw asUnreachable(error);
    }
  }

  /** What `to` answers to a call, as ABI-encoded bytes. Throws `StoreNotFound` when it refuses. */
  async call(to: BytesLike, data: string): Promise<string> {
    const address = toAddress(to);
    try {
      return await this.nodes.majority(['eth_call', { to: address, data }, 'latest'], (answer: string) => answer);
    } catch (error) {
      throw isAnswer(error) && isRevert(error) ? new StoreNotFound(address) : asUnreachable(error);
    }
  }

  /** The same of a block that is still kept, so that it goes with what else was read of that block. */
  async callAt(to: BytesLike, data: string, block: number): Promise<string> {
    return this.agreed(
      ['eth_call', { to: toAddress(to), data }, `0x${block.toString(16)}`],
      (answer: string) => answer,
    );
  }

  /**
   * What a contract has written down in these blocks, both included, in order. Null when the nodes refuse to answer for so many
   * blocks at once: ask for fewer.
   */
  async logs({ address, topics, from, to }: LogFilter): Promise<readonly PlacedLog[] | null> {
    const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` };
    try {
      return await this.nodes.majority(
        ['eth_getLogs', { address: toAddress(address), topics: [topics], ...range }],
        logsOf,
      );
    } catch (error) {
      if (isAnswer(error)) {
        return null;
      }
      throw asUnreachable(error);
    }
  }

  close(): void {
    this.nodes.close();
  }

  private async askStore(storeAt: BytesLike, method: string, parameters: readonly unknown[]): Promise<unknown> {
    const answer = await this.call(storeAt, store.encodeFunctionData(method, parameters));
    if (answer.length !== 66) {
      throw new StoreNotFound(toAddress(storeAt));
    }
    return store.decodeFunctionResult(method, answer)[0];
  }

  /** Nodes are never equally far: the height that a majority has reached is asked for by its number, so that they agree. */
  private async newestKnown(tag: 'latest' | 'finalized'): Promise<ChainBlock | null> {
    const said = await this.nodes.everyone(['eth_getBlockByNumber', tag, false], blockOf);
    const isWithout = (each: NodeAnswer<ChainBlock | null>): boolean =>
      (each.kind === 'refused' && !isBusy(each.error)) || (each.kind === 'answered' && each.answer === null);
    if (tag === 'finalized' && !this.namesFinality && said.filter(isWithout).length >= this.nodes.needed) {
      return null;
    }
    const height = this.reachedByMajority(said.map(heightOf));
    this.namesFinality ||= tag === 'finalized';
    const [only, ...others] = said;
    return only?.kind === 'answered' && others.length === 0 ? only.answer : this.block(height);
  }

  /** The highest number that more than half of the nodes have reached. */
  private reachedByMajority(said: readonly NodeAnswer<number>[]): number {
    this.requireMajority(said);
    const numbers = said.flatMap((each) => (each.kind === 'answered' ? [each.answer] : []));
    return numbers.sort((a, b) => b - a)[this.nodes.needed - 1] ?? 0;
  }

  private requireMajority(said: readonly NodeAnswer<unknown>[]): void {
    if (said.filter(({ kind }) => kind === 'answered').length < this.nodes.needed) {
      const failure = said.find((each) => each.kind !== 'answered');
      throw unreachable(failure?.error);
    }
  }

  private async agreed<Answer>(question: Question, read: (answer: never) => Answer): Promise<Answer> {
    try {
      return await this.nodes.majority(question, read);
    } catch (error) {
      throw asUnreachable(error);
    }
  }

  /** From the first node that answers: for what nobody has to believe. */
  private async ask<Answer>(...question: Question): Promise<Answer> {
    try {
      return await this.nodes.first<Answer>(question);
    } catch (error) {
      throw asUnreachable(error);
    }
  }
}

function asUnreachable(error: unknown): ChainUnreachable {
  return error instanceof ChainUnreachable ? error : unreachable(error);
}

function blockOf(found: RpcBlock | null): ChainBlock | null {
  return found && { number: Number(found.number), hash: found.hash, timestamp: Number(found.timestamp) };
}

function heightOf(said: NodeAnswer<ChainBlock | null>): NodeAnswer<number> {
  if (said.kind !== 'answered') {
    return said;
  }
  return said.answer === null
    ? { kind: 'silent', error: new Error('the node has no such block') }
    : { kind: 'answered', answer: said.answer.number };
}

function receiptOf(found: RpcReceipt | null): TransactionReceipt | null {
  return (
    found && {
      hash: found.transactionHash,
      status: BigInt(found.status) === 1n ? 'succeeded' : 'reverted',
      blockNumber: Number(found.blockNumber),
      blockHash: found.blockHash,
      gasUsed: BigInt(found.gasUsed),
      effectiveGasPrice: BigInt(found.effectiveGasPrice),
      logs: found.logs.map(({ address, topics, data }) => ({ address, topics, data })),
    }
  );
}

function logsOf(found: readonly RpcLog[]): PlacedLog[] {
  return found
    .map((log) => ({ log, block: Number(log.blockNumber), index: Number(log.logIndex) }))
    .sort((a, b) => a.block - b.block || a.index - b.index)
    .map(({ log: { address, topics, data, transactionHash }, block: blockNumber }) => ({
      ...{ address, topics, data, transactionHash, blockNumber },
    }));
}

import { type BytesLike, FetchRequest, hexlify, Interface, JsonRpcProvider } from 'ethers';
import { documentStoreAbi } from './abi/document-store.js';
import { toAddress } from './addresses.js';
import type { ChainLog, Fees } from './anchor-transaction.js';
import { ChainUnreachable, StoreNotFound, TransactionRefused, WrongChain } from './chain.errors.js';
import { isAnswer, isRevert, readRefusal } from './rpc-error.js';

export type ChainSettings = {
  readonly rpcUrl: string;
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

function unreachable(cause: unknown): ChainUnreachable {
  return new ChainUnreachable(cause instanceof Error ? cause.message : String(cause), { cause });
}

/**
 * One chain, asked through one node. Every method tells "no" from "could not ask": the latter is `ChainUnreachable`, and
 * no answer is ever cached.
 */
export class ChainClient {
  readonly chainId: number;
  private readonly provider: JsonRpcProvider;

  constructor(settings: ChainSettings) {
    const request = new FetchRequest(settings.rpcUrl);
    request.timeout = settings.timeoutMs ?? 10_000;
    this.chainId = settings.chainId;
    this.provider = new JsonRpcProvider(request, settings.chainId, {
      staticNetwork: true,
      cacheTimeout: -1,
      pollingInterval: 100,
      batchMaxCount: 1,
    });
  }

  /** MUST be called before anything is signed for this chain. Throws `WrongChain`. */
  async assertChainId(): Promise<void> {
    const found = Number(await this.ask<string>('eth_chainId'));
    if (found !== this.chainId) {
      throw new WrongChain(this.chainId, found);
    }
  }

  /** The newest block. */
  async head(): Promise<ChainBlock> {
    const block = await this.block('latest');
    if (block === null) {
      throw new ChainUnreachable('the node has no newest block');
    }
    return block;
  }

  /** The newest block that can never be undone; null where the chain does not say. */
  async finalizedBlock(): Promise<ChainBlock | null> {
    return this.block('finalized').catch((error: unknown) => {
      if (error instanceof ChainUnreachable && isAnswer(error.cause)) {
        return null;
      }
      throw error;
    });
  }

  /** A block by number, hash or tag; null when the chain has none, which after a reorg goes for a hash seen before. */
  async block(which: number | string): Promise<ChainBlock | null> {
    const isHash = typeof which === 'string' && which.length === 66;
    const tag = typeof which === 'number' ? `0x${which.toString(16)}` : which;
    const found = await this.ask<RpcBlock | null>(isHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber', tag, false);
    return found && { number: Number(found.number), hash: found.hash, timestamp: Number(found.timestamp) };
  }

  /** How many transactions of `address` are in blocks. Never counts pending ones. */
  async nonceOf(address: BytesLike): Promise<number> {
    return Number(await this.ask<string>('eth_getTransactionCount', toAddress(address), 'latest'));
  }

  /** In wei. */
  async balanceOf(address: BytesLike): Promise<bigint> {
    return BigInt(await this.ask<string>('eth_getBalance', toAddress(address), 'latest'));
  }

  /** Null when the transaction is in no block of the chain as it is now. */
  async receipt(hash: BytesLike): Promise<TransactionReceipt | null> {
    const found = await this.ask<RpcReceipt | null>('eth_getTransactionReceipt', hexlify(hash));
    return (
      found && {
        hash: found.transactionHash,
        status: BigInt(found.status) === 1n ? 'succeeded' : 'reverted',
        blockNumber: Number(found.blockNumber),
        blockHash: found.blockHash,
        gasUsed: BigInt(found.gasUsed),
        effectiveGasPrice: BigInt(found.effectiveGasPrice),
        logs: found.logs,
      }
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
   * Sends signed bytes. Sending them again is harmless. Throws `TransactionRefused` when the node says why it does not
   * take them, `ChainUnreachable` when it is not known whether it has: then look for the receipt, and send again.
   */
  async broadcast(raw: BytesLike): Promise<BroadcastResult> {
    try {
      await this.provider.send('eth_sendRawTransaction', [hexlify(raw)]);
      return 'accepted';
    } catch (error) {
      if (!isAnswer(error)) {
        throw unreachable(error);
      }
      const { refusal, detail } = readRefusal(error);
      if (refusal === 'known' || refusal === 'nonce-too-low') {
        return refusal;
      }
      throw new TransactionRefused(refusal, detail);
    }
  }

  /** Whether `root` is anchored in the store. Throws `StoreNotFound` when no store is there. */
  async isIssued(storeAt: BytesLike, root: BytesLike): Promise<boolean> {
    return (await this.askStore(storeAt, 'isIssued', [hexlify(root)])) as boolean;
  }

  /** Whether exactly `hash` is revoked in the store. Throws `StoreNotFound` when no store is there. */
  async isRevoked(storeAt: BytesLike, hash: BytesLike): Promise<boolean> {
    return (await this.askStore(storeAt, 'isRevoked', [hexlify(hash)])) as boolean;
  }

  /** When `root` was anchored, in seconds; null when it is not. Throws `StoreNotFound` when no store is there. */
  async anchoredAt(storeAt: BytesLike, root: BytesLike): Promise<number | null> {
    const time = Number(await this.askStore(storeAt, 'anchoredAt', [hexlify(root)]));
    return time === 0 ? null : time;
  }

  /** The code at an address, `0x` when there is none. */
  codeAt(address: BytesLike): Promise<string> {
    return this.ask<string>('eth_getCode', toAddress(address), 'latest');
  }

  /** What `to` answers to a call, as ABI-encoded bytes. Throws `StoreNotFound` when it refuses. */
  async call(to: BytesLike, data: string): Promise<string> {
    const address = toAddress(to);
    try {
      return (await this.provider.send('eth_call', [{ to: address, data }, 'latest'])) as string;
    } catch (error) {
      throw isAnswer(error) && isRevert(error) ? new StoreNotFound(address) : unreachable(error);
    }
  }

  close(): void {
    this.provider.destroy();
  }

  private async askStore(storeAt: BytesLike, method: string, parameters: readonly unknown[]): Promise<unknown> {
    const answer = await this.call(storeAt, store.encodeFunctionData(method, parameters));
    if (answer.length !== 66) {
      throw new StoreNotFound(toAddress(storeAt));
    }
    return store.decodeFunctionResult(method, answer)[0];
  }

  private async ask<Answer>(method: string, ...parameters: unknown[]): Promise<Answer> {
    try {
      return (await this.provider.send(method, parameters)) as Answer;
    } catch (error) {
      throw unreachable(error);
    }
  }
}

import { formatCaip2 } from '../document-address.js';
import { ChainByRpc } from './chain-by-rpc.js';
import { RpcNode, type RpcTools } from './rpc-node.js';
import type { Voter } from './rpc-quorum.js';

/** A node of the user's choice. */
export type RpcEndpoint = {
  readonly url: string;
  /** CAIP-2: which chain it is to serve. Left out, it is asked. */
  readonly chainId?: string;
};

/** What became of a node when it was asked which chain it serves. */
export type RpcNodeState = RpcEndpoint & { readonly state: 'answers' | 'silent' | 'serves-another-chain' };

export type OpenedChains = {
  /** Finds the chain by its CAIP-2 id, as `ChainReaders` do. */
  readonly chains: (chainId: string) => ChainByRpc | undefined;
  readonly nodes: readonly RpcNodeState[];
};

type Opened = { readonly said: RpcNodeState; readonly voter: Voter };

/**
 * Asks each node which chain it serves, and gives readers of those chains: what more than half of a chain's nodes say is
 * believed. A node that does not answer, or serves another chain than it was named for, keeps its vote and cannot cast it;
 * if nobody said which chain it is of, it counts with all of them. So taking nodes down never makes a lie a majority.
 */
export async function openChains(endpoints: readonly RpcEndpoint[], tools: RpcTools): Promise<OpenedChains> {
  const opened = await Promise.all(endpoints.map((endpoint) => open(endpoint, tools)));
  const readers = new Map<string, ChainByRpc | undefined>();
  const readerOf = (chainId: string): ChainByRpc | undefined => {
    const voters = opened.filter(({ said }) => (said.chainId ?? chainId) === chainId).map(({ voter }) => voter);
    return voters.length === 0 ? undefined : new ChainByRpc(voters);
  };
  return {
    chains: (chainId) => {
      if (!readers.has(chainId)) {
        readers.set(chainId, readerOf(chainId));
      }
      return readers.get(chainId);
    },
    nodes: opened.map(({ said }) => said),
  };
}

async function open(endpoint: RpcEndpoint, tools: RpcTools): Promise<Opened> {
  try {
    const node = new RpcNode(endpoint.url, tools);
    const chainId = formatCaip2(Number(await node.ask('eth_chainId')));
    return endpoint.chainId === undefined || endpoint.chainId === chainId
      ? { said: { ...endpoint, chainId, state: 'answers' }, voter: node }
      : { said: { ...endpoint, state: 'serves-another-chain' }, voter: 'silent' };
  } catch {
    // Out of reach, or not a node.
    return { said: { ...endpoint, state: 'silent' }, voter: 'silent' };
  }
}

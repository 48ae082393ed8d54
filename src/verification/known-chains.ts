import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { didAnchor, StoreRegister } from '../anchoring/index.js';
import { fromHex } from '../kernel/index.js';
import { type ChainClient, Chains, ChainUnreachable } from '../platform/chain/index.js';
import { formatCaip2, type AnchorPlace, type ChainReader, type ChainReaders } from '../proof/index.js';

/** A person waits for the answer: after this the chain counts as out of reach. */
const PATIENCE_MS = 5_000;

/** The chains this service can ask, for verifiers. Never answers from memory. */
@Injectable()
export class KnownChains {
  /** CAIP-2; of the chain whose addresses are printed. */
  readonly chainId: string;
  private readonly byChain: ReadonlyMap<string, ChainReader>;

  constructor(chains: Chains) {
    this.chainId = formatCaip2(chains.primary.chainId);
    this.byChain = new Map(chains.all.map(({ chainId, client }) => [formatCaip2(chainId), readerOf(client)]));
  }

  readonly readers: ChainReaders = (chainId) => this.byChain.get(chainId);
}

function readerOf(chain: ChainClient): ChainReader {
  const register = new StoreRegister(chain);
  return {
    // A node of another chain has no code there either: its "no" would be taken for ours.
    hasCode: (address) => soon(chain.assertChainId().then(async () => (await chain.codeAt(address)) !== '0x')),
    isIssued: (store, root) => soon(chain.isIssued(store, root)),
    isRevoked: (store, hash) => soon(chain.isRevoked(store, hash)),
    placeOf: (store, root, transactionHash) =>
      soon(chain.assertChainId().then(() => placeOf(register, { store, root, transactionHash }))),
    head: () => soon(chain.head().then(({ number, timestamp }) => ({ blockNumber: number, time: timeOf(timestamp) }))),
  };
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

async function placeOf(
  register: StoreRegister,
  { store, root, transactionHash }: { store: string; root: string; transactionHash: string | null },
): Promise<AnchorPlace | null> {
  const mined = transactionHash === null ? null : await register.findMined([transactionHash]);
  if (transactionHash !== null && (mined === null || !didAnchor(mined.receipt, store, root))) {
    return null;
  }
  const found = await register.find(store, fromHex(root), mined);
  if (found.kind === 'found') {
    const { blockNumber, blockHash, blockTime } = found.place;
    return { blockNumber, blockHash, blockTime: blockTime.toISOString() };
  }
  if (found.kind === 'absent') {
    return null;
  }
  throw new ChainUnreachable('the chain is changing');
}

async function soon<Answer>(asking: Promise<Answer>): Promise<Answer> {
  const waiting = new AbortController();
  const tooLate = pause(PATIENCE_MS, undefined, { signal: waiting.signal }).then(() => {
    throw new ChainUnreachable('no answer in time');
  });
  try {
    return await Promise.race([asking, tooLate]);
  } finally {
    waiting.abort();
    tooLate.catch(() => undefined);
  }
}

import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { ChainClient, ChainUnreachable } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { formatCaip2, type ChainReader, type ChainReaders } from '../proof/index.js';

/** A person waits for the answer: after this the chain counts as out of reach. */
const PATIENCE_MS = 5_000;

/** The chains this service can ask, for verifiers. Never answers from memory. */
@Injectable()
export class KnownChains {
  /** CAIP-2. */
  readonly chainId: string;
  private readonly reader: ChainReader;

  constructor(chain: ChainClient, settings: Settings) {
    this.chainId = formatCaip2(settings.chainId);
    this.reader = {
      // A node of another chain has no code there either: its "no" would be taken for ours.
      hasCode: (address) => soon(chain.assertChainId().then(async () => (await chain.codeAt(address)) !== '0x')),
      isIssued: (store, root) => soon(chain.isIssued(store, root)),
      isRevoked: (store, hash) => soon(chain.isRevoked(store, hash)),
    };
  }

  readonly readers: ChainReaders = (chainId) => (chainId === this.chainId ? this.reader : undefined);
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

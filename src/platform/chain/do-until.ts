import { setTimeout as pause } from 'node:timers/promises';
import type { BytesLike } from 'ethers';
import { addressOf, signCall } from './anchor-transaction.js';
import type { ChainClient } from './chain-client.js';
import { TransactionRefused } from './chain.errors.js';

export type Call = {
  readonly to: BytesLike;
  readonly data: string;
  readonly gasLimit: bigint;
  readonly value?: bigint;
};

const ATTEMPTS = 60;
const LOOKS = 20;
const LOOK_EVERY_MS = 100;

/**
 * Acts until what was wanted is so; false when it never came about. Looks at the chain, not at a transaction: anyone may have
 * been first, and our transaction may have lost its nonce to another one, so it is signed anew from time to time.
 */
export async function doUntil(isSo: () => Promise<boolean>, act: () => Promise<void>): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await isSo()) {
      return true;
    }
    await act();
    if (await isTrueSoon(isSo)) {
      return true;
    }
  }
  return false;
}

export async function isTrueSoon(question: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (await question()) {
      return true;
    }
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

/** Sends a call with the nonce that the chain names: for keys that no worker anchors with. */
export async function sendCall(client: ChainClient, key: BytesLike, call: Call): Promise<void> {
  const [nonce, fees] = await Promise.all([client.nonceOf(addressOf(key)), client.suggestedFees()]);
  const { raw } = signCall({ key, chainId: client.chainId, nonce, fees, ...call });
  try {
    await client.broadcast(raw);
  } catch (error) {
    if (!(error instanceof TransactionRefused) || error.reason !== 'underpriced') {
      throw error;
    }
    // An earlier transaction with this nonce still waits, of this process or of another: wait with it, then look again.
  }
}

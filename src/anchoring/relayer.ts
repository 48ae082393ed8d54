import type { Settings } from '../platform/config/index.js';
import { addressOf } from '../platform/chain/index.js';
import { fromHex, to0x } from '../kernel/index.js';
import { feeCap } from './fees.js';

/**
 * Who sends our transactions on which chain. There MUST be one logical sender per (chain, key): its nonces are given out
 * under the row lock of `chain_senders`, and nothing else may sign with this key.
 */
export type Relayer = {
  readonly chainId: number;
  readonly key: Uint8Array;
  readonly address: string;
  /** The same as bytes, for the database. */
  readonly sender: Uint8Array;
  /** The highest fee per gas ever signed, in wei. */
  readonly feeCap: bigint;
};

export function relayerOf(settings: Settings): Relayer {
  return senderOf(settings, settings.chainRelayerKey);
}

/** The same for another of our keys. */
export function senderOf(settings: Settings, privateKey: string): Relayer {
  const key = fromHex(privateKey);
  const address = addressOf(to0x(key));
  return {
    chainId: settings.chainId,
    key,
    address,
    sender: fromHex(address),
    feeCap: feeCap(settings.chainMaxFeeGwei),
  };
}

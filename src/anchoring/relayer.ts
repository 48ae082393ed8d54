import type { Settings } from '../platform/config/index.js';
import { addressOf, type ConfiguredChain } from '../platform/chain/index.js';
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

/** One for each key that sends anchors; the stores were created with the first as their relayer. */
export function relayersOf(settings: Settings, chain: ConfiguredChain): readonly [Relayer, ...Relayer[]] {
  const further = settings.chainFurtherRelayerKeys.map((key) => senderOf(chain, key));
  return [senderOf(chain, settings.chainRelayerKey), ...further];
}

/** The same for any of our keys. */
export function senderOf(
  { chainId, maxFeeGwei }: Pick<ConfiguredChain, 'chainId' | 'maxFeeGwei'>,
  privateKey: string,
): Relayer {
  const key = fromHex(privateKey);
  const address = addressOf(to0x(key));
  return {
    chainId,
    key,
    address,
    sender: fromHex(address),
    feeCap: feeCap(maxFeeGwei),
  };
}

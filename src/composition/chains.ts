import { ChainClient, Chains, type ConfiguredChain } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';

/** The chains that the settings name, the first one first. Whoever makes them closes them. */
export function chainsOf(settings: Settings): Chains {
  return new Chains([primaryOf(settings), ...settings.furtherChains.map((chain) => furtherOf(settings, chain))]);
}

function primaryOf(settings: Settings): ConfiguredChain {
  const { chainId, chainName: name, chainConfirmations: confirmations, chainMaxFeeGwei: maxFeeGwei } = settings;
  const client = clientOf(settings, chainId, settings.chainRpcUrls);
  return { client, chainId, name, confirmations, maxFeeGwei, since: undefined };
}

function furtherOf(settings: Settings, chain: Settings['furtherChains'][number]): ConfiguredChain {
  const { chainId, rpcUrls, name = '', since } = chain;
  return {
    client: clientOf(settings, chainId, rpcUrls),
    chainId,
    name,
    confirmations: chain.confirmations ?? settings.chainConfirmations,
    maxFeeGwei: chain.maxFeeGwei ?? settings.chainMaxFeeGwei,
    since: since === undefined ? undefined : new Date(since),
  };
}

function clientOf({ chainTimeoutMs: timeoutMs }: Settings, chainId: number, rpcUrls: readonly string[]): ChainClient {
  return new ChainClient({ rpcUrls, chainId, timeoutMs });
}

import type { ChainClient } from './chain-client.js';

/** A chain that every batch is anchored on, and what is promised there. */
export type ConfiguredChain = {
  readonly client: ChainClient;
  readonly chainId: number;
  /** What people call it; may be empty. */
  readonly name: string;
  /** Blocks on top of an anchor before it counts as confirmed (1 = its own block). */
  readonly confirmations: number;
  /** The highest fee per gas ever signed there. */
  readonly maxFeeGwei: number;
  /** Batches sealed before are not anchored there; undefined: all are, also those older than the configuration. */
  readonly since: Date | undefined;
};

/** The chains of this installation. The first is the one whose addresses are printed on documents. */
export class Chains {
  constructor(readonly all: readonly [ConfiguredChain, ...ConfiguredChain[]]) {}

  get primary(): ConfiguredChain {
    return this.all[0];
  }

  find(chainId: number): ConfiguredChain | undefined {
    return this.all.find((chain) => chain.chainId === chainId);
  }

  close(): void {
    for (const { client } of this.all) {
      client.close();
    }
  }
}

import type { ConfiguredChain } from '../../platform/chain/index.js';

/** `held`: the block that holds it may yet be undone. */
export type Standing = 'absent' | 'held' | 'held-for-good';

/** What the issuers' stores say about revocations, and how deep in the chain they say it. */
export class RevocationRegister {
  constructor(private readonly chain: ConfiguredChain) {}

  /**
   * How `leaves` stand, in their order.
   *
   * Depth MUST be counted from the block that holds a revocation now. A reorganisation may have moved it to a later one
   * while nobody looked, so it follows from the time that the store names, never from when it was first seen. Blocks may
   * share a time; what is as old as the first block that is too young does not count as deep.
   * Throws `StoreNotFound` and `ChainUnreachable`.
   */
  async standingsOf(store: string, leaves: readonly Uint8Array[]): Promise<Standing[]> {
    const deepBefore = await this.deepBefore();
    const times = await Promise.all(leaves.map((leaf) => this.chain.client.revokedAt(store, leaf)));
    return times.map((time) => (time === null ? 'absent' : time < deepBefore ? 'held-for-good' : 'held'));
  }

  /** In seconds: every block from before then has as many blocks as the chain's confirmations say, itself included. */
  private async deepBefore(): Promise<number> {
    const { confirmations, client } = this.chain;
    if (confirmations === 1) {
      return Infinity;
    }
    const head = await client.head();
    const firstTooYoung = await client.block(Math.max(0, head.number - confirmations + 2));
    return firstTooYoung?.timestamp ?? 0;
  }
}

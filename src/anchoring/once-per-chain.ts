/**
 * Lets a worker do a job for several chains beside each other, so that one that hangs delays no other, but never twice for
 * the same one: the second would wait for the row of the sender, and take the place of another chain meanwhile. What is
 * left out so is found by the next sweep.
 */
export class OncePerChain {
  private readonly underWay = new Set<string>();

  async run(chainId: string, work: () => Promise<void>): Promise<void> {
    if (this.underWay.has(chainId)) {
      return;
    }
    this.underWay.add(chainId);
    try {
      await work();
    } finally {
      this.underWay.delete(chainId);
    }
  }
}

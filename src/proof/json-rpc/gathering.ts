/** How much goes out at once. */
export type GatheringLimits = {
  /** Items that one sending carries. */
  readonly most: () => number;
  /** Sendings under way: more only wait at the other end. */
  readonly mostUnderWay: number;
};

/**
 * Gathers what is asked within one turn of the event loop, and what comes while enough is under way, and sends it together.
 * `send` MUST settle every item it is given and never reject.
 */
export class Gathering<Item> {
  private waiting: Item[] = [];
  private underWay = 0;
  private isFlushPlanned = false;

  constructor(
    private readonly limits: GatheringLimits,
    private readonly send: (items: readonly Item[]) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.waiting.push(item);
    this.planFlush();
  }

  /** Items that were sent and have to go again go before those that wait. */
  addFirst(items: readonly Item[]): void {
    this.waiting.unshift(...items);
    this.planFlush();
  }

  private planFlush(): void {
    if (!this.isFlushPlanned) {
      this.isFlushPlanned = true;
      setTimeout(() => {
        this.isFlushPlanned = false;
        this.flush();
      }, 0);
    }
  }

  private flush(): void {
    while (this.waiting.length > 0 && this.underWay < this.limits.mostUnderWay) {
      const items = this.waiting.splice(0, this.limits.most());
      this.underWay += 1;
      void this.send(items).finally(() => {
        this.underWay -= 1;
        this.flush();
      });
    }
  }
}

/** What became of one item of a batch. */
export type Outcome<Result> =
  { readonly ok: true; readonly value: Result } | { readonly ok: false; readonly error: unknown };

export function attemptTo<Result>(work: () => Result): Outcome<Result> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

type Waiting<Item, Result> = {
  readonly item: Item;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Gathers items while the batch before them is being written: no timer, no waiting when idle, and under load one
 * transaction for up to `maxSize` items. `flush` MUST answer one outcome per item, in order; when it throws, the items of
 * the batch are tried one by one, so that a bad one fails alone.
 */
export class MicroBatcher<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private isFlushing = false;

  constructor(
    private readonly flush: (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>,
    private readonly maxSize = 128,
  ) {}

  submit(item: Item): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isFlushing) {
        this.isFlushing = true;
        void this.flushAll();
      }
    });
  }

  private async flushAll(): Promise<void> {
    // One turn of the event loop lets requests that arrived together travel together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.maxSize);
      await this.flushBatch(batch);
    }
    this.isFlushing = false;
  }

  private async flushBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.flush(batch.map(({ item }) => item));
      batch.forEach((waiting, index) => {
        settle(waiting, outcomes[index]);
      });
    } catch (error) {
      await this.flushSingly(batch, error);
    }
  }

  private async flushSingly(batch: readonly Waiting<Item, Result>[], error: unknown): Promise<void> {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      first.reject(error);
      return;
    }
    for (const waiting of batch) {
      await this.flushBatch([waiting]);
    }
  }
}

function settle<Item, Result>(waiting: Waiting<Item, Result>, outcome: Outcome<Result> | undefined): void {
  if (outcome?.ok === true) {
    waiting.resolve(outcome.value);
  } else {
    waiting.reject(outcome?.error ?? new Error('The batch answered fewer outcomes than it had items'));
  }
}

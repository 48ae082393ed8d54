import type { Clock } from '../kernel/index.js';

/** Remembers answers for a short time, at most `capacity` of them; the oldest goes first. Failures are not remembered. */
export class ExpiringCache<Value> {
  private readonly entries = new Map<string, { value: Value; until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly lifetimeMs: number,
    private readonly capacity = 10_000,
  ) {}

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = this.clock.now().getTime();
    const known = this.entries.get(key);
    if (known !== undefined && known.until > now) {
      return known.value;
    }
    const value = await load();
    this.entries.delete(key);
    this.entries.set(key, { value, until: now + this.lifetimeMs });
    if (this.entries.size > this.capacity) {
      this.entries.delete(this.entries.keys().next().value ?? '');
    }
    return value;
  }
}

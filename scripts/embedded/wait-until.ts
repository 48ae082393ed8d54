import { setTimeout as sleep } from 'node:timers/promises';

export type WaitOptions = {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  /** A sentence as soon as waiting has become pointless, for instance because the process has ended. */
  readonly hopeless?: () => string | null;
};

/**
 * Asks again and again until `check` answers true. A check that throws counts as "not yet", and what it threw is told
 * when time is up.
 */
export async function waitUntil(
  what: string,
  check: () => boolean | Promise<boolean>,
  { timeoutMs = 30_000, intervalMs = 50, hopeless = () => null }: WaitOptions = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let lastFailure = '';
  for (;;) {
    try {
      if (await check()) {
        return;
      }
    } catch (error) {
      lastFailure = `: ${String(error)}`;
    }
    const reason = hopeless();
    if (reason !== null) {
      throw new Error(`Gave up waiting until ${what}: ${reason}`);
    }
    if (performance.now() > deadline) {
      throw new Error(`Still waiting until ${what} after ${timeoutMs} ms${lastFailure}`);
    }
    await sleep(intervalMs);
  }
}

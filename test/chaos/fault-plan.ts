import { SeededRandom } from './seeded-random.js';

/** What is done to the instance. Those that name no part of it are done to the wire between it and the chain. */
export const FAULT_KINDS = [
  'kill-api',
  'kill-worker',
  'kill-redis',
  'flush-redis',
  'stop-postgres',
  'kill-chain',
  'pause-chain',
  'reorganise-chain',
  'drop-transaction',
  'delay-answers',
  'repeat-sends',
  'refuse-questions',
  'cut-answers',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault = {
  readonly kind: FaultKind;
  /** Milliseconds after the load began. One whose part is still busy with the fault before it comes later. */
  readonly atMs: number;
  /** How long it lasts, where it lasts. */
  readonly lastsMs: number;
  /** Which worker. */
  readonly which: number;
  /** Blocks that a reorganisation takes back. */
  readonly depth: number;
};

export type PlanRequest = {
  readonly seed: number;
  readonly durationMs: number;
  readonly count: number;
  readonly kinds: readonly FaultKind[];
};

export const DEEPEST_REORGANISATION = 5;

/** The same request gives the same plan. Every kind comes once before any comes twice, in an order of its own each time. */
export function planFaults({ seed, durationMs, count, kinds }: PlanRequest): readonly Fault[] {
  const random = new SeededRandom(seed);
  const order: FaultKind[] = [];
  while (order.length < count) {
    order.push(...random.shuffled(kinds));
  }
  const slotMs = durationMs / count;
  return order.slice(0, count).map((kind, index) => ({
    kind,
    atMs: Math.floor((index + random.next()) * slotMs),
    lastsMs: random.between(300, 3_000),
    which: random.between(0, 1),
    depth: random.between(1, DEEPEST_REORGANISATION),
  }));
}

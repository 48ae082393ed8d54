import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultKind } from './fault-plan.js';
import type { ChaosInstance } from './instance.js';
import type { Misbehaviour } from './rpc-proxy.js';

/** What was done, and when: milliseconds since the load began. */
export type DoneFault = {
  readonly kind: FaultKind;
  readonly beganMs: number;
  readonly endedMs: number;
  /** False when there was nothing to do it to: no transaction came that could be dropped, no answer to spoil. */
  readonly struck: boolean;
  readonly detail: string;
};

type Deed = Pick<DoneFault, 'struck' | 'detail'>;

/** How long a transaction is waited for that could be dropped. */
const PATIENCE_MS = 6_000;

type Part = 'api' | 'worker' | 'redis' | 'postgres' | 'chain' | 'wire';

const PART_OF: Readonly<Record<FaultKind, Part>> = {
  'kill-api': 'api',
  'kill-worker': 'worker',
  'kill-redis': 'redis',
  'flush-redis': 'redis',
  'stop-postgres': 'postgres',
  'kill-chain': 'chain',
  'pause-chain': 'chain',
  'reorganise-chain': 'chain',
  'drop-transaction': 'chain',
  'delay-answers': 'wire',
  'repeat-sends': 'wire',
  'refuse-questions': 'wire',
  'cut-answers': 'wire',
};

/** Carries out a plan. Faults of different parts overlap; those of one part come one after the other. */
export class FaultRunner {
  readonly done: DoneFault[] = [];
  private readonly lastOf = new Map<Part, Promise<void>>();
  private began = 0;

  constructor(private readonly instance: ChaosInstance) {}

  /** Returns when every fault is over and what it broke has been started again. */
  async run(plan: readonly Fault[]): Promise<void> {
    this.began = performance.now();
    for (const fault of plan) {
      await pause(Math.max(0, fault.atMs - this.elapsed()));
      const part = PART_OF[fault.kind];
      const before = this.lastOf.get(part) ?? Promise.resolve();
      this.lastOf.set(
        part,
        before.then(() => this.perform(fault)),
      );
    }
    await Promise.all(this.lastOf.values());
  }

  private async perform(fault: Fault): Promise<void> {
    const beganMs = this.elapsed();
    const deed = await this.inflict(fault);
    this.done.push({ kind: fault.kind, beganMs, endedMs: this.elapsed(), ...deed });
  }

  private inflict(fault: Fault): Promise<Deed> {
    switch (PART_OF[fault.kind]) {
      case 'api':
      case 'worker':
        return this.killApp(fault);
      case 'redis':
      case 'postgres':
        return this.breakStorage(fault);
      case 'chain':
        return this.breakChain(fault);
      case 'wire':
        return this.breakWire(fault);
    }
  }

  /** A process that is starting just now is killed in that. */
  private async killApp({ kind, which }: Fault): Promise<Deed> {
    const { api, workers } = this.instance.parts;
    const app = kind === 'kill-api' ? api : workers[which % workers.length];
    while (app?.kill() === false) {
      await pause(20);
    }
    return struck(app?.name ?? '');
  }

  private async breakStorage({ kind, lastsMs }: Fault): Promise<Deed> {
    const { redis, postgres } = this.instance.parts;
    if (kind === 'stop-postgres') {
      await postgres.crash(Math.floor(lastsMs / 2));
      return struck(`away for ${Math.floor(lastsMs / 2)} ms`);
    }
    if (kind === 'flush-redis') {
      await redis?.flush();
      return struck('emptied');
    }
    await redis?.killAndWipe(lastsMs);
    return struck(`away for ${lastsMs} ms, and empty`);
  }

  private async breakChain({ kind, lastsMs, depth }: Fault): Promise<Deed> {
    const { chain } = this.instance.parts;
    if (kind === 'reorganise-chain') {
      const blocks = await chain.reorganise(depth);
      return { struck: blocks > 0, detail: `${blocks} of ${depth} blocks` };
    }
    if (kind === 'drop-transaction') {
      const hash = await chain.dropTransaction(PATIENCE_MS);
      return { struck: hash !== null, detail: hash ?? 'none came' };
    }
    await (kind === 'kill-chain' ? chain.kill(lastsMs) : chain.freeze(lastsMs));
    return struck(`for ${lastsMs} ms`);
  }

  private async breakWire({ kind, lastsMs }: Fault): Promise<Deed> {
    const answers = await this.instance.parts.proxy.misbehave(kind as Misbehaviour, lastsMs);
    return { struck: answers > 0, detail: `${answers} answers in ${lastsMs} ms` };
  }

  private elapsed(): number {
    return Math.round(performance.now() - this.began);
  }
}

function struck(detail: string): Deed {
  return { struck: true, detail };
}

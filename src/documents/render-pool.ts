import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Rendered, Renderers, RenderTask } from './drawing/index.js';
import { failureOf, renderAll } from './drawing/index.js';

/** Draws many documents at once. The bytes do not depend on where they are drawn. */
export abstract class RenderPool {
  /** One answer for each task, in their order. */
  abstract render(tasks: readonly RenderTask[]): Promise<Rendered[]>;
  abstract close(): Promise<void>;
}

/** Draws on the process's own thread. */
export class OwnThread extends RenderPool {
  constructor(private readonly renderers: Renderers) {
    super();
  }

  override render(tasks: readonly RenderTask[]): Promise<Rendered[]> {
    return Promise.resolve(renderAll(tasks, this.renderers));
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Fewer in a message cost more in sending than drawing them apart gains. */
const SMALLEST_BATCH = 16;
/** Of one thread: templates, glyphs and a font are some 100 MB; what needs more has gone wrong, and is started again. */
const LARGEST_HEAP_MB = 512;

/** Draws in threads of its own, so that keys, database and hashing have the process's thread to themselves. */
export class RenderThreads extends RenderPool {
  private readonly pool: Piscina<RenderTask[], Rendered[]>;
  private readonly threads: number;

  /** `script`: a module whose default export draws a batch. `threads`: 0 for as many as the machine has cores. */
  constructor(script: URL, threads: number, heapMb = LARGEST_HEAP_MB) {
    super();
    this.threads = threads === 0 ? availableParallelism() : threads;
    this.pool = new Piscina({
      filename: script.href,
      minThreads: 0,
      maxThreads: this.threads,
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
  }

  override async render(tasks: readonly RenderTask[]): Promise<Rendered[]> {
    const size = Math.max(SMALLEST_BATCH, Math.ceil(tasks.length / this.threads));
    const batches = Array.from({ length: Math.ceil(tasks.length / size) }, (_, index) =>
      tasks.slice(index * size, (index + 1) * size),
    );
    return (await Promise.all(batches.map((batch) => this.renderBatch(batch)))).flat();
  }

  override close(): Promise<void> {
    return this.pool.close();
  }

  /** A thread that dies takes its batch with it: then each document is tried alone, so that one is to blame and not all. */
  private async renderBatch(batch: readonly RenderTask[]): Promise<Rendered[]> {
    try {
      return await this.pool.run([...batch]);
    } catch (error) {
      const [first, ...others] = batch;
      if (first === undefined || others.length === 0) {
        return [failureOf(error as Error)];
      }
      const alone: Rendered[] = [];
      for (const task of batch) {
        alone.push(...(await this.renderBatch([task])));
      }
      return alone;
    }
  }
}

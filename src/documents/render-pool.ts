import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Rendered, Renderers, RenderTask } from './drawing/index.js';
import { failureOf, renderAll } from './drawing/index.js';
import { RenderQueue, urgent } from './render-queue.js';

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

/**
 * Documents in a message to a thread: fewer cost more in sending, and a thread that has begun a batch ends it, so that a document
 * somebody waits for waits as long as one batch takes: some 20 ms.
 */
const BATCH = 8;
/** So few in one call are not a load, but what somebody waits for. */
const MOST_URGENT = 2;
/** Of one thread: templates, glyphs and a font are some 100 MB; what needs more has gone wrong, and is started again. */
const LARGEST_HEAP_MB = 512;

/**
 * Draws in threads of its own, so that keys, database and hashing have the process's thread to themselves. One or two documents
 * asked for alone go before the batches of a load that is being drawn. One thread is always there, and starts with the process:
 * nobody waits for fonts and outlines.
 */
export class RenderThreads extends RenderPool {
  private readonly pool: Piscina<RenderTask[], Rendered[]>;

  /** `script`: a module whose default export draws a batch. `threads`: 0 for as many as the machine has cores. */
  constructor(script: URL, threads: number, heapMb = LARGEST_HEAP_MB) {
    super();
    this.pool = new Piscina({
      filename: script.href,
      minThreads: 1,
      maxThreads: threads === 0 ? availableParallelism() : threads,
      taskQueue: new RenderQueue(),
      idleTimeout: 60_000,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
  }

  override async render(tasks: readonly RenderTask[]): Promise<Rendered[]> {
    const batches = Array.from({ length: Math.ceil(tasks.length / BATCH) }, (_, index) =>
      tasks.slice(index * BATCH, (index + 1) * BATCH),
    );
    if (tasks.length <= MOST_URGENT) {
      batches.forEach(urgent);
    }
    return (await Promise.all(batches.map((batch) => this.renderBatch(batch)))).flat();
  }

  override close(): Promise<void> {
    return this.pool.close();
  }

  /** A thread that dies takes its batch with it: then each document is tried alone, so that one is to blame and not all. */
  private async renderBatch(batch: RenderTask[]): Promise<Rendered[]> {
    try {
      return await this.pool.run(batch);
    } catch (error) {
      const [first, ...others] = batch;
      if (first === undefined || others.length === 0) {
        return [failureOf(error)];
      }
      const alone: Rendered[] = [];
      for (const task of batch) {
        alone.push(...(await this.renderBatch([task])));
      }
      return alone;
    }
  }
}

import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { faultOf } from '../../kernel/index.js';
import { Logger } from '../observability/index.js';
import type { JobHandler, JobPayload } from './define-job.js';
import { JobQueues } from './job-queues.js';
import { oncePerPayload } from './once-per-payload.js';

/** A sweep that could not ask is not put off to the next interval, however long that is. */
const RETRY_SWEEP_MS = 5_000;

/** Runs job handlers in a worker process, and sweeps for the work whose job was lost. */
@Injectable()
export class JobRunner implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly workers: Worker[] = [];
  private readonly sweeps = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly stopping = new AbortController();

  constructor(
    private readonly queues: JobQueues,
    private readonly logger: Logger,
  ) {}

  start(handlers: readonly JobHandler[]): void {
    for (const handler of handlers) {
      this.workers.push(this.startWorker(handler));
      this.scheduleSweep(handler);
    }
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Lets jobs in flight finish; those that do not start again elsewhere. */
  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) {
      clearInterval(timer);
    }
    await Promise.allSettled([...this.workers.map((worker) => worker.close()), ...this.sweeps]);
  }

  private startWorker(handler: JobHandler): Worker {
    const { name, concurrency, oneAtATime } = handler.job;
    const handle = (payload: JobPayload): Promise<void> => handler.handle(payload, this.stopping.signal);
    const work = oneAtATime === 'by-payload' ? oncePerPayload(handle) : handle;
    const process = ({ data }: { data: unknown }): Promise<void> => work(data as JobPayload);
    const worker = this.queues.backend.makeWorker(name, process, { concurrency });
    worker.on('error', (error) => {
      this.logger.warn('queue.worker-error', { queue: name, reason: error.message });
    });
    worker.on('failed', (job, error) => {
      this.logger.error('job.failed', { job: name, ...(job?.data as JobPayload | undefined), ...faultOf(error) });
    });
    return worker;
  }

  /** At once too: what was missed while no worker ran is not to wait for the first interval, which may be minutes. */
  private scheduleSweep(handler: JobHandler): void {
    let isSweeping = false;
    const tick = (): void => {
      if (isSweeping || this.stopping.signal.aborted) {
        return;
      }
      isSweeping = true;
      const sweep = this.sweep(handler).then((isDone) => {
        isSweeping = false;
        this.sweeps.delete(sweep);
        if (!isDone && handler.sweepEveryMs > RETRY_SWEEP_MS) {
          setTimeout(tick, RETRY_SWEEP_MS).unref();
        }
      });
      this.sweeps.add(sweep);
    };
    tick();
    this.timers.push(setInterval(tick, handler.sweepEveryMs));
  }

  /** False when queue or database could not be asked. */
  private async sweep(handler: JobHandler): Promise<boolean> {
    try {
      // What waits already will find the work: more alarms would only pile up behind a slow handler. What runs does not count:
      // its worker may have died, and BullMQ finds that out a minute later.
      if (!(await this.queues.isAnyWaiting(handler.job.name))) {
        for (const payload of await handler.findDue()) {
          await this.queues.add(handler.job, payload);
        }
      }
      return true;
    } catch (error) {
      this.logger.warn('sweep.failed', { job: handler.job.name, ...faultOf(error) });
      return false;
    }
  }
}

import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import { Settings } from '../config/index.js';
import { Logger } from '../observability/index.js';
import type { JobDefinition, JobPayload } from './define-job.js';
import { makeQueueBackend, type QueueBackend } from './queue-backend.js';

/** How long a queue that was never reached is waited for; what was reached once fails by itself when it is away. */
const PATIENCE_MS = 5_000;

/** Puts jobs into BullMQ, one queue per job name. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  readonly backend: QueueBackend;
  /** Those that were reached, and those being opened. */
  private readonly queues = new Map<string, Promise<Queue>>();

  constructor(
    settings: Settings,
    private readonly logger: Logger,
  ) {
    this.backend = makeQueueBackend(settings);
  }

  async add<Payload extends JobPayload>(job: JobDefinition<Payload>, payload: Payload): Promise<void> {
    await this.addByName(job.name, payload, job.attempts);
  }

  /** For the outbox, which stores the name of the job as its topic. */
  async addByName(name: string, payload: JobPayload, attempts = 8): Promise<void> {
    const queue = await this.queue(name);
    await queue.add(name, payload, {
      attempts,
      backoff: { type: 'exponential', delay: 250 },
      removeOnComplete: true,
      removeOnFail: { count: 1_000 },
    });
  }

  /** Whether a job waits that nobody has begun. */
  async isAnyWaiting(name: string): Promise<boolean> {
    const queue = await this.queue(name);
    return (await queue.getJobCountByTypes('waiting', 'delayed', 'prioritized')) > 0;
  }

  /** Jobs that wait or run, for metrics and tests. */
  async pendingCount(name: string): Promise<number> {
    const queue = await this.queue(name);
    return queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map(async (opening) => (await opening).close()));
    await this.backend.close();
  }

  /**
   * Throws while the queue cannot be reached. Whoever asks while it is being opened waits for the same answer: a queue that is
   * given up is closed, and BullMQ never answers what it is asked after that.
   */
  private queue(name: string): Promise<Queue> {
    const known = this.queues.get(name);
    if (known !== undefined) {
      return known;
    }
    const opening = this.open(name);
    this.queues.set(name, opening);
    // BullMQ never tries again to open a queue that it could not open at first: the next one who asks gets another.
    opening.catch(() => this.queues.delete(name));
    return opening;
  }

  private async open(name: string): Promise<Queue> {
    const queue = this.makeQueue(name);
    const late = pause(PATIENCE_MS, 'late' as const, { ref: false });
    try {
      if ((await Promise.race([queue.waitUntilReady(), late])) === 'late') {
        throw new Error(`The queue ${name} does not answer`);
      }
      return queue;
    } catch (error) {
      void queue.close().catch(() => undefined);
      throw error;
    }
  }

  private makeQueue(name: string): Queue {
    const queue = this.backend.makeQueue(name);
    queue.on('error', (error) => {
      this.logger.warn('queue.unreachable', { queue: name, reason: error.message });
    });
    return queue;
  }
}

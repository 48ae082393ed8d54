import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Settings } from '../config/index.js';
import { Logger } from '../observability/index.js';
import type { JobDefinition, JobPayload } from './define-job.js';
import { makeQueueBackend, type QueueBackend } from './queue-backend.js';

/** Puts jobs into BullMQ, one queue per job name. */
@Injectable()
export class JobQueues implements OnApplicationShutdown {
  readonly backend: QueueBackend;
  private readonly queues = new Map<string, Queue>();

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
    await this.queue(name).add(name, payload, {
      attempts,
      backoff: { type: 'exponential', delay: 250 },
      removeOnComplete: true,
      removeOnFail: { count: 1_000 },
    });
  }

  /** Jobs that wait or run, for metrics and tests. */
  async pendingCount(name: string): Promise<number> {
    return this.queue(name).getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  private queue(name: string): Queue {
    const existing = this.queues.get(name);
    if (existing !== undefined) {
      return existing;
    }
    const queue = this.backend.makeQueue(name);
    queue.on('error', (error) => {
      this.logger.warn('queue.unreachable', { queue: name, reason: error.message });
    });
    this.queues.set(name, queue);
    return queue;
  }
}

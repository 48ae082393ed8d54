import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { Logger } from '../observability/index.js';
import { JobQueues, type JobPayload } from '../queue/index.js';

const POLL_MS = 100;
const CHUNK = 200;

/**
 * Moves rows of the outbox into BullMQ. A row is deleted only in the transaction in which its job was accepted, so a crash
 * in between queues it twice, never not at all; handlers do not mind.
 */
@Injectable()
export class OutboxRelay implements BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private relaying: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queues: JobQueues,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.relaying = this.relayAll().finally(() => {
        if (!this.stopped) {
          this.start();
        }
      });
    }, POLL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.relaying;
  }

  private async relayAll(): Promise<void> {
    try {
      while (!this.stopped && (await this.relayChunk()) === CHUNK) {
        // The next chunk waits already.
      }
    } catch (error) {
      this.logger.warn('outbox.relay-failed', { reason: (error as Error).message });
    }
  }

  private relayChunk(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const rows = await tx.query<{ topic: string; payload: JobPayload }>(
        `delete from outbox where id in (select id from outbox order by id limit $1 for update skip locked)
         returning topic, payload`,
        [CHUNK],
      );
      for (const { topic, payload } of withoutRepeats(rows)) {
        await this.queues.addByName(topic, payload);
      }
      return rows.length;
    });
  }
}

/** One alarm is enough for rows that ask for the same. */
function withoutRepeats<Row extends { topic: string; payload: JobPayload }>(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [`${row.topic} ${JSON.stringify(row.payload)}`, row])).values()];
}

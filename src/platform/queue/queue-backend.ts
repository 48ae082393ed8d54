import {
  createPostgresBackend,
  createRedisBackend,
  withBackend,
  type Processor,
  type Queue,
  type Worker,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Settings } from '../config/index.js';

type WorkerChoices = { readonly concurrency: number };

/** Where BullMQ keeps its jobs. Both kinds have the same API and the same (small) promise: see `JobDefinition`. */
export type QueueBackend = {
  readonly kind: 'redis' | 'postgres';
  makeQueue(name: string): Queue;
  makeWorker(name: string, processor: Processor, choices: WorkerChoices): Worker;
  /** Call after every queue and worker was closed: BullMQ leaves connections alone that it was given. */
  close(): Promise<void>;
};

/** Chooses Redis when `REDIS_URL` is set and PostgreSQL otherwise. */
export function makeQueueBackend(settings: Settings): QueueBackend {
  return settings.redisUrl === '' ? postgresBackend(settings) : redisBackend(settings);
}

/** BullMQ reports the same failure on the queue or the worker concerned. */
const ignore = (): void => undefined;

function redisBackend({ redisUrl, queuePrefix: prefix }: Settings): QueueBackend {
  const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);
  // A queue fails fast when Redis is away (the outbox keeps the row); a worker waits for it to come back.
  const forQueues = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: true, lazyConnect: true });
  forQueues.on('error', ignore);
  let forWorkers: Redis | undefined;
  const connectWorkers = (): Redis => {
    // Connects at once: BullMQ waits for a connection under way, and gives up on one that it has to open in vain.
    return (forWorkers ??= new Redis(redisUrl, { maxRetriesPerRequest: null }).on('error', ignore));
  };
  return {
    kind: 'redis',
    makeQueue: (name) => new RedisQueue(name, { prefix, connection: forQueues }),
    makeWorker: (name, processor, choices) =>
      new RedisWorker(name, processor, { ...choices, prefix, connection: connectWorkers() }),
    close: () => {
      forQueues.disconnect();
      forWorkers?.disconnect();
      return Promise.resolve();
    },
  };
}

function postgresBackend({ databaseUrl, queuePrefix: prefix }: Settings): QueueBackend {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: 'bull', migrate: true, max: 3 };
  return {
    kind: 'postgres',
    makeQueue: (name) => new PostgresQueue(name, { prefix, connection }) as unknown as Queue,
    makeWorker: (name, processor, choices) =>
      new PostgresWorker(name, processor, { ...choices, prefix, connection }) as unknown as Worker,
    close: () => Promise.resolve(),
  };
}

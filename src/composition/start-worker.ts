import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Chains } from '../platform/chain/index.js';
import type { Settings } from '../platform/config/index.js';
import { endConnectionsOnClose } from '../platform/http/index.js';
import { Logger, NestLogger } from '../platform/observability/index.js';
import { OutboxRelay } from '../platform/outbox/index.js';
import { JobQueues, JobRunner, requireHandlers } from '../platform/queue/index.js';
import { JobHandlers, WorkerModule } from './worker.module.js';

/** Starts a worker process, unless a job has no handler in it; on SIGTERM and SIGINT it finishes the jobs in flight and stops. */
export async function startWorker(settings: Settings): Promise<NestFastifyApplication> {
  const logger = new Logger(settings);
  const app = await NestFactory.create<NestFastifyApplication>(WorkerModule.for(settings), new FastifyAdapter(), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  requireHandlers(app.get(JobHandlers).all);
  endConnectionsOnClose(app.getHttpAdapter().getInstance());
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP']);
  await app.listen(settings.workerMetricsPort, '127.0.0.1');
  await warnOfAnotherChain(app.get(Chains), logger);
  app.get(JobRunner).start(app.get(JobHandlers).all);
  app.get(OutboxRelay).start();
  logger.info('worker.started', { queue: app.get(JobQueues).backend.kind, metrics: await app.getUrl() });
  return app;
}

/** A chain that cannot be asked may come back; anchoring checks the chain's id again before it signs. */
async function warnOfAnotherChain(chains: Chains, logger: Logger): Promise<void> {
  await Promise.all(
    chains.all.map(({ chainId, client }) =>
      client.assertChainId().catch((error: unknown) => {
        logger.warn('chain.not-usable', { chainId, reason: (error as Error).message });
      }),
    ),
  );
}

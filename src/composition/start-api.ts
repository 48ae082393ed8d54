import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { acceptNdjson } from '../documents/index.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../platform/config/index.js';
import {
  BODY_LIMITS,
  Authenticator,
  endConnectionsOnClose,
  problemFor,
  readJson,
  registerRateLimits,
  sendProblem,
} from '../platform/http/index.js';
import { Logger, Metrics, NestLogger } from '../platform/observability/index.js';
import { registerMultipart } from '../verification/index.js';
import { ApiModule } from './api.module.js';
import { limitContent } from './content-policy.js';
import {
  authenticateImports,
  observeRequests,
  refusePlainText,
  refuseUrlEncoded,
  refuseZeroBytes,
  requestIdOf,
} from './http-hooks.js';
import { serveOpenApi } from './openapi.js';
import { refuseOtherMethods } from './refuse-other-methods.js';

export function makeFastify({ trustProxy }: Settings): FastifyAdapter {
  return new FastifyAdapter({
    // Whose word is taken for the address of the caller.
    trustProxy: trustProxy === '' ? false : trustProxy,
    bodyLimit: BODY_LIMITS.json,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    requestTimeout: 120_000,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.header('x-request-id', request.id), problemFor(error, request.id));
    },
  });
}

/** Starts an API process; it stops by itself on SIGTERM and SIGINT, after the requests in flight. */
export async function startApi(settings: Settings): Promise<NestFastifyApplication> {
  const logger = new Logger(settings);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(settings), makeFastify(settings), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMITS.json }, (_request, body, done) => {
    done(null, readJson(body));
  });
  observeRequests(app.getHttpAdapter().getInstance(), app.get(Metrics));
  limitContent(app.getHttpAdapter().getInstance());
  refuseUrlEncoded(app.getHttpAdapter().getInstance());
  refusePlainText(app.getHttpAdapter().getInstance());
  refuseZeroBytes(app.getHttpAdapter().getInstance());
  refuseOtherMethods(app.getHttpAdapter().getInstance());
  endConnectionsOnClose(app.getHttpAdapter().getInstance());
  authenticateImports(app.getHttpAdapter().getInstance(), app.get(Authenticator));
  acceptNdjson(app.getHttpAdapter().getInstance());
  await registerRateLimits(app);
  await registerMultipart(app);
  serveOpenApi(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT', 'SIGHUP']);
  await app.listen(settings.port, settings.host);
  logger.info('api.listening', { url: await app.getUrl() });
  return app;
}

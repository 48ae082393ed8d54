import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  MalformedPath,
  problemFor,
  sendProblem,
  Unauthenticated,
  UnsupportedMediaType,
  type Authenticator,
} from '../platform/http/index.js';
import { withRequestId, type Metrics } from '../platform/observability/index.js';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Takes the caller's request id when it is harmless, so that one id can be followed through several systems. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Request ids for logs and answers, and the time each route takes. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    withRequestId(request.id, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    };
    metrics.requests.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
}

/** What curl and others send when nobody says what it is: nothing here reads it, and JSON taken for it makes no sense. */
export function refuseUrlEncoded(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
      const refusal = new UnsupportedMediaType(
        'Send JSON, and say so with the header "Content-Type: application/json"',
      );
      sendProblem(reply, problemFor(refusal, request.id));
      return;
    }
    done();
  });
}

/** What Fastify would read by itself, as one text: no route here takes a text, so it is refused like every other type. */
export function refusePlainText(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
}

/** No text of ours has a zero byte, and PostgreSQL has none either: such a path or query leads nowhere. */
export function refuseZeroBytes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.url.includes('%00')) {
      sendProblem(reply, problemFor(new MalformedPath(), request.id));
      return;
    }
    done();
  });
}

/** Guards run after the body was read; for bodies of up to 32 MB that is too late, so these show their key first. */
export function authenticateImports(fastify: FastifyInstance, authenticator: Authenticator): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const isImport = request.headers['content-type']?.startsWith('application/x-ndjson') ?? false;
    if (isImport && (await authenticator.authenticate(request.headers.authorization)) === null) {
      sendProblem(reply.header('www-authenticate', 'Bearer'), problemFor(new Unauthenticated(), request.id));
      return reply;
    }
    return undefined;
  });
}

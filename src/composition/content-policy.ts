import type { FastifyInstance } from 'fastify';

/** What is no page needs nothing: an answer that a browser took for one could load and run nothing. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/** The page of the API description brings its own script and styles, puts some into itself, and asks this server only. */
const DESCRIPTION = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** Says in every answer what a browser may do with it; pages that say so themselves have the last word. */
export function limitContent(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const isDescription = /^\/docs(?:[/?#-]|$)/.test(request.url);
    void reply.header('content-security-policy', isDescription ? DESCRIPTION : NOTHING);
    done();
  });
}

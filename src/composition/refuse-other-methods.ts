import { MethodNotAllowedException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { problemFor, sendProblem } from '../platform/http/index.js';

/**
 * Answers 405 and the header `Allow` where a path takes other methods than the one that was sent; a path that takes none
 * stays unknown. Source: RFC 9110, 15.5.6. MUST be called before there are routes.
 */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    routes.set(url, route);
    for (const one of [method].flat()) {
      route.methods.add(one);
    }
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? methodsOf([...routes.values()], request.url) : [];
    if (allowed.length === 0) {
      done();
      return;
    }
    sendProblem(reply.header('allow', allowed.join(', ')), problemFor(new MethodNotAllowedException(), request.id));
  });
}

type Route = { readonly pattern: RegExp; readonly methods: ReadonlySet<string> };

function methodsOf(routes: readonly Route[], url: string): readonly string[] {
  const [path = ''] = url.split('?');
  const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]);
  return [...new Set(methods)].sort();
}

/** `/v1/documents/:id/file` as the paths that it stands for. No route has a pattern of its own in a parameter. */
function patternOf(url: string): RegExp {
  const steps = url.split('/').map((step) => {
    return step.startsWith(':') ? '[^/]+' : step.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  });
  return new RegExp(`^${steps.join('/')}$`);
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/index.js';
import { ACCESS_METADATA, type Access, type Scope } from './access.js';
import { Forbidden, Unauthenticated } from './http.errors.js';
import { Authenticator, type RequestWithPrincipal } from './principal.js';

/** Closed by default: a route without `@Access(...)` answers nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly settings: Settings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<readonly Access[] | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
    const [first] = access ?? [];
    if (first === 'public') {
      return true;
    }
    if (first === 'local') {
      this.requireLocal(request);
      return true;
    }
    await this.requireScope(request, access as readonly Scope[] | undefined);
    return true;
  }

  private async requireScope(request: RequestWithPrincipal, anyOf: readonly Scope[] | undefined): Promise<void> {
    if (anyOf === undefined) {
      throw new Forbidden('that nobody has, because this route does not say who may call it');
    }
    const principal = await this.authenticator.authenticate(request.headers.authorization);
    if (principal === null) {
      throw new Unauthenticated();
    }
    if (!anyOf.some((scope) => principal.scopes.has(scope))) {
      throw new Forbidden(anyOf.join(' or '));
    }
    request.principal = principal;
  }

  private requireLocal(request: FastifyRequest): void {
    const { metricsToken } = this.settings;
    // Behind a proxy on the same machine everybody comes from here.
    const isForwarded = 'forwarded' in request.headers || 'x-forwarded-for' in request.headers;
    const isLocal = isLoopback(request.socket.remoteAddress) && !isForwarded;
    if (metricsToken === '' ? !isLocal : !isSameText(request.headers.authorization ?? '', `Bearer ${metricsToken}`)) {
      throw new Unauthenticated();
    }
  }
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || (address?.replace('::ffff:', '').startsWith('127.') ?? false);
}

function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

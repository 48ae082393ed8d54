import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Scope } from './access.js';

/** Who a request acts for. */
export type Principal = {
  readonly kind: 'issuer' | 'claimant' | 'operator';
  /** Id of the issuer or claimant. */
  readonly ownerId: string;
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
};

export type RequestWithPrincipal = FastifyRequest & { principal?: Principal };

/** Turns an `Authorization` header into a principal; implemented by `identity`. */
export abstract class Authenticator {
  /** `null` when the credential is missing, unknown or revoked. */
  abstract authenticate(authorization: string | undefined): Promise<Principal | null>;
}

/** The principal of a route that is not public. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (principal === undefined) {
    throw new Error('A route without authentication asks for its principal');
  }
  return principal;
});

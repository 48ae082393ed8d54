import { applyDecorators, Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import { ApiExtension } from '@nestjs/swagger';
import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { Settings } from '../config/index.js';
import { TooManyRequests } from './http.errors.js';
import { Authenticator } from './principal.js';

/**
 * What anonymous callers may do only so often in a minute, counted by their address and over all routes of the same
 * limit. `look-up`: asks about a document that one holds. `guess`: could be used to find one out, number by number.
 */
export type RateLimitName = 'look-up' | 'guess';

const RATE_LIMIT_METADATA = 'chopmark:rate-limit';
/** The name of the limit, in the description of the API. */
export const RATE_LIMIT_EXTENSION = 'x-rate-limit';

const GUESSES_PER_MINUTE = 5;
const WINDOW_MS = 60_000;

/** Tells by the body, which is read by then, whether a call of a route is a guess. */
export type IsGuess = (body: unknown) => boolean;
type RateLimit = { readonly name: RateLimitName; readonly isGuess?: IsGuess };

/** Limits how often those may call a route who show no key; `isGuess` picks the calls that count as guesses. */
export const RateLimited = (name: RateLimitName, isGuess?: IsGuess): MethodDecorator => {
  const limit: RateLimit = { name, ...(isGuess !== undefined && { isGuess }) };
  return applyDecorators(SetMetadata(RATE_LIMIT_METADATA, limit), ApiExtension(RATE_LIMIT_EXTENSION, name));
};

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

/** Counts what callers without a key do. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<RateLimitName, Limiter>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly authenticator: Authenticator,
    private readonly settings: Settings,
  ) {}

  /** Counts one; null when it is allowed, else the seconds after which to come back. Who shows a valid key is not counted. */
  async take(name: RateLimitName, request: FastifyRequest): Promise<number | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined && (await this.authenticator.authenticate(authorization)) !== null) {
      return null;
    }
    const count = await this.limiter(name)(request);
    return !count.isAllowed && count.isExceeded ? count.ttlInSeconds : null;
  }

  private limiter(name: RateLimitName): Limiter {
    const known = this.limiters.get(name);
    if (known !== undefined) {
      return known;
    }
    const limiter = this.host.httpAdapter.getInstance<FastifyInstance>().createRateLimit({
      max: name === 'guess' ? GUESSES_PER_MINUTE : this.settings.lookUpsPerMinute,
      timeWindow: WINDOW_MS,
      // One who holds an IPv6 address holds 2^64 of them.
      keyGenerator: ({ ip }) => `${name}:${rateLimit.normalizeIP(ip)}`,
    });
    this.limiters.set(name, limiter);
    return limiter;
  }
}

/** Refuses with 429 and `Retry-After`. Who shows a valid key is known, and not limited here. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const limit = this.reflector.get<RateLimit | undefined>(RATE_LIMIT_METADATA, context.getHandler());
    if (limit === undefined) {
      return true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const seconds = await this.limits.take(limit.isGuess?.(request.body) === true ? 'guess' : limit.name, request);
    if (seconds !== null) {
      void context.switchToHttp().getResponse<FastifyReply>().header('retry-after', seconds);
      throw new TooManyRequests(seconds);
    }
    return true;
  }
}

/**
 * MUST be called before the application listens. Counts in Redis, which all API processes share, or without one in the
 * memory of each. While Redis is away nothing is limited: a count that is lost is better than a document that nobody can verify.
 */
export async function registerRateLimits(app: NestFastifyApplication): Promise<void> {
  const { redisUrl, queuePrefix } = app.get(Settings);
  const redis = redisUrl === '' ? null : connect(redisUrl);
  await app.register(rateLimit, {
    global: false,
    skipOnError: true,
    nameSpace: `${queuePrefix}:rate-limit:`,
    ...(redis === null ? {} : { redis }),
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', (_instance, done) => {
      redis?.disconnect();
      done();
    });
}

/** Fails at once while Redis is away: a request does not wait to be counted. */
function connect(redisUrl: string): Redis {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: 1_000 });
  // The queues report the same failure.
  return redis.on('error', () => undefined);
}

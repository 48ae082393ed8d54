import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, faultOf, type ErrorKind, type FieldError } from '../../kernel/index.js';
import { Logger } from '../observability/index.js';
import { explainFrameworkError, statusOfFrameworkError } from './framework-errors.js';

const STATUS_OF: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
};

/** Problem details for HTTP APIs (RFC 9457). `code` is stable; `detail` tells a person what to do. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
};

/** Turns whatever was thrown into a problem answer. What we did not expect is logged and answered without details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemFor(error, request.id);
    if (problem.status >= 500) {
      this.logger.error('http.failed', { status: problem.status, ...faultOf(error) });
    }
    if (problem.status === 401) {
      void reply.header('www-authenticate', 'Bearer');
    }
    sendProblem(reply, problem);
  }
}

/** For what is refused before any route, and so any filter, is found. */
export function problemFor(error: unknown, requestId: string): Problem {
  return { ...describe(error), requestId };
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function describe(error: unknown): Omit<Problem, 'requestId'> {
  if (error instanceof DomainError) {
    const { fields, code, message } = error;
    return { ...problemOf(STATUS_OF[error.kind], code, message), ...(fields.length > 0 ? { errors: fields } : {}) };
  }
  const status = statusOfFrameworkError(error);
  if (status < 500) {
    const { code, detail } = explainFrameworkError(error, status);
    return problemOf(status, code, detail);
  }
  return problemOf(
    500,
    'internal',
    'Something failed here. Nothing is known to be lost; try again, and name the request id if it persists',
  );
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'Timed out',
  409: 'Conflict',
  413: 'Too large',
  414: 'Path too long',
  415: 'Unsupported media type',
  422: 'Not acceptable content',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Temporarily unavailable',
};

function problemOf(status: number, code: string, detail: string): Omit<Problem, 'requestId'> {
  return { type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, detail };
}

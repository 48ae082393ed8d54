import { HttpException } from '@nestjs/common';
import { BODY_LIMITS_TEXT } from './body-limits.js';

type Explanation = { readonly code: string; readonly detail: string };

/** What Fastify refuses before any of our code runs, by its own codes. */
const BY_FASTIFY_CODE: Readonly<Record<string, Explanation>> = {
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'request.content-length-wrong',
    detail: 'The body is not as long as its Content-Length says; send it again',
  },
  FST_ERR_BAD_URL: {
    code: 'request.path-malformed',
    detail: 'The path cannot be decoded; encode it as percent-encoded UTF-8',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'request.unsupported-media-type',
    detail: 'A body of this Content-Type is not read here; send application/json',
  },
};

const BY_STATUS: Readonly<Record<number, Explanation>> = {
  400: { code: 'request.malformed', detail: 'The request cannot be read; compare it with the API description' },
  404: { code: 'request.route-unknown', detail: 'There is no such route; check method and path' },
  405: {
    code: 'request.method-not-allowed',
    detail: 'This path does not take this method; the header Allow names those it takes',
  },
  406: { code: 'request.not-acceptable', detail: 'The request has not the form that this route reads' },
  408: { code: 'request.timed-out', detail: 'The request did not arrive in time; send it again' },
  413: {
    code: 'request.body-too-large',
    detail: `The body is larger than this route takes (${BODY_LIMITS_TEXT}); send less at once`,
  },
  414: { code: 'request.path-too-long', detail: 'The path is longer than any that leads somewhere' },
  415: { code: 'request.unsupported-media-type', detail: 'A body of this Content-Type is not read here' },
  429: { code: 'request.too-many', detail: 'Too many requests; wait a moment' },
};

/**
 * A code and a sentence of ours for what Nest and Fastify refuse, so that callers never depend on the words or the codes of a
 * framework. `status` is the one it answers with, below 500.
 */
export function explainFrameworkError(error: unknown, status: number): Explanation {
  const own = BY_FASTIFY_CODE[codeOf(error)] ?? BY_STATUS[status];
  return own ?? { code: 'request.refused', detail: 'The request was refused before it was read' };
}

/** The status that a framework's error asks for; 500 for everything else. */
export function statusOfFrameworkError(error: unknown): number {
  if (error instanceof HttpException) {
    return error.getStatus();
  }
  const statusCode = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : 500;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

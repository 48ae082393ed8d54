import type { FastifyReply } from 'fastify';
import { STYLE_SOURCE } from './page/style.js';

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  // What is true of a document now may not be in a minute, and a shared machine should not remember it.
  'cache-control': 'no-store',
  vary: 'accept-language',
};

/** Sends a page that can load nothing, run nothing and be framed by nobody. */
export function sendPage(reply: FastifyReply, status: number, page: string): void {
  void reply.status(status).headers(HEADERS).send(page);
}

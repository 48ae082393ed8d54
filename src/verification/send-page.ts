import type { FastifyReply } from 'fastify';
import { STYLE_SOURCE } from './page/style.js';

/** The visitor's own node, and whatever node of a chain the visitor chooses: docs/adr/0014. */
const NODES = 'https: http://127.0.0.1:* http://localhost:*';

const policyOf = (isScripted: boolean): string =>
  [
    "default-src 'none'",
    `style-src ${STYLE_SOURCE}`,
    "img-src 'self' data:",
    ...(isScripted ? ["script-src 'self'", `connect-src 'self' ${NODES}`] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    ...(isScripted ? ["require-trusted-types-for 'script'", "trusted-types 'none'"] : []),
  ].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // What is true of a document now may not be in a minute, and a shared machine should not remember it.
  'cache-control': 'no-store',
  vary: 'accept-language',
};

/** Sends a page that can load nothing but our own script, and that only where one is, and be framed by nobody. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  page: string,
  { isScripted = false }: { readonly isScripted?: boolean } = {},
): void {
  void reply
    .status(status)
    .headers({
      ...HEADERS,
      'content-security-policy': policyOf(isScripted),
      'permissions-policy': `camera=(${isScripted ? 'self' : ''}), geolocation=(), microphone=()`,
    })
    .send(page);
}

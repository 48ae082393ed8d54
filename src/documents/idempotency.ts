import { createHash, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../proof/index.js';
import { IdempotencyKeyMalformed, IdempotencyKeyReused, RequestSerialNoReused } from './documents.errors.js';

const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/;

/** Throws `IdempotencyKeyMalformed`. */
export function checkIdempotencyKey(key: string | undefined): void {
  if (key !== undefined && !KEY_SHAPE.test(key)) {
    throw new IdempotencyKeyMalformed();
  }
}

/** Two requests, both as parsed JSON, are the same when their canonical JSON is: spacing and the order of keys do not matter. */
export function requestHash(kind: string, request: unknown): Uint8Array {
  return createHash('sha256').update(kind).update(canonicalJson(request)).digest();
}

/** A caller's key, with the digest of what it was sent with. */
export type Idempotency = { readonly key: string; readonly requestHash: Uint8Array };

/** Undefined when no key was sent. Throws `IdempotencyKeyMalformed`. */
export function idempotencyOf(key: string | undefined, kind: string, request: unknown): Idempotency | undefined {
  checkIdempotencyKey(key);
  return key === undefined ? undefined : { key, requestHash: requestHash(kind, request) };
}

/** A space keeps these apart from every Idempotency-Key, which has none. */
const SERIAL_PREFIX = 'request-serial-no ';

/**
 * The caller's own reference to a request (`requestSerialNo`), which one document of the issuer can have: kept like a key.
 * Undefined when the request carries none.
 */
export function serialOf(reference: string | undefined, kind: string, request: unknown): Idempotency | undefined {
  return reference === undefined
    ? undefined
    : { key: `${SERIAL_PREFIX}${reference}`, requestHash: requestHash(kind, request) };
}

/**
 * What was answered under a key before, to the same request. Throws `IdempotencyKeyReused` or `RequestSerialNoReused` when
 * it was another.
 */
export function answeredBefore<Answer>(
  earlier: { readonly requestHash: Uint8Array; readonly document: Answer },
  { key, requestHash: hash }: Idempotency,
): Answer {
  if (!timingSafeEqual(earlier.requestHash, hash)) {
    throw key.startsWith(SERIAL_PREFIX) ? new RequestSerialNoReused() : new IdempotencyKeyReused();
  }
  return earlier.document;
}

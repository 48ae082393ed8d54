import { createHash } from 'node:crypto';
import { canonicalJson } from '../proof/index.js';
import { IdempotencyKeyMalformed } from './documents.errors.js';

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

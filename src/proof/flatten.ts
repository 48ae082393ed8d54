import { hasLoneSurrogate } from './canonical-json.js';
import { EmptyContainer, KeyNotAllowed, ValueNotAllowed } from './proof.errors.js';

/** What one field of a document can say. Amounts are texts: a number is only for what is counted. */
export type Primitive = string | number | boolean | null;
export type CoreValue = Primitive | readonly CoreValue[] | { readonly [key: string]: CoreValue };
/** What a document says: nested objects and arrays of primitives; none empty, no key with a dot. */
export type CoreData = { readonly [key: string]: CoreValue };

/** One primitive and where it is: `['lines.0.amount', '622.64']`. */
export type Field = readonly [path: string, value: Primitive];

/**
 * All fields of a document in **canonical order**: sorted by path, by UTF-16 code units (so `lines.10` comes before
 * `lines.2`). Salts are dealt out in this order; it does not depend on the order of keys, which databases and other
 * languages do not keep.
 *
 * MUST refuse whatever would let two different documents have the same fields: keys that are empty or hold a dot,
 * empty objects and arrays, `undefined`, and keys of digits only, which look like array indexes. The last is allowed
 * for a document `received` from elsewhere: a redacted array is an object keyed by what is left of it (see `redact`).
 */
export function flatten(data: CoreData, origin: 'own' | 'received' = 'own'): Field[] {
  const fields: Field[] = [];
  collect(data, '', origin === 'own' ? OWN_KEY : RECEIVED_KEY, fields);
  return fields;
}

export function isContainer(value: unknown): value is readonly unknown[] | Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const OWN_KEY = /^(?!\d+$)(?!__proto__$)[^.]+$/;
const RECEIVED_KEY = /^(?!__proto__$)[^.]+$/;

/**
 * Walking the children of each container in sorted order gives the sorted order of whole paths: a container sorts as
 * if its key ended in the dot that follows it in every path below it.
 */
function collect(container: CoreValue, prefix: string, allowed: RegExp, into: Field[]): void {
  const isArray = Array.isArray(container);
  const entries = Object.entries(container as Record<string, CoreValue>);
  if (entries.length === 0 || (isArray && entries.length !== container.length)) {
    throw new EmptyContainer(prefix.slice(0, -1));
  }
  entries.sort(byPath);
  for (const [key, value] of entries) {
    if (!isArray && !allowed.test(key)) {
      throw new KeyNotAllowed(key);
    }
    const path = prefix + key;
    if (isContainer(value)) {
      collect(value, `${path}.`, allowed, into);
    } else {
      into.push([path, primitive(path, value)]);
    }
  }
}

function byPath([left, leftValue]: [string, CoreValue], [right, rightValue]: [string, CoreValue]): number {
  const a = isContainer(leftValue) ? `${left}.` : left;
  const b = isContainer(rightValue) ? `${right}.` : right;
  return a < b ? -1 : 1;
}

/** Throws `ValueNotAllowed` on a primitive that cannot be hashed and read back: a lone surrogate, NaN, Infinity. */
export function checkPrimitive(path: string, value: Primitive): void {
  if (typeof value === 'string' && hasLoneSurrogate(value)) {
    throw new ValueNotAllowed(path, 'holds a lone surrogate');
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ValueNotAllowed(path, 'is not a finite number');
  }
}

function primitive(path: string, value: unknown): Primitive {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return value;
  }
  throw new ValueNotAllowed(path, `is ${typeof value}, which a document cannot say`);
}

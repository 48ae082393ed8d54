import { ValueNotAllowed } from './proof.errors.js';

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What has no canonical form. Where it is, is put together on the way out: nearly always nobody asks. */
class NotJson {
  /** From the value outwards. */
  readonly keys: (string | number)[] = [];

  constructor(readonly what: string) {}
}

/**
 * The one text of a JSON value: RFC 8785, JSON Canonicalization Scheme (JCS). Keys sorted by UTF-16 code units, no
 * white space, numbers and strings as ECMAScript writes them.
 *
 * Equal values give equal texts whatever the order of their keys, and `JSON.parse` gives an equal value back (`-0`
 * becomes `0`, as the RFC says). Throws `ValueNotAllowed` on what has no canonical form: `undefined` (also inside an
 * object: it is never dropped silently), numbers that are not finite, bigint, functions, class instances with
 * `toJSON`, and texts or keys with a lone surrogate.
 */
export function canonicalJson(value: unknown): string {
  try {
    return write(value);
  } catch (error) {
    throw error instanceof NotJson ? new ValueNotAllowed(error.keys.reverse().join('.'), error.what) : error;
  }
}

/** Whether two values, as `JSON.parse` gives them, have the same canonical JSON. Cheap where they share what they hold. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const keys = Object.keys(a);
  const isAlike = Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length;
  return (
    isAlike &&
    keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}

/** Tells whether a text holds half of a surrogate pair, which UTF-8 cannot carry. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function write(value: unknown): string {
  if (typeof value === 'string') {
    return writeText(value);
  }
  if (typeof value === 'object') {
    return writeObject(value);
  }
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return JSON.stringify(value);
  }
  return refuse(`is ${typeof value === 'number' ? 'not finite' : typeof value}: JSON cannot say that`);
}

function refuse(what: string): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- it becomes a `ValueNotAllowed` where the path is known
  throw new NotJson(what);
}

function writeText(text: string): string {
  return hasLoneSurrogate(text) ? refuse('holds a lone surrogate') : JSON.stringify(text);
}

function writeObject(value: object | null): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    // Array.from, for `map` would skip the holes of a sparse array.
    return `[${Array.from(value, (item, index) => writeAt(index, item)).join(',')}]`;
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return refuse('is an object with its own toJSON');
  }
  const entries = Object.entries(value as Record<string, unknown>);
  // The default order of `sort` is exactly that of the RFC: UTF-16 code units.
  entries.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${writeText(key)}:${writeAt(key, item)}`).join(',')}}`;
}

function writeAt(key: string | number, item: unknown): string {
  try {
    return write(item);
  } catch (error) {
    if (error instanceof NotJson) {
      error.keys.push(key);
    }
    throw error;
  }
}

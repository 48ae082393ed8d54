import { checkPrimitive } from './flatten.js';
import type { Primitive } from './flatten.js';
import { keccak256 } from './keccak.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The two hex digits of each byte, as ASCII codes. */
const HEX_HIGH = Uint8Array.from({ length: 256 }, (_, byte) => (byte >> 4).toString(16).charCodeAt(0));
const HEX_LOW = Uint8Array.from({ length: 256 }, (_, byte) => (byte & 15).toString(16).charCodeAt(0));
/** Past this many characters the platform's own encoder wins. */
const LONG_TEXT = 128;

/**
 * Hashes fields without building their JSON texts: the preimage `{"path":"<salt>:<type>:<value>"}` is written into
 * one reused buffer. Four times as fast as the plain way, `fieldHash`, to which it MUST always be equal.
 */
export class FieldHasher {
  #buffer = new Uint8Array(2048);
  /** `{"path":"` in UTF-8. Paths repeat from document to document; the cache is emptied when a caller makes them up. */
  readonly #heads = new Map<string, Uint8Array>();

  /**
   * The 32-byte hash of one field whose salt is the `index`-th 16 bytes of `salts`.
   * Throws `ValueNotAllowed` like `checkPrimitive`.
   */
  hash(path: string, value: Primitive, salts: Uint8Array, index: number): Uint8Array {
    const head = this.#headOf(path);
    const text = typeof value === 'string' ? value : checkedText(path, value);
    const most = head.length + SALT_TEXT_LENGTH + TYPE_MOST + text.length * 6 + 2;
    if (this.#buffer.length < most) {
      this.#buffer = new Uint8Array(most * 2);
    }
    const buffer = this.#buffer;
    buffer.set(head);
    const afterSalt = writeSalt(buffer, head.length, salts, index * 16);
    const type = TYPES[value === null ? 'null' : (typeof value as 'string')];
    buffer.set(type, afterSalt);
    const start = afterSalt + type.length;
    const plain = text.length <= LONG_TEXT ? writePlain(buffer, start, text) : -1;
    const end = plain >= 0 ? plain : writeEscaped(buffer, start, path, value);
    buffer[end] = 0x22; // "
    buffer[end + 1] = 0x7d; // }
    return keccak256(buffer.subarray(0, end + 2));
  }

  #headOf(path: string): Uint8Array {
    const known = this.#heads.get(path);
    if (known !== undefined) {
      return known;
    }
    if (this.#heads.size >= 4096) {
      this.#heads.clear();
    }
    const head = encoder.encode(`{${JSON.stringify(path)}:"`);
    this.#heads.set(path, head);
    return head;
  }
}

function checkedText(path: string, value: Primitive): string {
  checkPrimitive(path, value);
  return String(value);
}

const SALT_TEXT_LENGTH = 36;
const TYPES = {
  string: encoder.encode(':string:'),
  number: encoder.encode(':number:'),
  boolean: encoder.encode(':boolean:'),
  null: encoder.encode(':null:'),
};
const TYPE_MOST = 9;

/** Writes any text as the inside of a JSON string, in UTF-8; returns where the next byte goes. */
function writeEscaped(buffer: Uint8Array, start: number, path: string, value: Primitive): number {
  checkPrimitive(path, value);
  return start + encoder.encodeInto(JSON.stringify(String(value)).slice(1, -1), buffer.subarray(start)).written;
}

/** The common case: nothing to escape and no character outside the basic plane. Gives up with -1. */
function writePlain(buffer: Uint8Array, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x80) {
      if (code < 0x20 || code === 0x22 || code === 0x5c) {
        return -1;
      }
      buffer[at++] = code;
    } else if (code < 0x800) {
      buffer[at++] = 0xc0 | (code >> 6);
      buffer[at++] = 0x80 | (code & 0x3f);
    } else if (code >= 0xd800 && code <= 0xdfff) {
      return -1;
    } else {
      buffer[at++] = 0xe0 | (code >> 12);
      buffer[at++] = 0x80 | ((code >> 6) & 0x3f);
      buffer[at++] = 0x80 | (code & 0x3f);
    }
  }
  return at;
}

/** Writes 16 bytes as the text of a version 4 UUID; returns where the next character goes. */
export function writeSalt(buffer: Uint8Array, start: number, salts: Uint8Array, from: number): number {
  let at = start;
  for (let index = 0; index < 16; index += 1) {
    const byte = salts[from + index] ?? 0;
    buffer[at++] = HEX_HIGH[byte] ?? 0;
    buffer[at++] = HEX_LOW[byte] ?? 0;
    if (DASH_AFTER[index] === 1) {
      buffer[at++] = 0x2d; // -
    }
  }
  buffer[start + 14] = 0x34; // 4, the version
  buffer[start + 19] = VARIANT[(salts[from + 8] ?? 0) >> 4] ?? 0;
  return at;
}

/** 1 for each byte of a UUID that a dash follows. */
const DASH_AFTER = Uint8Array.of(0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0);

/** The digit that carries a UUID's variant: 8, 9, a or b. */
const VARIANT = Uint8Array.from({ length: 16 }, (_, digit) => ((digit & 3) | 8).toString(16).charCodeAt(0));

/** Cuts bytes into pieces of `length` and gives each as hex; one decoding for all of them. */
export function hexTexts(bytes: Uint8Array, length: number): string[] {
  const ascii = new Uint8Array(bytes.length * 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    ascii[index * 2] = HEX_HIGH[byte] ?? 0;
    ascii[index * 2 + 1] = HEX_LOW[byte] ?? 0;
  }
  const text = decoder.decode(ascii);
  const texts: string[] = [];
  for (let at = 0; at < text.length; at += length * 2) {
    texts.push(text.slice(at, at + length * 2));
  }
  return texts;
}

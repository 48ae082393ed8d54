/**
 * Writes ASN.1 values in DER (ITU-T X.690). Each function answers one whole element: tag, length, content. Reading is
 * `src/proof/der.ts`.
 */
type Bytes = Uint8Array;

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectId: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** An element with any tag byte. */
export function element(tag: number, ...parts: readonly Bytes[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(length)]), ...parts]);
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) {
    return [length];
  }
  const octets = length < 0x100 ? [length] : length < 0x1_0000 ? [length >> 8, length & 0xff] : wide(length);
  return [0x80 | octets.length, ...octets];
}

function wide(length: number): number[] {
  return [length >>> 16, (length >>> 8) & 0xff, length & 0xff];
}

export function sequence(...parts: readonly Bytes[]): Uint8Array {
  return element(TAG.sequence, ...parts);
}

/** SET OF: DER orders the elements by their encoding (X.690, 11.6). */
export function setOf(...parts: readonly Bytes[]): Uint8Array {
  return element(TAG.set, ...[...parts].sort((a, b) => Buffer.compare(a, b)));
}

/** `[number] EXPLICIT`, or the constructed form of `[number] IMPLICIT` when `parts` are what its content is made of. */
export function context(number: number, ...parts: readonly Bytes[]): Uint8Array {
  return element(0xa0 | number, ...parts);
}

/** `[number] IMPLICIT` of a primitive type. */
export function primitive(number: number, content: Bytes): Uint8Array {
  return element(0x80 | number, content);
}

/** A whole number that is not negative, from its bytes, highest first. */
export function unsigned(bytes: Bytes): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) {
    start += 1;
  }
  const digits = bytes.subarray(start);
  return element(TAG.integer, ...((digits[0] ?? 0) >= 0x80 ? [Uint8Array.of(0), digits] : [digits]));
}

/** From 0 to 2^31 − 1. */
export function integer(value: number): Uint8Array {
  return unsigned(Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff));
}

/** `1.2.840.113549.1.7.2` */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(TAG.objectId, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift((left & 0x7f) | 0x80);
  }
  return digits;
}

export function octetString(content: Bytes): Uint8Array {
  return element(TAG.octetString, content);
}

/** A bit string of whole bytes, or with `unused` bits at its end. */
export function bitString(content: Bytes, unused = 0): Uint8Array {
  return element(TAG.bitString, Uint8Array.of(unused), content);
}

export const asnNull: Uint8Array = element(TAG.null);
export const asnTrue: Uint8Array = element(TAG.boolean, Uint8Array.of(0xff));

export function utf8(text: string): Uint8Array {
  return element(TAG.utf8, Buffer.from(text, 'utf8'));
}

export function printable(text: string): Uint8Array {
  return element(TAG.printable, Buffer.from(text, 'latin1'));
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on, to the second (RFC 5280, 4.1.2.5). */
export function time(at: Date): Uint8Array {
  const digits = at
    .toISOString()
    .replace(/[-:T]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return at.getUTCFullYear() < 2050
    ? element(TAG.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : element(TAG.generalizedTime, Buffer.from(digits, 'latin1'));
}

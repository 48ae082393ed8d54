import { SignatureMalformed } from './proof.errors.js';

/** One element of a DER encoding (ITU-T X.690). */
export type DerElement = {
  readonly tag: number;
  /** What is inside. */
  readonly content: Uint8Array;
  /** The whole element, tag and length included. */
  readonly bytes: Uint8Array;
};

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectId: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
  context3: 0xa3,
} as const;

/** Four bytes of length are more than any signature has. */
const MOST_LENGTH_BYTES = 3;

/**
 * Reads the elements of a DER encoding one after the other. It takes one way of writing each thing only: lengths in their
 * shortest form, nothing left over; so that two texts which read alike are alike.
 * Every method throws `SignatureMalformed` where something else stands than what it asks for.
 */
export class DerReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  get rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }

  /** The tag of the next element; 0 at the end. */
  get nextTag(): number {
    return this.bytes[this.at] ?? 0;
  }

  next(): DerElement {
    const start = this.at;
    const tag = this.byte();
    if ((tag & 0x1f) === 0x1f) {
      throw new SignatureMalformed('has a tag of more than one byte');
    }
    const length = this.length();
    const from = this.at;
    if (length > this.bytes.length - from) {
      throw new SignatureMalformed('ends too early');
    }
    this.at = from + length;
    return { tag, content: this.bytes.subarray(from, this.at), bytes: this.bytes.subarray(start, this.at) };
  }

  expect(tag: number): DerElement {
    if (this.nextTag !== tag) {
      throw new SignatureMalformed(`has tag ${this.nextTag} where ${tag} belongs`);
    }
    return this.next();
  }

  /** The element when it has this tag; else nothing is taken. */
  optional(tag: number): DerElement | undefined {
    return this.nextTag === tag && !this.isAtEnd ? this.next() : undefined;
  }

  /** A reader over the content of the next element, which MUST be read to its `end`. */
  enter(tag: number): DerReader {
    return new DerReader(this.expect(tag).content);
  }

  /** Demands that nothing is left. */
  end(): void {
    if (!this.isAtEnd) {
      throw new SignatureMalformed('holds more than belongs there');
    }
  }

  objectId(): string {
    return objectIdText(this.expect(DER.objectId).content);
  }

  private byte(): number {
    const value = this.bytes[this.at];
    if (value === undefined) {
      throw new SignatureMalformed('ends too early');
    }
    this.at += 1;
    return value;
  }

  private length(): number {
    const first = this.byte();
    if (first < 0x80) {
      return first;
    }
    const count = first & 0x7f;
    if (count === 0 || count > MOST_LENGTH_BYTES) {
      throw new SignatureMalformed('has a length that DER does not write');
    }
    let value = 0;
    for (let index = 0; index < count; index += 1) {
      value = value * 256 + this.byte();
    }
    if (value < 0x80 || value < 256 ** (count - 1)) {
      throw new SignatureMalformed('has a length that DER does not write');
    }
    return value;
  }
}

/** What is inside a sequence or set, element by element. */
export function elementsOf(content: Uint8Array): DerElement[] {
  const reader = new DerReader(content);
  const elements: DerElement[] = [];
  while (!reader.isAtEnd) {
    elements.push(reader.next());
  }
  return elements;
}

/** `1.2.840.113549.1.7.2` */
function objectIdText(content: Uint8Array): string {
  const parts: number[] = [];
  let value = 0;
  for (const [index, byte] of content.entries()) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    } else if (index === content.length - 1) {
      throw new SignatureMalformed('has an object identifier that ends too early');
    }
  }
  const [first = 0, ...rest] = parts;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}

/** The bytes of a bit string without unused bits. */
export function bitStringBytes(content: Uint8Array): Uint8Array {
  if (content[0] !== 0) {
    throw new SignatureMalformed('has a bit string of no whole bytes');
  }
  return content.subarray(1);
}

/** UTCTime or GeneralizedTime in UTC, to the second, with a fraction in a time stamp (RFC 5280, 4.1.2.5; RFC 3161, 2.4.2). */
export function timeOf({ tag, content }: DerElement): Date {
  const text = String.fromCharCode(...content.subarray(0, 32));
  const digits = tag === DER.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(digits) ?? [];
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  if (Number.isNaN(at.getTime()) || (tag !== DER.utcTime && tag !== DER.generalizedTime)) {
    throw new SignatureMalformed('has a time that is none');
  }
  return at;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let index = 0; index < a.length; index += 1) {
    if (a[index] !== b[index]) {
      return false;
    }
  }
  return true;
}

import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfName, PdfRef, PdfString } from './pdf-values.js';
import type { PdfDictionary, PdfValue } from './pdf-values.js';

/** Arrays and dictionaries inside each other. */
const DEEPEST_NESTING = 32;
/** Values in what one parser reads: one object, or one trailer. */
const MOST_VALUES = 100_000;
/** Bytes of a string as written. PDF/A allows 32,767 of its value (ISO 19005-3, 6.1.13). */
const LONGEST_STRING = 4 * 32_767;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Reads values and words from `at` on. Throws `PdfUnreadable`, and nothing else, on what it cannot read. */
export class PdfParser {
  private values = 0;

  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  fail(what: string): never {
    throw new PdfUnreadable(`${what} at byte ${this.at}`);
  }

  /** Passes white space and comments. */
  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === 0x25) {
        this.skipLine();
      } else if (byte !== undefined && isSpace(byte)) {
        this.at += 1;
      } else {
        return;
      }
    }
  }

  /** Whether these characters follow; takes them when they do. */
  accept(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[this.at + index] !== word.charCodeAt(index)) {
        return false;
      }
    }
    this.at += word.length;
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) {
      this.fail(`"${word}" is missing`);
    }
  }

  /** One end of line: LF, CR LF, or CR. */
  acceptLineEnd(): boolean {
    return this.accept('\r\n') || this.accept('\n') || this.accept('\r');
  }

  /** Digits only; what offsets, numbers of objects and lengths are written as. */
  integer(): number {
    const start = this.at;
    while (isDigit(this.bytes[this.at])) {
      this.at += 1;
    }
    const length = this.at - start;
    if (length === 0 || length > 15) {
      this.at = start;
      this.fail('A whole number is missing');
    }
    return Number(this.latin(start, this.at));
  }

  /** `0000000015 00000 n` and a line end, twenty bytes: the offset; null when the object is free. */
  xrefEntry(): number | null {
    const offset = this.digits(10);
    this.expect(' ');
    this.digits(5);
    const isUsed = this.accept(' n');
    if (!isUsed) {
      this.expect(' f');
    }
    if (!this.accept(' \n') && !this.accept('\r\n')) {
      this.expect(' \r');
    }
    return isUsed ? offset : null;
  }

  /** Exactly so many digits. */
  private digits(count: number): number {
    let number = 0;
    for (let index = 0; index < count; index += 1) {
      const byte = this.bytes[this.at + index];
      if (!isDigit(byte)) {
        this.fail('An entry of the cross-reference table is malformed');
      }
      number = number * 10 + Number(byte) - 0x30;
    }
    this.at += count;
    return number;
  }

  value(depth = 0): PdfValue {
    this.skipSpace();
    this.values += 1;
    if (depth > DEEPEST_NESTING || this.values > MOST_VALUES) {
      this.fail('Values lie too deep inside each other, or are too many,');
    }
    return this.valueHere(depth);
  }

  private valueHere(depth: number): PdfValue {
    switch (this.bytes[this.at]) {
      case 0x2f:
        return this.name();
      case 0x28:
        return this.text();
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c ? this.dictionary(depth) : this.hexString();
      case undefined:
        return this.fail('The file ends too early');
      default:
        return isNumberPart(this.bytes[this.at]) ? this.numberOrRef() : this.keyword();
    }
  }

  private keyword(): PdfValue {
    for (const [word, value] of KEYWORDS) {
      if (this.accept(word)) {
        return value;
      }
    }
    return this.fail('No value of a PDF stands here');
  }

  private numberOrRef(): PdfValue {
    const start = this.at;
    while (isNumberPart(this.bytes[this.at])) {
      this.at += 1;
    }
    const text = this.latin(start, Math.min(this.at, start + 32));
    if (!/^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/.test(text)) {
      this.at = start;
      this.fail('A number is malformed');
    }
    return (/^\d+$/.test(text) ? this.refFrom(Number(text)) : undefined) ?? Number(text);
  }

  /** `12 0 R`: looks ahead, and stays where it was when it is none. */
  private refFrom(number: number): PdfRef | undefined {
    const [whole = '', generation] = REF_AFTER_NUMBER.exec(this.latin(this.at, this.at + 10)) ?? [];
    this.at += whole.length;
    return generation === undefined ? undefined : new PdfRef(number, Number(generation));
  }

  private name(): PdfName {
    const start = ++this.at;
    while (isRegular(this.bytes[this.at])) {
      this.at += 1;
    }
    const written = this.latin(start, this.at);
    return new PdfName(
      written.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    );
  }

  private array(depth: number): PdfValue[] {
    this.expect('[');
    const items: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.accept(']')) {
        return items;
      }
      items.push(this.value(depth + 1));
    }
  }

  dictionary(depth = 0): PdfDictionary {
    this.expect('<<');
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.accept('>>')) {
        return entries;
      }
      if (this.bytes[this.at] !== 0x2f) {
        this.fail('A key is missing');
      }
      const { name } = this.name();
      if (entries.has(name)) {
        this.fail(`The key /${name} stands twice`);
      }
      entries.set(name, this.value(depth + 1));
    }
  }

  private hexString(): PdfString {
    const end = this.bytes.subarray(this.at, this.at + LONGEST_STRING).indexOf(0x3e);
    const bytes = new Uint8Array(Math.ceil(Math.max(end, 0) / 2));
    let digits = 0;
    for (let at = this.at + 1; at < this.at + end; at += 1) {
      const digit = hexDigit(this.bytes[at]);
      if (digit !== undefined) {
        bytes[digits >> 1] = (bytes[digits >> 1] ?? 0) | (digits % 2 === 0 ? digit << 4 : digit);
        digits += 1;
      } else if (!isSpace(this.bytes[at] ?? 0)) {
        this.fail('A hexadecimal string is malformed');
      }
    }
    if (end < 0) {
      this.fail('A hexadecimal string does not end, or too late,');
    }
    this.at += end + 1;
    return new PdfString(bytes.subarray(0, (digits + 1) >> 1));
  }

  /** `(…)` with nested brackets and escapes. Source: ISO 32000-1, 7.3.4.2. */
  text(): PdfString {
    const out: number[] = [];
    const limit = this.at + LONGEST_STRING;
    let open = 0;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || this.at > limit) {
        return this.fail('A string does not end, or too late,');
      }
      this.at += 1;
      if (byte === 0x5c) {
        this.escape(out);
        continue;
      }
      open += byte === 0x28 ? 1 : byte === 0x29 ? -1 : 0;
      if (open === 0) {
        return new PdfString(Uint8Array.from(out.slice(1)));
      }
      out.push(byte);
    }
  }

  private escape(out: number[]): void {
    if (this.acceptLineEnd()) {
      return;
    }
    const [octal] = /^[0-7]{1,3}/.exec(this.latin(this.at, this.at + 3)) ?? [];
    if (octal !== undefined) {
      this.at += octal.length;
      out.push(parseInt(octal, 8) & 0xff);
      return;
    }
    const byte = this.bytes[this.at];
    if (byte !== undefined) {
      this.at += 1;
      out.push(ESCAPES.get(byte) ?? byte);
    }
  }

  private skipLine(): void {
    while (this.at < this.bytes.length && !isLineEnd(this.bytes[this.at])) {
      this.at += 1;
    }
  }

  private latin(from: number, to: number): string {
    return latin(this.bytes.subarray(from, to));
  }
}

/** Bytes as characters, one for one. */
export function latin(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8_192) {
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(from, from + 8_192) as unknown as number[]);
  }
  return text;
}

const REF_AFTER_NUMBER = /^[ \r\n](\d{1,5}) R(?![^\s\0<>[\]()/%{}])/;

const KEYWORDS: readonly (readonly [string, PdfValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

/** `\n`, `\r`, `\t`, `\b`, `\f`. */
const ESCAPES: ReadonlyMap<number, number> = new Map([
  [0x6e, LINE_FEED],
  [0x72, CARRIAGE_RETURN],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

function hexDigit(byte = 0): number | undefined {
  if (isDigit(byte)) {
    return byte - 0x30;
  }
  const letter = (byte | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : undefined;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isNumberPart(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

function isSpace(byte: number): boolean {
  return (
    byte === 0x20 || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === 0x09 || byte === 0x0c || byte === 0
  );
}

/** Neither white space nor a delimiter. */
function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && !isSpace(byte) && !DELIMITERS.has(byte);
}

const DELIMITERS: ReadonlySet<number> = new Set(Array.from('()<>[]{}/%', (character) => character.charCodeAt(0)));

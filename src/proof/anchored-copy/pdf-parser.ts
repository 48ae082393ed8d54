import {
  CARRIAGE_RETURN,
  LINE_FEED,
  hexDigit,
  isBetweenWords,
  isDigit,
  isLineEnd,
  isNumberPart,
  isRegular,
  isSpace,
  latin,
  standsAt,
} from './pdf-bytes.js';
import { PdfUnreadable } from './pdf-unreadable.js';
import { PdfName, PdfRef, PdfString } from './pdf-values.js';
import type { PdfDictionary, PdfValue } from './pdf-values.js';

/** Arrays and dictionaries inside each other. */
const DEEPEST_NESTING = 32;
/** Values in what one parser reads: one object, or one trailer. */
const MOST_VALUES = 100_000;
/** Bytes of a string as written. PDF/A allows 32,767 of its value (ISO 19005-3, 6.1.13). */
const LONGEST_STRING = 4 * 32_767;

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
    if (!standsAt(this.bytes, this.at, word)) {
      return false;
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
    return Number(latin(this.bytes, start, this.at));
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
    let isCount = true;
    while (isNumberPart(this.bytes[this.at])) {
      isCount &&= isDigit(this.bytes[this.at]);
      this.at += 1;
    }
    const text = latin(this.bytes, start, Math.min(this.at, start + 32));
    if (isCount ? text.length > MOST_DIGITS : !NUMBER.test(text)) {
      this.at = start;
      this.fail('A number is malformed');
    }
    const number = Number(text);
    return isCount ? (this.refFrom(number) ?? number) : number;
  }

  /** `12 0 R`: looks ahead, and stays where it was when it is none. */
  private refFrom(number: number): PdfRef | undefined {
    const { bytes, at } = this;
    const space = bytes[at];
    if (space !== 0x20 && space !== CARRIAGE_RETURN && space !== LINE_FEED) {
      return undefined;
    }
    let end = at + 1;
    let generation = 0;
    for (; isDigit(bytes[end]) && end - at <= GENERATION_DIGITS; end += 1) {
      generation = generation * 10 + Number(bytes[end]) - 0x30;
    }
    if (end === at + 1 || bytes[end] !== 0x20 || bytes[end + 1] !== 0x52 || !isBetweenWords(bytes[end + 2])) {
      return undefined;
    }
    this.at = end + 2;
    return new PdfRef(number, generation);
  }

  private name(): PdfName {
    const start = ++this.at;
    while (isRegular(this.bytes[this.at])) {
      this.at += 1;
    }
    const written = latin(this.bytes, start, this.at);
    return new PdfName(written.includes('#') ? withoutEscapes(written) : written);
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
    const end = this.endOfText();
    // No escape stands for more than it is written with.
    const out = new Uint8Array(end - this.at);
    let length = 0;
    for (this.at += 1; this.at < end;) {
      const byte = this.bytes[this.at] ?? 0;
      this.at += 1;
      const meant = byte === 0x5c ? this.escaped() : byte;
      if (meant !== undefined) {
        out[length] = meant;
        length += 1;
      }
    }
    this.at = end + 1;
    return new PdfString(out.subarray(0, length));
  }

  /** Where the bracket stands that closes the text here. */
  private endOfText(): number {
    const limit = this.at + LONGEST_STRING;
    let open = 0;
    for (let at = this.at; at <= limit; at += 1) {
      const byte = this.bytes[at];
      if (byte === undefined) {
        break;
      }
      // What follows a backslash opens and closes nothing.
      at += byte === 0x5c ? 1 : 0;
      open += byte === 0x28 ? 1 : byte === 0x29 ? -1 : 0;
      if (open === 0) {
        return at;
      }
    }
    return this.fail('A string does not end, or too late,');
  }

  /** The byte that an escape stands for; undefined for a line end, which it takes away. */
  private escaped(): number | undefined {
    if (this.acceptLineEnd()) {
      return undefined;
    }
    const [octal] = /^[0-7]{1,3}/.exec(latin(this.bytes, this.at, this.at + 3)) ?? [];
    if (octal !== undefined) {
      this.at += octal.length;
      return parseInt(octal, 8) & 0xff;
    }
    const byte = this.bytes[this.at] ?? 0;
    this.at += 1;
    return ESCAPES.get(byte) ?? byte;
  }

  private skipLine(): void {
    while (this.at < this.bytes.length && !isLineEnd(this.bytes[this.at])) {
      this.at += 1;
    }
  }
}

const NUMBER = /^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/;
const MOST_DIGITS = 15;
const GENERATION_DIGITS = 5;

/** Of a name: `#2F`. */
function withoutEscapes(written: string): string {
  return written.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

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

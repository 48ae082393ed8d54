export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;

/** Of so few bytes a view costs more than to take them one by one. */
const FEW_BYTES = 64;

/** Bytes as characters, one for one. */
export function latin(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const end = Math.min(to, bytes.length);
  let text = '';
  if (end - from <= FEW_BYTES) {
    for (let at = from; at < end; at += 1) {
      text += String.fromCharCode(bytes[at] ?? 0);
    }
    return text;
  }
  for (let at = from; at < end; at += 8_192) {
    const some = bytes.subarray(at, Math.min(at + 8_192, end));
    text += Reflect.apply(String.fromCharCode, null, some as unknown as number[]);
  }
  return text;
}

/** Whether these characters stand at this place. */
export function standsAt(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[at + index] !== text.charCodeAt(index)) {
      return false;
    }
  }
  return true;
}

/** The value of a hexadecimal digit, of either case; undefined for any other byte. */
export function hexDigit(byte = 0): number | undefined {
  const digit = HEX_DIGITS[byte] ?? NO_DIGIT;
  return digit === NO_DIGIT ? undefined : digit;
}

const NO_DIGIT = 0xff;

/** By byte: what it is worth as a hexadecimal digit, or `NO_DIGIT`. */
const HEX_DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? NO_DIGIT : value;
});

/** Whether these bytes stand at this place as pairs of hexadecimal digits. */
export function standsAsHex(written: Uint8Array, from: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    const high = HEX_DIGITS[written[from + 2 * index] ?? 0] ?? NO_DIGIT;
    const low = HEX_DIGITS[written[from + 2 * index + 1] ?? 0] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT || high * 16 + low !== bytes[index]) {
      return false;
    }
  }
  return true;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

export function isNumberPart(byte: number | undefined): boolean {
  return isDigit(byte) || byte === 0x2b || byte === 0x2d || byte === 0x2e;
}

export function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

export function isSpace(byte: number): boolean {
  return (
    byte === 0x20 || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === 0x09 || byte === 0x0c || byte === 0
  );
}

/** Neither white space nor a delimiter. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && REGULAR[byte] === 1;
}

/** What may follow a word: also the two that others take for white space, a vertical tab and a hard space. */
export function isBetweenWords(byte: number | undefined): boolean {
  return !isRegular(byte) || byte === 0x0b || byte === 0xa0;
}

const DELIMITERS: ReadonlySet<number> = new Set(Array.from('()<>[]{}/%', (character) => character.charCodeAt(0)));

/** By byte: 1 for what names are made of. */
const REGULAR = Uint8Array.from({ length: 256 }, (_, byte) => (isSpace(byte) || DELIMITERS.has(byte) ? 0 : 1));

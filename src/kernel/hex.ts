/** Lower-case hex without `0x`. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    text += PAIRS[bytes[index] ?? 0] ?? '';
  }
  return text;
}

/** The two digits of each byte. */
const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Reads hex with or without `0x`, in either case. Throws `TypeError` on anything else. */
export function fromHex(text: string): Uint8Array {
  const digits = text.startsWith('0x') || text.startsWith('0X') ? text.slice(2) : text;
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    throw new TypeError('Not an even-length hex string');
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = digitAt(digits, index * 2) * 16 + digitAt(digits, index * 2 + 1);
  }
  return bytes;
}

/** Of a character that is a digit of either case: letters have 0x40 set, and A is 0x41. */
function digitAt(digits: string, index: number): number {
  const code = digits.charCodeAt(index);
  return (code & 0x0f) + (code >= 0x40 ? 9 : 0);
}

/** Hex with `0x`, the way chains print it. */
export function to0x(bytes: Uint8Array): string {
  return `0x${toHex(bytes)}`;
}

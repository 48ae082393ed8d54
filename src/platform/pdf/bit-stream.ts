import type { Bits } from './bit-code.js';

const LONGEST_STORED = 0xffff;

/** A deflate stream that is strung together from bits and bytes (RFC 1951). */
export class BitStream {
  private words = new Uint32Array(0);
  private all = new Uint8Array(0);
  private length = 0;

  /**
   * Begins a stream of at most `room` bytes, where the one before stood: what that one gave MUST have been copied.
   * The platform MUST be little-endian, as every one that Node runs on is.
   */
  begin(room: number): void {
    const needed = (room >> 2) + 2;
    if (this.words.length < needed) {
      this.words = new Uint32Array(needed);
      this.all = new Uint8Array(this.words.buffer);
    } else {
      this.words.fill(0, 0, ((this.length + 31) >> 5) + 1);
    }
    this.length = 0;
  }

  /** The lowest `count` bits of `value`, at most 16. */
  put(value: number, count: number): void {
    const at = this.length >> 5;
    const shift = this.length & 31;
    this.words[at] = ((this.words[at] ?? 0) | (value << shift)) >>> 0;
    if (shift + count > 32) {
      this.words[at + 1] = value >>> (32 - shift);
    }
    this.length += count;
  }

  byte(value: number): void {
    this.put(value, 8);
  }

  append({ words, length }: Bits): void {
    const { words: all } = this;
    const shift = this.length & 31;
    let at = this.length >> 5;
    if (shift === 0) {
      all.set(words, at);
    } else {
      const rest = 32 - shift;
      let current = all[at] ?? 0;
      for (let index = 0; index < words.length; index += 1) {
        const word = words[index] ?? 0;
        all[at] = (current | (word << shift)) >>> 0;
        at += 1;
        current = word >>> rest;
      }
      all[at] = current;
    }
    this.length += length;
  }

  /** `bytes` as they are, in a block of their own, from the next whole byte on. */
  stored(bytes: Uint8Array, isLast: boolean): void {
    let start = 0;
    do {
      const end = Math.min(start + LONGEST_STORED, bytes.length);
      this.put(isLast && end === bytes.length ? 1 : 0, 3);
      this.length = (this.length + 7) & ~7;
      this.put(end - start, 16);
      this.put(~(end - start) & 0xffff, 16);
      this.all.set(bytes.subarray(start, end), this.length >> 3);
      this.length += 8 * (end - start);
      start = end;
    } while (start < bytes.length);
  }

  /** Valid until the next stream begins. */
  bytes(): Uint8Array {
    return this.all.subarray(0, (this.length + 7) >> 3);
  }
}

import { adlerOf } from './adler.js';
import { BitWriter, type Bits } from './bit-writer.js';
import { appendBits, type LiteralCode, type Part } from './literal-code.js';

/** Bytes that are written often, coded once. */
export type Phrase = {
  /** Up to 24 bits each, the lowest first, and in the byte above them how many. Flat: a page puts a thousand phrases. */
  readonly words: Int32Array;
  readonly length: number;
  /** Of the bytes, and of each byte times its distance from the end. */
  readonly sum: number;
  readonly weightedSum: number;
};

const WORD_BYTES = 3;

/** `parts` say how `bytes` are coded, when something in them repeats what stood before. */
export function phraseOf(code: LiteralCode, bytes: Uint8Array, parts: readonly Part[] = [bytes]): Phrase {
  let [sum, weightedSum] = [0, 0];
  for (const byte of bytes) {
    sum += byte;
    weightedSum += sum;
  }
  return { words: wordsOf(code.bitsOf(parts)), length: bytes.length, sum, weightedSum };
}

function wordsOf({ bytes, length }: Bits): Phrase['words'] {
  return Int32Array.from({ length: Math.ceil(bytes.length / WORD_BYTES) }, (_, index) => {
    const [low = 0, middle = 0, high = 0] = bytes.subarray(WORD_BYTES * index);
    const bits = Math.min(8 * WORD_BYTES, length - 8 * WORD_BYTES * index);
    return low | (middle << 8) | (high << 16) | (bits << 24);
  });
}

const HEADER = [0x78, 0x01];
const CHECKSUM_BYTES = 4;

/**
 * A zlib stream (RFC 1950) of one block, for whoever knows what its bytes are like: its code is prepared, and what repeats
 * itself is said, not looked for. The same calls give the same bytes, whatever the version of zlib.
 */
export class CodedStream {
  private readonly coded: BitWriter;
  /** The two sums of the checksum, reduced at the end: a megabyte of bytes does not bring them beyond 2 ** 53. */
  private low = 1;
  private high = 0;

  /** `room`: for how many bytes; more are made room for when they come. */
  constructor(
    private readonly code: LiteralCode,
    room: number,
  ) {
    this.coded = new BitWriter(room);
  }

  write(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index += 1) {
      this.low += bytes[index] ?? 0;
      this.high += this.low;
    }
    this.code.writeBytes(this.coded, bytes);
  }

  put({ words, length, sum, weightedSum }: Phrase): void {
    for (let index = 0; index < words.length; index += 1) {
      const word = words[index] ?? 0;
      this.coded.add(word & 0xff_ffff, word >>> 24);
    }
    this.high += length * this.low + weightedSum;
    this.low += sum;
  }

  /** The whole stream. MUST be asked for once, at the end. */
  finish(): Uint8Array {
    const { start, end } = this.code;
    const coded = this.coded.bits();
    const bytes = HEADER.length + Math.ceil((start.length + coded.length + end.length) / 8);
    const file = Buffer.allocUnsafe(bytes + CHECKSUM_BYTES);
    file.set(HEADER);
    let at = appendBits(file, 8 * HEADER.length, start);
    at = appendBits(file, at, coded);
    appendBits(file, at, end);
    file.writeUInt32BE(adlerOf(this.low, this.high), bytes);
    return file;
  }
}

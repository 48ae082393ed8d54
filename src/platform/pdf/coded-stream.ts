import { adler32 } from './adler.js';
import { BitWriter } from './bit-writer.js';
import { appendBits, type LiteralCode } from './literal-code.js';

const HEADER = [0x78, 0x01];
const CHECKSUM_BYTES = 4;

/**
 * A zlib stream (RFC 1950) of one block, for whoever knows what its bytes are like: its code is prepared, and what repeats
 * itself is said, not looked for. The same calls give the same bytes, whatever the version of zlib.
 */
export class CodedStream {
  private readonly coded: BitWriter;
  private plain: Uint8Array;
  private length = 0;

  /** `room`: for how many bytes; more are made room for when they come. */
  constructor(
    private readonly code: LiteralCode,
    room: number,
  ) {
    this.plain = Buffer.allocUnsafe(room);
    this.coded = new BitWriter(room);
  }

  write(bytes: Uint8Array): void {
    const plain = this.withRoomFor(bytes.length);
    let place = this.length;
    for (let index = 0; index < bytes.length; index += 1) {
      plain[place] = bytes[index] ?? 0;
      place += 1;
    }
    this.length = place;
    this.code.writeBytes(this.coded, bytes);
  }

  /** The same `length` bytes, 3 to 257, as stand `distance` before. */
  repeat(length: number, distance: number): void {
    const plain = this.withRoomFor(length);
    const start = this.length;
    const end = start + length;
    for (let place = start; place < end; place += 1) {
      plain[place] = plain[place - distance] ?? 0;
    }
    this.length = end;
    this.code.writeRepetition(this.coded, length, distance);
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
    file.writeUInt32BE(adler32(this.plain.subarray(0, this.length)), bytes);
    return file;
  }

  private withRoomFor(more: number): Uint8Array {
    if (this.length + more > this.plain.length) {
      const plain = Buffer.allocUnsafe(2 * (this.length + more));
      plain.set(this.plain);
      this.plain = plain;
    }
    return this.plain;
  }
}

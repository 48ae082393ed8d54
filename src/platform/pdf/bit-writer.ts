/** Bits from the lowest of the first byte on; what is left of the last byte is nought. */
export type Bits = { readonly bytes: Uint8Array; readonly length: number };

/** Puts bits one behind the other. */
export class BitWriter {
  private bytes: Uint8Array;
  private held = 0;
  private length = 0;

  /** `room`: for how many bytes; more are made room for when they come. */
  constructor(room = 64) {
    this.bytes = Buffer.allocUnsafe(room);
  }

  /** At most 24 bits; the lowest of `value` comes first. */
  add(value: number, length: number): void {
    let place = this.length >>> 3;
    if (place + 4 > this.bytes.length) {
      this.grow();
    }
    this.held |= value << (this.length & 7);
    for (let ends = (this.length & 7) + length; ends >= 8; ends -= 8) {
      this.bytes[place] = this.held;
      this.held >>>= 8;
      place += 1;
    }
    this.length += length;
  }

  /** MUST be asked for once, at the end. */
  bits(): Bits {
    this.add(0, 0);
    const bytes = this.bytes.subarray(0, Math.ceil(this.length / 8));
    if ((this.length & 7) !== 0) {
      bytes[bytes.length - 1] = this.held;
    }
    return { bytes, length: this.length };
  }

  private grow(): void {
    const bytes = Buffer.allocUnsafe(2 * this.bytes.length + 64);
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
}

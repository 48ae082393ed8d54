import { Injectable } from '@nestjs/common';
import { randomFillSync } from 'node:crypto';
import { Clock, IdSource, toHex } from '../../kernel/index.js';

const POOL_BYTES = 16_384;

/** Identifiers and secrets from the operating system's generator, drawn in pools because a call costs more than a byte. */
@Injectable()
export class RandomIdSource extends IdSource {
  private pool = new Uint8Array(POOL_BYTES);
  private used = POOL_BYTES;

  constructor(private readonly clock: Clock) {
    super();
  }

  override bytes(length: number): Uint8Array {
    if (length > POOL_BYTES) {
      return randomFillSync(new Uint8Array(length));
    }
    if (this.used + length > POOL_BYTES) {
      this.pool = randomFillSync(new Uint8Array(POOL_BYTES));
      this.used = 0;
    }
    this.used += length;
    // A copy: what was handed out must not be reachable through its neighbours' buffer.
    return this.pool.slice(this.used - length, this.used);
  }

  override uuid(): string {
    const bytes = this.bytes(16);
    new DataView(bytes.buffer).setUint32(0, Math.floor(this.clock.now().getTime() / 0x1_0000));
    new DataView(bytes.buffer).setUint16(4, this.clock.now().getTime() % 0x1_0000);
    bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

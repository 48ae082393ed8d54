import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { appendBits, LiteralCode } from './literal-code.js';

/** Bytes that are the same in every run, unevenly distributed: small ones are common. */
function bytesOf(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 0x8000_0000;
    const share = state / 0x8000_0000;
    return Math.floor(256 * share * share * share);
  });
}

function blockOf(code: LiteralCode, pieces: readonly Uint8Array[]): Uint8Array {
  const all = [code.start, ...pieces.map((piece) => code.bits(piece)), code.end];
  const length = all.reduce((sum, bits) => sum + bits.length, 0);
  const block = new Uint8Array(Math.ceil(length / 8) + 1).fill(0xff);
  let at = 0;
  for (const bits of all) {
    at = appendBits(block, at, bits);
  }
  expect(at).toBe(length);
  return block.subarray(0, Math.ceil(length / 8));
}

describe('LiteralCode', () => {
  const code = new LiteralCode([bytesOf(1, 20_000)]);

  it.each([
    ['nothing', []],
    ['an empty piece', [0]],
    ['one byte', [1]],
    ['pieces of all lengths', Array.from({ length: 90 }, (_, index) => index)],
    ['a long piece', [60_000]],
  ])('is inflated to what it was made from: %s', (_, lengths) => {
    const pieces = lengths.map((length, index) => bytesOf(index + 2, length));
    expect(inflateRawSync(blockOf(code, pieces))).toEqual(Buffer.concat(pieces));
  });

  it('takes bytes that its sample has not', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(inflateRawSync(blockOf(new LiteralCode([new Uint8Array(500)]), [bytes]))).toEqual(Buffer.from(bytes));
    expect(inflateRawSync(blockOf(new LiteralCode([]), [bytes]))).toEqual(Buffer.from(bytes));
  });

  it('keeps to the fifteen bits of deflate where counts would ask for more', () => {
    const counts = [1, 1];
    while (counts.length < 22) {
      counts.push((counts.at(-1) ?? 0) + (counts.at(-2) ?? 0));
    }
    const sample = Uint8Array.from(counts.flatMap((count, byte) => Array.from({ length: count }, () => byte)));
    const steep = new LiteralCode([sample]);
    const lengths = Array.from({ length: 256 }, (_, byte) => steep.bits(Uint8Array.of(byte)).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
    expect(inflateRawSync(blockOf(steep, [sample]))).toEqual(Buffer.from(sample));
  });

  it('is as short as what zlib makes of single bytes', () => {
    const bytes = bytesOf(7, 20_000);
    const { length } = deflateRawSync(bytes, { strategy: constants.Z_HUFFMAN_ONLY });
    expect(blockOf(code, [bytes]).length / length).toBeLessThan(1.005);
  });
});

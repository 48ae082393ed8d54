import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CodedStream, phraseOf } from './coded-stream.js';
import { LiteralCode } from './literal-code.js';

const start = Uint8Array.from({ length: 32_768 }, (_, index) => (index * index) >>> 5);
const code = new LiteralCode([start.subarray(0, 5_000), { length: 9, distance: 5 }, { length: 3, distance: 1 }]);

describe('CodedStream', () => {
  it.each([[], [1], [20_000], [0, 4_096, 1, 70_000, 3]].map((lengths) => [lengths]))(
    'is inflated to the bytes that were written: %j',
    (lengths) => {
      const stream = new CodedStream(code, 100);
      const pieces = lengths.map((length) => Uint8Array.from({ length }, (_, index) => index % 251));
      for (const piece of pieces) {
        stream.write(piece);
      }
      expect(inflateSync(stream.finish())).toEqual(Buffer.concat(pieces));
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 14, 17, 257, 9_000, 32_768])(
    'repeats what stood %i bytes before, at any length',
    (distance) => {
      const stream = new CodedStream(code, 100);
      stream.write(start);
      const expected = Array.from(start);
      for (let length = 3; length <= 257; length += 1) {
        for (let count = 0; count < length; count += 1) {
          expected.push(expected[expected.length - distance] ?? 0);
        }
        stream.put(phraseOf(code, Uint8Array.from(expected.slice(-length)), [{ length, distance }]));
      }
      expect(inflateSync(stream.finish()).equals(Buffer.from(expected))).toBe(true);
    },
  );

  it.each([0, 1, 3, 4, 100])('puts phrases of %i bytes between others', (length) => {
    const stream = new CodedStream(code, 1);
    const bytes = Uint8Array.from({ length }, (_, index) => 250 - index);
    const phrase = phraseOf(code, bytes);
    for (let count = 0; count < 9; count += 1) {
      stream.put(phrase);
      stream.write(Uint8Array.of(count));
    }
    const expected = Array.from({ length: 9 }, (_, count) => [...bytes, count]).flat();
    expect(inflateSync(stream.finish())).toEqual(Buffer.from(expected));
  });

  it('refuses to repeat with a code that was not made for it', () => {
    expect(() => phraseOf(new LiteralCode([start]), start, [{ length: 4, distance: 4 }])).toThrow(
      'not made for repetitions',
    );
  });
});

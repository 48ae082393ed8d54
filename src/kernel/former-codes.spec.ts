import { describe, expect, it } from 'vitest';
import { presentCharacter } from './former-codes.js';

const isPrivate = (character: string): boolean => /\p{Co}/u.test(character);

/** The double bytes whose characters were private: FE50 to FEA0 without FE7F. */
const doubleBytes = Array.from({ length: 0x51 }, (_, index) => 0x50 + index).filter((low) => low !== 0x7f);

describe('presentCharacter', () => {
  it('is what decoders of GB 18030 make of the same bytes, where they know', () => {
    const decoder = new TextDecoder('gb18030');
    const pairs = doubleBytes.map((low, index) => [
      presentCharacter(0xe815 + index),
      decoder.decode(Uint8Array.of(0xfe, low)),
    ]);
    const known = pairs.filter(([, decoded = '']) => !isPrivate(decoded));
    expect(known.length).toBeGreaterThanOrEqual(66);
    expect(known.map(([present]) => present)).toEqual(known.map(([, decoded]) => decoded));
  });

  it('knows the six that decoders keep private, because their double bytes still are', () => {
    expect([0xe816, 0xe817, 0xe818, 0xe831, 0xe83b, 0xe855].map(presentCharacter)).toEqual(
      [0x20087, 0x20089, 0x200cc, 0x215d7, 0x2298f, 0x241fe].map((code) => String.fromCodePoint(code)),
    );
  });

  it('guesses nothing of other private codes', () => {
    expect([0xe000, 0xe814, 0xe865, 0xf8ff, 0x10_fffd].map(presentCharacter)).toEqual(Array(5).fill(undefined));
  });
});

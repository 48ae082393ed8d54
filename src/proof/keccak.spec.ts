import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../kernel/index.js';
import { keccak256, keccak256Hex } from './keccak.js';

const vectors = JSON.parse(readFileSync(new URL('../../test/vectors/proof/keccak.json', import.meta.url), 'utf8')) as {
  text: string;
  hash: string;
}[];

describe('keccak-256', () => {
  it.each(vectors)('keeps its value for a text of $text.length characters', ({ text, hash }) => {
    expect(keccak256Hex(text)).toBe(hash);
    expect(keccak256(new TextEncoder().encode(text))).toEqual(fromHex(hash));
  });

  it('returns fresh bytes: the next hash does not change the last', () => {
    const first = keccak256(Uint8Array.of(1));
    const hex = toHex(first);
    keccak256(Uint8Array.of(2));
    expect(toHex(first)).toBe(hex);
  });
});

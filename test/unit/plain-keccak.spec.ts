import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keccak256, keccak256Hex } from '../../src/proof/keccak.js';
import * as plain from '../../web/verify/keccak.js';

const vectors = JSON.parse(readFileSync(new URL('../vectors/proof/keccak.json', import.meta.url), 'utf8')) as {
  text: string;
  hash: string;
}[];

it.each(vectors)('browsers hash a text of $text.length characters as the service does', ({ text, hash }) => {
  expect(plain.keccak256Hex(text)).toBe(hash);
  expect(plain.keccak256Hex(text)).toBe(keccak256Hex(text));
});

it('browsers hash bytes around the length of a block as the service does', () => {
  for (const length of [0, 1, 135, 136, 137, 271, 272, 1_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
    expect(plain.keccak256(bytes)).toEqual(keccak256(bytes));
  }
});

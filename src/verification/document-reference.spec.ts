import { describe, expect, it } from 'vitest';
import { toHex } from '../kernel/index.js';
import { ownAddress, readDocumentReference } from './document-reference.js';

const ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const DIGITS = ADDRESS.slice(2).toLowerCase();

describe('readDocumentReference', () => {
  it.each([
    ADDRESS,
    ` ${ADDRESS}\n`,
    `0x${DIGITS}`,
    `0X${DIGITS.toUpperCase()}`,
    `eip155:1337:${ADDRESS}`,
    `https://verify.example.com/v/${ADDRESS}`,
    `https://verify.example.com/v/${ADDRESS}?lang=en`,
    `https://verify.example.com/v/eip155%3A1337%3A${ADDRESS}`,
  ])('reads %s', (text) => {
    const reference = readDocumentReference(text, 1337);
    expect(reference.ok && toHex(reference.address)).toBe(DIGITS);
  });

  it.each([
    ['', 'verification.address-malformed'],
    ['26322000000100000017', 'verification.address-malformed'],
    [ADDRESS.slice(0, -1), 'verification.address-malformed'],
    [`${ADDRESS}0`, 'verification.address-malformed'],
    [`eip155::${ADDRESS}`, 'verification.address-malformed'],
    [ADDRESS.replace('F', 'f'), 'verification.address-checksum'],
    [`eip155:1337:${ADDRESS.replace('aa3', 'aa4')}`, 'verification.address-checksum'],
    [`eip155:1:${ADDRESS}`, 'verification.address-of-another-chain'],
  ])('names what is wrong with "%s"', (text, code) => {
    const reference = readDocumentReference(text, 1337);
    expect(reference.ok ? null : reference.problem.code).toBe(code);
  });
});

describe('ownAddress', () => {
  it('takes only addresses of our chain', () => {
    expect(toHex(ownAddress(`eip155:1337:${ADDRESS}`, 1337) ?? new Uint8Array())).toBe(DIGITS);
    expect(ownAddress(`eip155:1:${ADDRESS}`, 1337)).toBeNull();
    expect(ownAddress('anything', 1337)).toBeNull();
  });
});

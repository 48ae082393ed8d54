import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../kernel/index.js';
import {
  addressBytes,
  checksumAddress,
  create2Address,
  formatCaip10,
  formatCaip2,
  parseCaip10,
  parseCaip2,
} from './document-address.js';
import { keccak256 } from './keccak.js';
import { AddressMalformed } from './proof.errors.js';

type Vectors = {
  create2: { cases: { deployer: string; salt: string; initCode: string; address: string }[] };
  checksum: { addresses: string[] };
};
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/proof/document-address.json', import.meta.url), 'utf8'),
) as Vectors;

describe('a document address', () => {
  it.each(vectors.create2.cases)('is what EIP-1014 says: $address', ({ deployer, salt, initCode, address }) => {
    expect(create2Address(deployer, fromHex(salt), keccak256(fromHex(initCode)))).toBe(address);
    expect(create2Address(fromHex(deployer), fromHex(salt), keccak256(fromHex(initCode)))).toBe(address);
  });

  it.each(vectors.checksum.addresses)('carries the checksum of EIP-55: %s', (address) => {
    expect(checksumAddress(address.toLowerCase())).toBe(address);
    expect(addressBytes(address)).toEqual(fromHex(address));
  });

  it('survives being printed and read as CAIP-10', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.uint8Array({ minLength: 20, maxLength: 20 }), (chainId, bytes) => {
        const account = { chainId, address: checksumAddress(bytes) };
        expect(parseCaip10(formatCaip10(account))).toEqual(account);
      }),
    );
    expect(parseCaip2(formatCaip2(1337))).toBe(1337);
  });

  it.each([
    'eip155:1:0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed', // one letter of the wrong case
    'eip155:1:5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'eip155:01:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'eip155:0:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'solana:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0',
    '',
  ])('is refused when mistyped: %s', (text) => {
    expect(() => parseCaip10(text)).toThrow(AddressMalformed);
  });

  it('needs whole addresses, salts and chain ids', () => {
    expect(() => addressBytes(new Uint8Array(19))).toThrow(AddressMalformed);
    expect(() => addressBytes('0x12')).toThrow(AddressMalformed);
    expect(() => create2Address(new Uint8Array(20), new Uint8Array(31), new Uint8Array(32))).toThrow(AddressMalformed);
    expect(() => formatCaip2(0)).toThrow(AddressMalformed);
    expect(() => parseCaip2('eip155:99999999999999999')).toThrow(AddressMalformed);
  });
});

import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toHex } from '../kernel/index.js';
import { findDocumentAddresses, isPdf } from './find-addresses.js';

const ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
const DIGITS = ADDRESS.slice(2).toLowerCase();

const pdf = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), ...parts.map((part) => Buffer.from(part as string))]);
const stream = (bytes: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from('1 0 obj\n<< >>\nstream\r\n'), bytes, Buffer.from('\nendstream\nendobj\n')]);
const found = async (bytes: Uint8Array): Promise<string[]> =>
  (await findDocumentAddresses(bytes)).map(({ chainId, address }) => `${String(chainId)} ${toHex(address)}`);

describe('findDocumentAddresses', () => {
  it('reads the keywords of a file', async () => {
    expect(await found(pdf(`<< /Keywords (eip155:1337:${ADDRESS}) >>`))).toEqual([`1337 ${DIGITS}`]);
  });

  it('reads UTF-16 keywords and links', async () => {
    const keywords = Buffer.from(`eip155:1337:${ADDRESS}`, 'utf16le').swap16();
    expect(await found(pdf('(þÿ', keywords, ')'))).toEqual([`1337 ${DIGITS}`]);
    expect(await found(pdf(`/URI (https://verify.example.com/v/${ADDRESS})`))).toEqual([`null ${DIGITS}`]);
  });

  it('looks into deflated streams when the file shows nothing openly', async () => {
    const hidden = deflateSync(Buffer.from(`<< /Keywords (eip155:1337:${ADDRESS}) >>`));
    expect(await found(pdf(stream(deflateSync(Buffer.from('q Q'))), stream(hidden)))).toEqual([`1337 ${DIGITS}`]);
  });

  it('finds the address of a file whose capitals were changed', async () => {
    expect(await found(pdf(`(eip155:1337:${ADDRESS.replace('F', 'f')})`))).toEqual([`1337 ${DIGITS}`]);
  });

  it('tells each address once, and not more than ten', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `eip155:1:0x${index.toString(16).padStart(40, '0')} `);
    expect(await found(pdf(...many, ...many))).toHaveLength(10);
  });

  it('does not take longer hexadecimal numbers for addresses', async () => {
    expect(await found(pdf(`(eip155:1337:${ADDRESS}00)`))).toEqual([]);
  });

  it('survives streams that are broken, or that blow up', async () => {
    const bomb = deflateSync(Buffer.alloc(32 * 1024 * 1024));
    const broken = Buffer.from([0x78, 0x9c, 1, 2, 3]);
    const unfinished = Buffer.from('stream\n');
    expect(await found(pdf(stream(bomb), stream(broken), unfinished))).toEqual([]);
  });
});

it('tells a PDF by its header', () => {
  expect(isPdf(pdf())).toBe(true);
  expect(isPdf(Buffer.from('\n\n%PDF-1.4'))).toBe(true);
  expect(isPdf(Buffer.from('\x89PNG'))).toBe(false);
  expect(isPdf(Buffer.concat([Buffer.alloc(2_000), pdf()]))).toBe(false);
});

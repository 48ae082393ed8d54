import { describe, expect, it } from 'vitest';
import { furtherChains } from './further-chains.js';

const polygon = { chainId: 137, rpcUrls: ['https://rpc.example/secret'], name: 'Polygon', confirmations: 64 };
const parse = (value: unknown): unknown => furtherChains.parse(JSON.stringify(value));

describe('FURTHER_CHAINS', () => {
  it('reads a list of chains', () => {
    expect(
      parse([polygon, { chainId: 10, rpcUrls: ['http://127.0.0.1:1'], since: '2026-01-01T00:00:00+08:00' }]),
    ).toEqual([polygon, { chainId: 10, rpcUrls: ['http://127.0.0.1:1'], since: '2026-01-01T00:00:00+08:00' }]);
  });

  it.each([
    ['must be a list', { chainId: 1 }],
    ['entry 1 lacks "rpcUrls"', [{ chainId: 1 }]],
    ['"rpcUrls" of entry 1 must be a list of http(s) URLs', [{ ...polygon, rpcUrls: ['ftp://secret.example'] }]],
    ['"rpcUrls" of entry 1 must be a list of http(s) URLs', [{ ...polygon, rpcUrls: [] }]],
    ['"chainId" of entry 2 must be a whole number', [polygon, { ...polygon, chainId: '10' }]],
    ['"since" of entry 1 must be an instant with its offset', [{ ...polygon, since: '2026-01-01' }]],
    ['entry 1 has an unknown field "rpcUrl"', [{ ...polygon, rpcUrl: 'x' }]],
    ['names a chain twice', [polygon, polygon]],
  ])('says that it %s', (mistake, value) => {
    expect(() => parse(value)).toThrow(mistake);
  });

  it('never repeats a URL', () => {
    expect(() => parse([{ ...polygon, rpcUrls: ['ftp://secret.example'] }])).not.toThrow(/secret/);
    expect(() => furtherChains.parse('[')).toThrow('must be JSON');
  });
});

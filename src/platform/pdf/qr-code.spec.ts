import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrContent } from './qr-code.js';
import { isDark, qrModules } from './qr-modules.js';

const TEXTS = [
  '',
  'A',
  '示例发票 number 7',
  'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC9000000001',
  'https://verify.example.com/v/eip155:31337:0x8F3cB2a1De4A0c9B7f61E23D45a7cC90ffffffff',
  '01,32,,26322000000000000001,1234.56,20260305,,A1B2,',
  '\u0000\u007f~'.repeat(42),
  '0123456789'.repeat(66),
];

function modulesOf(text: string): boolean[][] {
  const modules = qrModules(text);
  const line = Array.from({ length: modules.size }, (_, index) => index);
  return line.map((y) => line.map((x) => isDark(modules, x, y)));
}

/** What the library makes of it at one go. */
function expected(text: string): boolean[][] {
  const bytes = Array.from(new TextEncoder().encode(text));
  return encode(bytes, { ecc: 'M', boostEcc: false, maskPattern: 2, border: 0 }).data;
}

describe('qrModules', () => {
  it.each(TEXTS)('sums up the code that the library makes of “%s”', (text) => {
    expect(modulesOf(text)).toEqual(expected(text));
  });

  it('refuses what no form has room for', () => {
    expect(() => qrModules('x'.repeat(667))).toThrow('too long');
  });
});

describe('qrContent', () => {
  it.each(TEXTS)('draws each dark module of “%s” once, in one path', (text) => {
    const box = { x: 10, y: 20, width: 40, height: 50 };
    const drawn = inflateSync(qrContent([{ text, box, mark: 3 }], 100)).toString('latin1');
    const [, ground, path = ''] =
      /^\/Figure <<\/MCID 3>> BDC\nq\n1 1 1 rg\n(.*) re f\n0 0 0 rg\n.* cm\n([^f]*)f\nQ\nEMC\n$/.exec(drawn) ?? [];
    expect(ground).toBe('10 40 40 40');
    const modules = expected(text).map((row) => row.map(() => 0));
    for (const [, x, y, width] of path.matchAll(/(\d\d) (\d\d) (\d\d) 1 re\n/g)) {
      for (let place = Number(x); place < Number(x) + Number(width); place += 1) {
        const row = modules[Number(y)] ?? [];
        row[place] = (row[place] ?? NaN) + 1;
      }
    }
    expect(path.length % 14).toBe(0);
    expect(modules).toEqual(expected(text).map((row) => row.map(Number)));
  });

  it('puts the modules where the border ends, in their size', () => {
    const box = { x: 10, y: 20, width: 50, height: 50 };
    const drawn = inflateSync(qrContent([{ text: 'A', box, mark: 0 }], 100)).toString('latin1');
    expect(drawn).toContain('\n2 0 0 -2 14 76 cm\n00 00 07 1 re\n');
  });

  it('draws several, each in marked content of its own', () => {
    const box = { x: 0, y: 0, width: 50, height: 50 };
    const figures = TEXTS.map((text, mark) => ({ text, box, mark }));
    const drawn = inflateSync(qrContent(figures, 100)).toString('latin1');
    expect(drawn).toBe(figures.map((figure) => inflateSync(qrContent([figure], 100)).toString('latin1')).join(''));
  });
});

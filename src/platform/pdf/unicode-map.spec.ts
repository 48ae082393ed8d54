import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Alphabet } from './alphabet.js';
import { unicodeMap } from './unicode-map.js';

const alphabet = new Alphabet('test', '收据');

/** Code → character, as a reader of the map finds it; ranges are checked on the way. */
function readMap(text: string): Map<number, string> {
  const found = new Map<number, string>();
  const ranges = [...text.matchAll(/<(\w{4})><(\w{4})>\[((?:<\w+>)+)\]/g)];
  expect(text).toContain(`\n${ranges.length} beginbfrange\n`);
  for (const [, first = '', last = '', units = ''] of ranges) {
    expect(first.slice(0, 2)).toBe(last.slice(0, 2));
    const characters = [...units.matchAll(/<(\w+)>/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').swap16().toString('utf16le'),
    );
    expect(characters.length).toBe(parseInt(last, 16) - parseInt(first, 16) + 1);
    for (const [index, character] of characters.entries()) {
      found.set(parseInt(first, 16) + index, character);
    }
  }
  return found;
}

const own = alphabet.codePoints.length;

it.each([0, 1, 0xfe - own, 0xff - own, 0x100 - own, 0x1ff - own, 600])(
  'leads from every code to its character, with %i beyond the alphabet',
  (count) => {
    const others = Array.from({ length: count }, (_, index) => (index % 7 === 0 ? 0x2_0164 : 0x4e00) + index);
    const map = readMap(inflateSync(unicodeMap(alphabet, [...alphabet.codePoints, ...others])).toString('latin1'));
    const characters = [...alphabet.codePoints, ...others].map((codePoint) => String.fromCodePoint(codePoint));
    expect([...map]).toEqual(characters.map((character, index) => [index + 1, character]));
  },
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../../kernel/index.js';
import { duplicateKey } from './duplicate-key.js';
import { readJson } from './json-body.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const refusal = (bytes: Uint8Array): readonly unknown[] => {
  try {
    return ['read', readJson(bytes)];
  } catch (error) {
    return error instanceof DomainError ? [error.code, ...error.fields.map(({ field }) => field)] : [error];
  }
};

describe('a JSON body', () => {
  it.each<[string, string, readonly string[]]>([
    ['at the top', '{"a":1,"b":2,"a":1}', ['a']],
    ['in an object of a list', '{"lines":[{"x":1},{"x":[{}],"y":{"z":"}"},"x":2}]}', ['lines[1].x']],
    ['in two spellings', '{"amount":1,"\\u0061mount":2}', ['amount']],
    ['behind escaped quotes', '{"a":"\\\\\\"","b":"\\\\","a":1}', ['a']],
    ['that is empty', '{"":1,"":2}', ['']],
    ['of a prototype', '{"__proto__":1,"__proto__":2}', ['__proto__']],
    ['with control characters', '{"\\u0000\\u202e":1,"\\u0000\\u202e":2}', ['??']],
    ['in a list of lists', '[[],[[{"k":0,"k":0}]]]', ['[1][0][0].k']],
  ])('is refused with a name twice %s', (_name, text, fields) => {
    expect(refusal(bytesOf(text))).toEqual(['request.duplicate-key', ...fields]);
  });

  it('may have one name in different objects, and names in texts', () => {
    const text = '{"a":{"a":[{"a":1},{"a":2}]},"b":"\\"a\\":1,\\"a\\":2","c":["a","a"],"d":{"a":{}}}';
    expect(refusal(bytesOf(text))).toEqual(['read', JSON.parse(text)]);
  });

  it('is read as JSON.parse reads it, whatever it says', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(duplicateKey(text)).toBeNull();
        expect(readJson(bytesOf(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('is found out wherever a name of it is repeated', () => {
    const name = fc.stringMatching(/^[a-z"\\{}[\],:]{1,6}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, chosen) => {
        const entries = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
        const again = entries[chosen % entries.length] ?? '';
        expect(duplicateKey(`{"outer":[1,{${[...entries, again].join(',')}}]}`)).toMatch(/^outer\[1\]\./);
      }),
    );
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'request.body-empty'],
    ['half an object', bytesOf('{"a":'), 'request.body-not-json'],
    ['Latin 1', Uint8Array.of(0x22, 0xe9, 0x22), 'request.body-not-utf8'],
    ['half of a character in CESU-8', Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22), 'request.body-not-utf8'],
    ['a character cut short', Uint8Array.of(0x22, 0xe4, 0xb8, 0x22), 'request.body-not-utf8'],
  ])('is refused when it is %s', (_name, bytes, code) => {
    expect(refusal(bytes)).toEqual([code]);
  });

  it('may nest as deep as any request does, and a little more', () => {
    const nested = (depth: number): Uint8Array => bytesOf(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(refusal(nested(100))[0]).toBe('read');
    expect(refusal(nested(101))).toEqual(['request.body-too-deep']);
    expect(refusal(nested(2_000_000))).toEqual(['request.body-too-deep']);
  });

  it('of four megabytes is looked through in a blink, however full of names or backslashes it is', () => {
    const names = `{${Array.from({ length: 250_000 }, (_, index) => `"name${index}":0`).join(',')}}`;
    const quotes = JSON.stringify(['\\'.repeat(2_000_000)]);
    for (const text of [names, quotes]) {
      const start = performance.now();
      expect(duplicateKey(text)).toBeNull();
      expect(performance.now() - start).toBeLessThan(2_000);
    }
  });
});

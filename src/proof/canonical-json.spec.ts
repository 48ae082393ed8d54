import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import { ValueNotAllowed } from './proof.errors.js';

type Vectors = { numbers: [bits: string, text: string][]; texts: { input: string; canonical: string }[] };
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/proof/canonical-json.json', import.meta.url), 'utf8'),
) as Vectors;

describe('canonical JSON', () => {
  it.each(vectors.numbers)('writes the double %s as %s', (bits, text) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(`0x${bits}`));
    expect(canonicalJson(view.getFloat64(0))).toBe(text);
  });

  it.each(vectors.texts)('writes $input as the RFC does', ({ input, canonical }) => {
    expect(canonicalJson(JSON.parse(input))).toBe(canonical);
  });

  it('reads back as the same value, and writes that the same way again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        const back: unknown = JSON.parse(text);
        expect(back).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(back)).toBe(text);
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it.each([
    ['undefined', undefined],
    ['undefined inside an object', { a: { b: undefined } }],
    ['a hole in an array', Array(2)],
    ['NaN', Number.NaN],
    ['Infinity', [Number.POSITIVE_INFINITY]],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a lone high surrogate', 'a\ud800'],
    ['a lone low surrogate', ['\udc00b']],
    ['a key with a lone surrogate', { 'a\ud800': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(ValueNotAllowed);
  });

  it('names the path of what it refuses', () => {
    expect(() => canonicalJson({ lines: [{ amount: 1n }] })).toThrow(/"lines\.0\.amount"/);
  });
});

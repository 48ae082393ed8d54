import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../kernel/index.js';
import { flatten } from './flatten.js';
import type { CoreData } from './flatten.js';
import { keccak256Hex } from './keccak.js';
import { EmptyContainer, KeyNotAllowed, NotSalted, SaltsDoNotFit, ValueNotAllowed } from './proof.errors.js';
import {
  digestOf,
  fieldHash,
  fieldHashesOf,
  saltData,
  saltText,
  saltedDigest,
  targetHash,
  unsaltData,
} from './salted-digest.js';
import type { SaltedData } from './salted-digest.js';

type Vector = { name: string; data: CoreData; salts: string; paths: string[]; salted: SaltedData; digest: string };
/** Made with the OpenAttestation library itself. */
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/proof/salted-digest.json', import.meta.url), 'utf8'),
) as Vector[];

const primitive = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /^(?!\d+$)(?!__proto__$)[^.]+$/.test(text));
const { value } = fc.letrec<{ value: CoreData[string] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    primitive,
    fc.array(tie('value'), { minLength: 1, maxLength: 12 }),
    fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
  ),
}));
const coreData = fc.dictionary(key, value, { minKeys: 1, maxKeys: 6, noNullPrototype: true });

function saltsFor(data: CoreData): Uint8Array {
  return Uint8Array.from({ length: flatten(data).length * 16 }, (_, index) => (index * 37 + (index >> 8)) & 255);
}

describe('the salted digest', () => {
  it.each(vectors)('keeps its bytes for ever: $name', ({ data, salts, paths, salted, digest }) => {
    const made = saltedDigest(data, fromHex(salts));
    expect(flatten(data).map(([path]) => path)).toEqual(paths);
    expect(made.salted).toEqual(salted);
    expect(made.digest).toBe(digest);
    expect(targetHash(salted)).toBe(digest);
    expect(unsaltData(salted)).toEqual(data);
  });

  it('is the same by the fast way and by the plain way', () => {
    fc.assert(
      fc.property(coreData, (data) => {
        const { salted, fieldHashes, digest } = saltedDigest(data, saltsFor(data));
        expect(fieldHashesOf(salted)).toEqual(fieldHashes);
        expect(targetHash(salted)).toBe(digest);
        expect(unsaltData(salted)).toEqual(data);
      }),
    );
  });

  it('does not depend on the order of keys, and flattens in the order of sorted paths', () => {
    fc.assert(
      fc.property(coreData, (data) => {
        const reversed = Object.fromEntries(Object.entries(data).reverse());
        expect(saltedDigest(reversed, saltsFor(data)).digest).toBe(saltedDigest(data, saltsFor(data)).digest);
        const paths = flatten(data).map(([path]) => path);
        expect(paths).toEqual([...paths].sort());
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });

  it('changes with any single character', () => {
    const [, invoice] = vectors;
    const { data, salts, digest } = invoice ?? { data: {}, salts: '', digest: '' };
    const fields = flatten(data);
    fc.assert(
      fc.property(
        fc.nat(fields.length - 1),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (field, at, other) => {
          const [path, text] = fields[field] ?? ['', ''];
          const old = String(text);
          const place = at % old.length;
          fc.pre(old[place] !== other);
          const changed = replaceAt(data, path.split('.'), old.slice(0, place) + other + old.slice(place + 1));
          expect(saltedDigest(changed, fromHex(salts)).digest).not.toBe(digest);
        },
      ),
    );
  });

  it('changes with any bit of a salt but the six that a version 4 UUID fixes', () => {
    const digest = saltedDigest({ a: 'x' }, new Uint8Array(16)).digest;
    const changing = Array.from({ length: 128 }, (_, bit) => {
      const salt = new Uint8Array(16);
      salt[bit >> 3] = 0x80 >> (bit & 7);
      return saltedDigest({ a: 'x' }, salt).digest !== digest;
    });
    expect(changing.filter((isChanged) => !isChanged)).toHaveLength(6);
    expect(saltText(new Uint8Array(16).fill(255), 0)).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  });

  it('joins the hashes of two parts into the digest of both', () => {
    const core = saltedDigest({ a: '1', b: ['2'] }, new Uint8Array(32).fill(1));
    const rest = saltedDigest({ c: '3' }, new Uint8Array(16).fill(2));
    const whole = targetHash({ ...core.salted, ...rest.salted });
    expect(digestOf([...core.fieldHashes, ...rest.fieldHashes])).toBe(whole);
    expect(targetHash(core.salted, rest.fieldHashes)).toBe(whole);
  });

  it('has one preimage rule for a field', () => {
    expect(fieldHash('a.b', 'salt:string:"')).toBe(keccak256Hex('{"a.b":"salt:string:\\""}'));
  });

  it.each<[what: string, data: unknown, error: new (...given: never[]) => Error]>([
    ['a dot in a key', { 'a.b': 'x' }, KeyNotAllowed],
    ['an empty key', { a: { '': 'x' } }, KeyNotAllowed],
    ['a key of digits, which reads like an array index', { a: { 0: 'x' } }, KeyNotAllowed],
    ['a key that would change a prototype', JSON.parse('{"__proto__":{"a":"x"}}'), KeyNotAllowed],
    ['an empty object', { a: {} }, EmptyContainer],
    ['an empty array', { a: [] }, EmptyContainer],
    ['nothing at all', {}, EmptyContainer],
    ['a sparse array', { a: Array<string>(1) }, EmptyContainer],
    ['undefined', { a: undefined }, ValueNotAllowed],
    ['a lone surrogate', { a: 'x\ud800' }, ValueNotAllowed],
    ['a lone surrogate in a long text', { a: `${'x'.repeat(500)}\udc00` }, ValueNotAllowed],
    ['NaN', { a: Number.NaN }, ValueNotAllowed],
  ])('refuses %s', (_, data, error) => {
    expect(() => saltedDigest(data as CoreData, new Uint8Array(16))).toThrow(error);
    expect(() => saltData(data as CoreData, () => '00000000-0000-4000-8000-000000000000')).toThrow(error);
  });

  it('refuses salts that do not fit, and documents that are not salted', () => {
    expect(() => saltedDigest({ a: 'x' }, new Uint8Array(15))).toThrow(SaltsDoNotFit);
    expect(() => unsaltData({ a: 'x' })).toThrow(NotSalted);
    expect(() => unsaltData({ a: '00000000-0000-4000-8000-000000000000:number:x' })).toThrow(NotSalted);
    expect(() => targetHash({ a: 1 } as unknown as SaltedData)).toThrow(NotSalted);
  });
});

function replaceAt(data: CoreData, [part = '', ...rest]: string[], text: string): CoreData {
  const child = data[part];
  const replaced = rest.length === 0 ? text : replaceAt(child as CoreData, rest, text);
  if (Array.isArray(data)) {
    return data.map((item: unknown, index) => (index === Number(part) ? replaced : item)) as unknown as CoreData;
  }
  return { ...data, [part]: replaced };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asCore,
  countingTools,
  issued,
  issuerCalled,
  problemsOf,
  renderContext,
  sampleReceipt,
  type ReceiptBody,
} from '../../test/support/receipts.js';
import { configuredReceipt } from './configured-receipt.js';
import { PRESETS } from './presets.data.js';
import { readConfiguration } from './read-configuration.js';
import type { ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { ReceiptKind } from './receipt.kind.js';

const library: ReceiptKindConfiguration = {
  name: 'receipt.library',
  titles: { zh: '图书馆收费票据', en: 'Library receipt' },
  bill: { category: '03', type: '01', title: '图书馆收费票据（电子）' },
  isSupervised: true,
  fields: {
    type: 'object',
    required: ['card', 'reader'],
    properties: {
      card: { type: 'string', maxLength: 12, pattern: '^[A-Z]{2}[0-9]{4,8}$' },
      reader: { type: 'string', maxLength: 50 },
      level: { type: 'string', maxLength: 10, enum: ['成人', '少儿'] },
      deposit: { type: 'string', maxLength: 20, format: 'amount' },
      books: {
        type: 'array',
        maxItems: 10,
        items: { type: 'object', required: ['title'], properties: { title: { type: 'string', maxLength: 100 } } },
      },
    },
  },
  layout: {
    columns: '2',
    cells: ['card', 'reader', 'level', 'deposit'].map((field) => ({ field, label: { zh: field, en: field } })),
    lists: [
      {
        field: 'books',
        title: { zh: '图书清单', en: 'Books' },
        columns: [{ field: 'title', label: { zh: '书名', en: 'Title' }, share: '1' }],
      },
    ],
  },
  publicFacts: [{ field: 'reader', label: { zh: '读者', en: 'Reader' }, mask: 'name' }],
  lifeCycle: 'write-off',
};

const body: ReceiptBody = {
  kind: 'receipt.library',
  payer: { type: '1', name: '林示安' },
  items: [{ code: '0309', name: '逾期费', quantity: '3', standard: '0.50' }],
  handlingPerson: '赵示工',
  checker: '钱样建',
  particulars: { card: 'AB1234', reader: '林示安', deposit: '１００.00', books: [{ title: '示例集' }] },
};

const kind = new ReceiptKind(configuredReceipt(library, '7'), countingTools());

/** What keeps a changed configuration from being registered. */
function refusals(change: (configuration: Record<string, never> & typeof library) => void): readonly string[] {
  const configuration = structuredClone(library) as Record<string, never> & typeof library;
  change(configuration);
  const read = readConfiguration(configuration);
  return read.ok ? [] : read.errors.map(({ field, code }) => `${field} ${code}`);
}

const properties = (configuration: typeof library): Record<string, unknown> => configuration.fields.properties;

describe('a kind by configuration', () => {
  it.each([library, ...PRESETS])('$name may be registered as it is', (configuration) => {
    expect(readConfiguration(configuration)).toEqual({ ok: true, value: configuration });
  });

  it('issues, remembers its version, and tells what it calls public', () => {
    const receipt = issued(body, issuerCalled('traffic'), kind);
    expect(receipt).toMatchObject({ code: '44030126', kindVersion: '7', title: '示例省图书馆收费票据（电子）' });
    expect(receipt.particulars).toEqual({
      card: 'AB1234',
      reader: '林示安',
      deposit: '100.00',
      books: [{ title: '示例集' }],
    });
    expect(kind.publicFacts(asCore(receipt))).toContainEqual({ label: { zh: '读者', en: 'Reader' }, value: '林**' });
  });

  it('draws the same bytes for the same receipt', () => {
    const core = asCore(issued(body, issuerCalled('traffic'), kind));
    expect(kind.render(core, renderContext)).toEqual(kind.render(core, renderContext));
  });

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['a missing field', { card: undefined }, ['particulars.card validation.required']],
    ['an unknown field', { wings: '2' }, ['particulars.wings validation.unknown-field']],
    ['a number', { deposit: 100 }, ['particulars.deposit validation.type']],
    ['a wrong format', { deposit: '100' }, ['particulars.deposit validation.format']],
    ['a wrong pattern', { card: 'A1234' }, ['particulars.card validation.format']],
    ['a word of another list', { level: '老年' }, ['particulars.level validation.not-allowed']],
    ['an empty list', { books: [] }, ['particulars.books validation.too-few']],
    [
      'an unknown field in a list',
      { books: [{ title: '甲', page: '1' }] },
      ['particulars.books[0].page validation.unknown-field'],
    ],
    ['blank text', { reader: '\u3000' }, ['particulars.reader validation.blank']],
    ['a reversed name', { reader: '\u202e安' }, ['particulars.reader validation.characters']],
    ['a character no font draws', { reader: '김' }, ['particulars.reader validation.undrawable']],
  ])('refuses %s', (_name, change, expected) => {
    const particulars = JSON.parse(JSON.stringify({ ...body.particulars, ...change })) as Record<string, unknown>;
    expect(problemsOf({ ...body, particulars }, 'traffic', kind)).toEqual(expected);
  });

  it('reaches no prototype', () => {
    const text = JSON.stringify(body).replace('"reader"', '"__proto__":{"x":"1"},"reader"');
    expect(problemsOf(JSON.parse(text), 'traffic', kind)).toEqual(['particulars.__proto__ validation.unknown-field']);
  });
});

describe('registering a kind', () => {
  it.each<[string, (configuration: typeof library) => void, readonly string[]]>([
    [
      'a reference',
      (c) => Object.assign(properties(c), { card: { $ref: 'http://example.com/schema' } }),
      ['fields.properties.card.type receipts.schema-type'],
    ],
    [
      'a reference beside a type',
      (c) => Object.assign(properties(c).card as object, { $ref: '#' }),
      ['fields.properties.card.$ref receipts.schema-keyword'],
    ],
    [
      'text without an end',
      (c) => Object.assign(properties(c), { card: { type: 'string' } }),
      ['fields.properties.card.maxLength receipts.schema-limit'],
    ],
    [
      'a list without an end',
      (c) => Reflect.deleteProperty(properties(c).books as object, 'maxItems'),
      ['fields.properties.books.maxItems receipts.schema-limit'],
    ],
    [
      'a number',
      (c) => Object.assign(properties(c), { card: { type: 'number' } }),
      ['fields.properties.card.type receipts.schema-type'],
    ],
    [
      'a pattern that takes for ever',
      (c) => Object.assign(properties(c).card as object, { pattern: '^(a+)+$' }),
      ['fields.properties.card.pattern receipts.schema-pattern'],
    ],
    [
      'many optional letters',
      (c) => Object.assign(properties(c).card as object, { pattern: `^${'a?'.repeat(30)}$` }),
      ['fields.properties.card.pattern receipts.schema-pattern'],
    ],
    [
      'a name of the prototype',
      (c) => Object.assign(properties(c), { constructor: { type: 'string', maxLength: 1 } }),
      ['fields.properties.constructor receipts.schema-field-name'],
    ],
    [
      'an unprinted field',
      (c) => Object.assign(properties(c), { secret: { type: 'string', maxLength: 1 } }),
      ['fields.properties.secret receipts.layout-missing'],
    ],
    [
      'a cell without a field',
      (c) => Object.assign(c.layout.cells[0] as object, { field: 'wings' }),
      ['layout.cells[0].field receipts.layout-field', 'fields.properties.card receipts.layout-missing'],
    ],
    ['the name of an invoice', (c) => Object.assign(c, { name: 'invoice.vat' }), ['name validation.format']],
    [
      'a public citizen id',
      (c) => Object.assign(properties(c).reader as object, { format: 'citizen-id' }),
      ['publicFacts[0].field receipts.public-citizen-id'],
    ],
    [
      'required twice',
      (c) => Object.assign(c.fields, { required: ['card', 'card'] }),
      ['fields.required receipts.schema-required'],
    ],
    [
      'an unknown format',
      (c) => Object.assign(properties(c).card as object, { format: 'regex' }),
      ['fields.properties.card.format receipts.schema-format'],
    ],
    ['a title no font draws', (c) => Object.assign(c.bill, { title: '김' }), ['bill.title validation.undrawable']],
  ])('is refused with %s', (_name, change, expected) => {
    expect(refusals(change)).toEqual(expected);
  });

  it('is refused when plate, place and time would be public together', () => {
    const [parking] = PRESETS as [ReceiptKindConfiguration];
    const label = { zh: '事实', en: 'Fact' };
    const publicFacts = ['plateNo', 'parkingLot', 'enteredAt'].map((field) => ({ field, label }));
    const read = readConfiguration({ ...parking, publicFacts });
    expect(read.ok ? [] : read.errors.map(({ code }) => code)).toEqual(['receipts.public-movement']);
  });

  it('never throws, and what it accepts compiles', () => {
    const schema = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.record(
          {
            type: fc.constant('string'),
            maxLength: fc.oneof(fc.integer(), fc.constant(5)),
            pattern: fc.string(),
            title: fc.jsonValue(),
          },
          { requiredKeys: ['type'] },
        ),
        fc.record(
          {
            type: fc.constant('string'),
            maxLength: fc.integer({ min: 1, max: 64 }),
            format: fc.constantFrom('amount', 'date', 'x'),
          },
          { requiredKeys: ['type', 'maxLength'] },
        ),
        fc.record({ type: fc.constant('array'), items: tie('node'), maxItems: fc.integer({ min: 0, max: 600 }) }),
        fc.record(
          {
            type: fc.constant('object'),
            properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'toString'), tie('node')),
            required: fc.array(fc.constantFrom('a', 'b')),
          },
          { requiredKeys: ['type', 'properties'] },
        ),
        fc.jsonValue(),
      ),
    })).node;
    fc.assert(
      fc.property(schema, (fields) => {
        const read = readConfiguration({ ...library, fields, layout: { columns: '1', cells: [] }, publicFacts: [] });
        if (read.ok) {
          configuredReceipt(read.value, '1');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

it('keeps the samples of the presets what they are', () => {
  expect(sampleReceipt('parking.json').request.kind).toBe('receipt.parking');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CreateInvoiceDto } from '../../src/invoices/create-invoice.dto.js';
import { explainErrors } from '../../src/platform/validation/explain-errors.js';
import { compileValidator } from '../../src/platform/validation/index.js';
import { invoiceRequest, lineRequest, sampleInvoices } from '../support/invoice-request.js';

const validate = compileValidator(CreateInvoiceDto);

function answer(body: unknown): readonly string[] {
  const result = validate(body);
  return result.ok ? [] : result.errors.map(({ field, code }) => `${field} ${code}`);
}

describe('the request to issue an invoice', () => {
  it.each<[string, object, readonly string[]]>([
    ['an unknown field', { seller: { name: '别人' } }, ['seller validation.unknown-field']],
    ['a number of its own', { number: '26322000000100000001' }, ['number validation.unknown-field']],
    ['an unknown type', { type: 'red' }, ['type validation.not-allowed']],
    ['a line in numbers', { lines: [{ ...lineRequest(), amount: 100 }] }, ['lines[0].amount validation.type']],
    ['one decimal', { lines: [lineRequest(), lineRequest({ tax: '6.0' })] }, ['lines[1].tax validation.format']],
    [
      'a short class code',
      { lines: [lineRequest({ taxClassCode: '30704' })] },
      ['lines[0].taxClassCode validation.format'],
    ],
    ['a percentage', { lines: [lineRequest({ taxRate: '6%' })] }, ['lines[0].taxRate validation.format']],
    ['26 digits', { lines: [lineRequest({ unitPrice: '1'.repeat(26) })] }, ['lines[0].unitPrice validation.format']],
    ['no lines', { lines: [] }, ['lines validation.too-few']],
    ['2,001 lines', { lines: new Array(2001).fill(lineRequest()) }, ['lines validation.too-many']],
    ['a wrong tax id', { buyer: { name: '云帆', taxId: '91440300MAXDEM0136' } }, ['buyer.taxId validation.tax-id']],
    ['a long name', { buyer: { name: '云'.repeat(301) } }, ['buyer.name validation.too-long']],
    ['a long remark', { remark: '备'.repeat(451) }, ['remark validation.too-long']],
    ['a blank drawer', { drawer: '\u3000 ' }, ['drawer validation.blank']],
    ['a line break', { remark: '一\n二' }, ['remark validation.characters']],
    ['a reversed name', { drawer: '\u202e安' }, ['drawer validation.characters']],
    [
      'half of the totals',
      { totals: { amount: '100.00' } },
      ['totals.tax validation.required', 'totals.withTax validation.required'],
    ],
    ['a serial with spaces', { requestSerialNo: 'A 1' }, ['requestSerialNo validation.format']],
    ['text for a truth', { buyerIsNaturalPerson: 'false' }, ['buyerIsNaturalPerson validation.type']],
  ])('is refused with %s', (_name, change, expected) => {
    expect(answer({ ...invoiceRequest(), ...change })).toEqual(expected);
  });

  it('accepts the longest texts', () => {
    const line = {
      categoryShortName: '简'.repeat(120),
      itemName: '𠮷'.repeat(600),
      spec: '规'.repeat(150),
      unit: '件',
    };
    const request = invoiceRequest({ lines: [lineRequest(line)], remark: '备'.repeat(450), drawer: '安' });
    expect(answer(request)).toEqual([]);
    expect(answer({ ...request, lines: new Array(2000).fill(lineRequest()) })).toEqual([]);
  });

  it('gets the same answer from the compiled schema and from class-validator, however it is bent', () => {
    let accepted = 0;
    fc.assert(
      fc.property(bentRequests, (json) => {
        const body: unknown = JSON.parse(json);
        const result = validate(body);
        accepted += result.ok ? 1 : 0;
        expect(result.ok).toBe(explainErrors(CreateInvoiceDto, body).length === 0);
      }),
      { numRuns: 10_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  }, 60_000);
});

type Branch = Record<string, unknown>;
type Bend = {
  readonly at: number;
  readonly how: 'set' | 'delete' | 'add';
  readonly key: string;
  readonly value: unknown;
};

const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e21,
    '',
    ' ',
    '\u3000',
    '0',
    '0.00',
    '-0.00',
    '1.00',
    '1.0',
    '-5.25',
    '12.5',
  ),
  fc.constantFrom<unknown>('special', 'discount', 'EXEMPT', '0.13', '91440300MAXDEM0135', '９１４４０３００MAXDEM0135'),
  fc.constantFrom<unknown>(
    {},
    [],
    [null],
    [[]],
    { name: '云帆' },
    'é',
    'e\u0301',
    '\ud800',
    '\u202e',
    'x'.repeat(1000),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const bends: fc.Arbitrary<Bend> = fc.record({
  at: fc.nat({ max: 500 }),
  how: fc.constantFrom('set', 'set', 'set', 'delete', 'add'),
  key: fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'name',
    'taxId',
    'nature',
    'spec',
    'remark',
    'wings',
    '0',
    '',
  ),
  value: values,
});
const bentRequests = fc
  .tuple(fc.constantFrom(...sampleInvoices()), fc.array(bends, { minLength: 0, maxLength: 3 }))
  .map(([{ request }, changes]) => changes.reduce(bend, JSON.stringify(request)));

/** Changes one place of a JSON text; own keys named `__proto__` survive because they are written as text. */
function bend(json: string, { at, how, key, value }: Bend): string {
  const body = JSON.parse(json) as Branch;
  const places = placesOf(body);
  const place = places[at % places.length];
  if (place === undefined) {
    return json;
  }
  const [owner, name] = place;
  if (how === 'set') {
    owner[name] = value;
  } else if (how === 'delete') {
    Reflect.deleteProperty(owner, name);
  } else {
    Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return JSON.stringify(body);
}

function placesOf(value: unknown): readonly (readonly [Branch, string])[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const owner = value as Branch;
  return Object.keys(owner).flatMap((name) => [[owner, name] as const, ...placesOf(owner[name])]);
}

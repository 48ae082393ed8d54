import { IsBoolean } from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainErrors } from './explain-errors.js';
import {
  IsAmountText,
  IsDecimalText,
  IsOneOf,
  IsPrintableText,
  Nested,
  NestedArray,
  Optional,
  compileValidator,
} from './index.js';

class WheelDto {
  @IsAmountText()
  price!: string;

  @Optional()
  @IsDecimalText()
  width?: string;
}

class EngineDto {
  @IsPrintableText(5)
  name!: string;
}

class CarDto {
  @IsOneOf(['red', 'blue'])
  colour!: string;

  @Nested(() => EngineDto)
  engine!: EngineDto;

  @Optional()
  @Nested(() => EngineDto)
  spare?: EngineDto;

  @NestedArray(() => WheelDto, { min: 1, max: 3 })
  wheels!: WheelDto[];

  @Optional()
  @IsBoolean()
  used?: boolean;
}

class TaxiDto extends CarDto {
  @IsPrintableText(9)
  sign!: string;
}

const validate = compileValidator(CarDto);
const good = () => ({ colour: 'red', engine: { name: '发动机' }, wheels: [{ price: '1.00', width: '2.5' }] });

function errorsOf(body: unknown): readonly string[] {
  const result = validate(body);
  return result.ok ? [] : result.errors.map(({ field, code }) => `${field} ${code}`);
}

describe('compiled validation', () => {
  it('gives a good body back untouched', () => {
    const body = good();
    expect(validate(body)).toEqual({ ok: true, value: body });
  });

  it.each<[string, unknown, readonly string[]]>([
    ['no object', 'text', [' validation.type']],
    ['null', null, [' validation.type']],
    ['an array', [good()], [' validation.type']],
    ['nothing', {}, ['colour validation.required', 'engine validation.required', 'wheels validation.required']],
    ['another word', { ...good(), colour: 'green' }, ['colour validation.not-allowed']],
    ['a wrong type', { ...good(), colour: 7 }, ['colour validation.type']],
    ['null in an optional field', { ...good(), used: null }, ['used validation.type']],
    ['a nested null', { ...good(), engine: null }, ['engine validation.type']],
    ['an array for an object', { ...good(), engine: [{ name: 'a' }] }, ['engine validation.type']],
    ['an object for an array', { ...good(), wheels: { 0: { price: '1.00' } } }, ['wheels validation.type']],
    ['an empty array', { ...good(), wheels: [] }, ['wheels validation.too-few']],
    ['a long array', { ...good(), wheels: new Array(5000).fill({}) }, ['wheels validation.too-many']],
    ['a null item', { ...good(), wheels: [{ price: '1.00' }, null] }, ['wheels[1] validation.type']],
    ['an array item', { ...good(), wheels: [[]] }, ['wheels[0] validation.type']],
    ['a wrong item', { ...good(), wheels: [{ price: '1.0' }] }, ['wheels[0].price validation.format']],
    ['a long text', { ...good(), engine: { name: '一二三四五六' } }, ['engine.name validation.too-long']],
    ['a huge text', { ...good(), engine: { name: 'x'.repeat(5_000_000) } }, ['engine.name validation.too-long']],
    ['a blank text', { ...good(), engine: { name: '\u3000' } }, ['engine.name validation.blank']],
    ['an invisible character', { ...good(), engine: { name: 'a\u202e' } }, ['engine.name validation.characters']],
    ['an unknown field', { ...good(), wings: 2 }, ['wings validation.unknown-field']],
    ['an unknown nested field', { ...good(), engine: { name: 'a', b: 1 } }, ['engine.b validation.unknown-field']],
  ])('answers %s', (_name, body, expected) => {
    expect(errorsOf(body)).toEqual(expected);
  });

  it('follows inherited fields into their objects', () => {
    const result = compileValidator(TaxiDto)({ ...good(), sign: '空车', engine: { name: '' }, wheels: [{ a: 1 }] });
    expect(!result.ok && result.errors.map(({ field }) => field).sort()).toEqual([
      ...['engine.name', 'wheels[0].a', 'wheels[0].price'],
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'refuses the field %s by name and touches no prototype',
    (name) => {
      const text = JSON.stringify(good()).replace('{', `{"${name}":{"polluted":"yes"},`);
      const body: unknown = JSON.parse(text);
      expect(errorsOf(body)).toEqual([`${name} validation.unknown-field`]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('tells a hundred mistakes at most and never repeats a stranger’s bytes', () => {
    const body: Record<string, unknown> = good();
    for (let index = 0; index < 500; index += 1) {
      body[`unknown${index}\n`] = index;
    }
    const result = validate(body);
    expect(!result.ok && result.errors.length).toBe(100);
    expect(JSON.stringify(result)).not.toContain('\\n');
  });

  it('agrees with class-validator on any JSON', () => {
    const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('red', '1.00', '2.5', 'a', ''));
    const part = fc.dictionary(fc.constantFrom('name', 'price', 'width', '__proto__', 'constructor'), field);
    const body = fc.record(
      {
        colour: fc.oneof(fc.constantFrom('red', 'blue'), field),
        engine: fc.oneof(part, fc.constant({ name: 'a' }), field),
        spare: fc.oneof(part, field),
        wheels: fc.oneof(fc.array(fc.oneof(part, fc.constant({ price: '1.00' })), { maxLength: 4 }), field),
        used: fc.oneof(fc.boolean(), field),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(body, (candidate) => {
        const json: unknown = JSON.parse(JSON.stringify(candidate));
        expect(validate(json).ok).toBe(explainErrors(CarDto, json).length === 0);
      }),
      { numRuns: 5000 },
    );
  });
});

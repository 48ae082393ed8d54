import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';

/** A class whose class-validator decorators describe a JSON object. */
export type DtoClass<T extends object = object> = new () => T;

export type NestedField = {
  readonly type: () => DtoClass;
  /** Present when the field is an array of such objects. */
  readonly largestCount?: number;
};

const nestedFields = new Map<object, Map<string, NestedField>>();

/** The field is an object described by another DTO. */
export function Nested(type: () => DtoClass): PropertyDecorator {
  return (target, property) => {
    remember(target, property, { type });
    IsObject()(target, property);
    ValidateNested()(target, property);
  };
}

/** The field is an array of `min` to `max` objects described by another DTO. */
export function NestedArray(type: () => DtoClass, size: { min: number; max: number }): PropertyDecorator {
  return (target, property) => {
    remember(target, property, { type, largestCount: size.max });
    IsArray()(target, property);
    ArrayMinSize(size.min, { message: `This array needs at least ${itemsOf(size.min)}.` })(target, property);
    ArrayMaxSize(size.max, { message: `This array takes at most ${itemsOf(size.max)}.` })(target, property);
    ValidateNested()(target, property);
  };
}

function itemsOf(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}

/** Those of its parent classes included. */
export function nestedFieldsOf(dto: DtoClass): ReadonlyMap<string, NestedField> {
  const fields = new Map<string, NestedField>();
  for (let type = dto.prototype as object | null; type !== null; type = Object.getPrototypeOf(type) as object | null) {
    for (const [property, field] of nestedFields.get(type) ?? []) {
      fields.set(property, field);
    }
  }
  return fields;
}

function remember(target: object, property: string | symbol, field: NestedField): void {
  const fields = nestedFields.get(target) ?? new Map<string, NestedField>();
  fields.set(property as string, field);
  nestedFields.set(target, fields);
}

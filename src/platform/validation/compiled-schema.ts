import { Ajv } from 'ajv';
import { ValidationTypes, getMetadataStorage } from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { ISchemaConverters } from 'class-validator-jsonschema/build/defaultConverters.js';
import { definedRules } from './field-rule.js';
import { type DtoClass, nestedFieldsOf } from './nested.js';

type Schema = Record<string, unknown>;

/** Says in microseconds whether class-validator would find anything wrong with a body. */
export function compileSchema(dto: DtoClass): (body: unknown) => boolean {
  const ajv = new Ajv({ strict: true, allErrors: false, messages: false });
  for (const rule of definedRules().values()) {
    ajv.addKeyword({
      keyword: rule.name,
      errors: false,
      compile: (options: unknown) => (value: unknown) => rule.check(value, options) === null,
    });
  }
  const validate = ajv.compile(schemaOf(dto));
  return (body) => validate(body);
}

/** The JSON schema of a DTO with its nested DTOs in place; nowhere may there be a field that the class does not name. */
function schemaOf(dto: DtoClass): Schema {
  const schema = targetConstructorToSchema(dto, { additionalConverters: convertersOf() }) as Schema;
  return { ...schema, additionalProperties: false };
}

function convertersOf(): ISchemaConverters {
  const converters: Record<string, (meta: { constraints?: unknown[] }) => Schema> = {};
  for (const name of definedRules().keys()) {
    converters[name] = (meta) => ({ [name]: meta.constraints?.[0] ?? true });
  }
  return {
    ...(converters as ISchemaConverters),
    [ValidationTypes.NESTED_VALIDATION]: (meta) => {
      const field = nestedFieldsOf(meta.target as DtoClass).get(meta.propertyName);
      if (field === undefined) {
        throw new Error(`Declare ${meta.propertyName} with Nested or NestedArray`);
      }
      const schema = schemaOf(field.type());
      return field.largestCount === undefined ? schema : { type: 'array', items: schema };
    },
  };
}

const knownFields = new WeakMap<DtoClass, ReadonlySet<string>>();

/** The names of the fields a DTO declares. */
export function fieldsOf(dto: DtoClass): ReadonlySet<string> {
  const known = knownFields.get(dto);
  if (known !== undefined) {
    return known;
  }
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
  const fields = new Set(metadata.map(({ propertyName }) => propertyName));
  knownFields.set(dto, fields);
  return fields;
}

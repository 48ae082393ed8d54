import { Ajv, type ErrorObject } from 'ajv';
import { isBlank, normaliseText, unprintableCharacters, type FieldError } from '../kernel/index.js';
import { printableName } from '../platform/validation/index.js';
import type { CoreData } from '../proof/index.js';
import { canonicalText, FIELD_FORMATS } from './field-formats.js';
import { type FieldSchema, type ObjectSchema } from './field-schema.js';

type CoreValue = CoreData[string];

/** The fields of a configured kind, ready to judge requests. */
export type CompiledFields = {
  /** Each wrong field below `root`; empty when `value` may be read. */
  readonly check: (value: unknown, root: string) => FieldError[];
  /** The canonical text of fields that passed `check`; undefined when there are none. */
  readonly read: (value: unknown) => CoreData | undefined;
};

const MOST_ERRORS = 100;

/** `schema` MUST have passed `checkFieldSchema`. */
export function compileFields(schema: ObjectSchema): CompiledFields {
  const ajv = new Ajv({ strict: true, allErrors: true, messages: true, ownProperties: true });
  for (const [name, { accepts }] of Object.entries(FIELD_FORMATS)) {
    ajv.addFormat(name, accepts);
  }
  const validate = ajv.compile(closed(schema));
  return {
    check: (value, root) => {
      if (validate(value)) {
        return textProblems(value, root).slice(0, MOST_ERRORS);
      }
      return (validate.errors ?? []).slice(0, MOST_ERRORS).map((error) => problemOf(error, root));
    },
    read: (value) => {
      const read = canonical(value, schema) as CoreData;
      return Object.keys(read).length === 0 ? undefined : read;
    },
  };
}

/** As ajv reads it: no field but the described ones, nothing empty. */
function closed(schema: FieldSchema, isRoot = true): Record<string, unknown> {
  if (schema.type === 'array') {
    return { minItems: 1, ...schema, items: closed(schema.items, false) };
  }
  if (schema.type === 'string') {
    return { ...schema };
  }
  const properties = Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => [name, closed(field, false)]),
  );
  return { ...schema, properties, additionalProperties: false, ...(isRoot ? {} : { minProperties: 1 }) };
}

function canonical(value: unknown, schema: FieldSchema): CoreValue {
  if (schema.type === 'string') {
    return canonicalText(value as string, schema.format);
  }
  if (schema.type === 'array') {
    return (value as readonly unknown[]).map((item) => canonical(item, schema.items));
  }
  const given = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([name]) => Object.hasOwn(given, name))
      .map(([name, field]) => [name, canonical(given[name], field)]),
  );
}

/** Invisible and blank text, which a schema does not see. */
function textProblems(value: unknown, field: string): FieldError[] {
  if (typeof value === 'string') {
    const characters = unprintableCharacters(normaliseText(value));
    if (characters.length > 0) {
      const named = characters.slice(0, 5).join(', ');
      return [{ field, code: 'validation.characters', message: `Remove characters that cannot be printed: ${named}.` }];
    }
    return isBlank(value)
      ? [{ field, code: 'validation.blank', message: 'This text is blank; fill it in, or leave the field out.' }]
      : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => textProblems(item, `${field}[${index}]`));
  }
  return Object.entries(value as object).flatMap(([name, item]) => textProblems(item, `${field}.${name}`));
}

const CODES: Readonly<Record<string, string>> = {
  required: 'validation.required',
  additionalProperties: 'validation.unknown-field',
  type: 'validation.type',
  maxLength: 'validation.too-long',
  minLength: 'validation.too-short',
  enum: 'validation.not-allowed',
  minItems: 'validation.too-few',
  maxItems: 'validation.too-many',
};

function problemOf({ keyword, instancePath, params, message }: ErrorObject, root: string): FieldError {
  const { missingProperty, additionalProperty } = params as Readonly<Record<string, string | undefined>>;
  const at = instancePath.split('/').slice(1).map(stepOf).join('');
  const own = missingProperty ?? additionalProperty;
  const field = `${root}${at}${own === undefined ? '' : `.${printableName(own)}`}`;
  if (keyword === 'required') {
    return { field, code: 'validation.required', message: 'This field is required.' };
  }
  if (keyword === 'additionalProperties') {
    return { field, code: 'validation.unknown-field', message: 'There is no such field; remove it.' };
  }
  return { field, code: CODES[keyword] ?? 'validation.format', message: `This field ${message ?? 'is wrong'}.` };
}

const stepOf = (step: string): string => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`);

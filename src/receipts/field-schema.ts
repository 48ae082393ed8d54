import type { FieldError } from '../kernel/index.js';
import { printableName } from '../platform/validation/index.js';
import { FIELD_FORMATS } from './field-formats.js';

/**
 * The JSON Schema that a configured kind may use for its own fields: texts, lists and objects, all of them bounded, nothing
 * that refers elsewhere. Numbers and truth values are no part of it, because documents say everything in text.
 */
export type FieldSchema = TextSchema | ListSchema | ObjectSchema;

export type TextSchema = {
  readonly type: 'string';
  readonly maxLength: number;
  readonly minLength?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
};
export type ListSchema = { readonly type: 'array'; readonly items: FieldSchema; readonly maxItems: number };
export type ObjectSchema = {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
};

const LIMITS = {
  depth: 4,
  fields: 60,
  length: 500,
  items: 500,
  choices: 100,
  pattern: 100,
  patternText: 64,
  repeats: 3,
};
const FIELD_NAME = /^[a-z][A-Za-z0-9]{0,39}$/;

type SchemaType = FieldSchema['type'];

const KEYWORDS: Readonly<Record<SchemaType, ReadonlySet<string>>> = {
  string: new Set(['type', 'title', 'description', 'maxLength', 'minLength', 'format', 'pattern', 'enum']),
  array: new Set(['type', 'title', 'description', 'items', 'minItems', 'maxItems']),
  object: new Set(['type', 'title', 'description', 'properties', 'required', 'additionalProperties']),
};

type Node = Readonly<Record<string, unknown>>;
type Note = (field: string, code: string, message: string) => void;

type Walk = { readonly note: Note; count: number };
type Place = { readonly at: string; readonly depth: number };

/** What keeps `schema` from being a schema of this kind; the root MUST be an object. Empty when it may be compiled. */
export function checkFieldSchema(schema: unknown, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const note: Note = (at, code, message) => errors.push({ field: at, code: `receipts.${code}`, message });
  if (!isNode(schema) || schema.type !== 'object') {
    note(`${field}.type`, 'schema-type', 'The fields of a kind are described by a schema of type "object".');
    return errors;
  }
  visit({ note, count: 0 }, schema, { at: field, depth: 1 });
  return errors;
}

const VISITORS = { string: visitText, array: visitList, object: visitObject } as const;

function visit(walk: Walk, schema: unknown, { at, depth }: Place): void {
  if (!isNode(schema) || !isKnownType(schema.type)) {
    walk.note(`${at}.type`, 'schema-type', 'Choose one of: string, array, object.');
    return;
  }
  if (depth > LIMITS.depth) {
    walk.note(at, 'schema-too-deep', `Nest at most ${LIMITS.depth} levels.`);
    return;
  }
  for (const keyword of Object.keys(schema).filter((key) => !KEYWORDS[schema.type as SchemaType].has(key))) {
    walk.note(`${at}.${printableName(keyword)}`, 'schema-keyword', 'This keyword may not be used here; remove it.');
  }
  for (const words of ['title', 'description'].filter((key) => schema[key] !== undefined)) {
    if (typeof schema[words] !== 'string') {
      walk.note(`${at}.${words}`, 'schema-type', 'This is a text.');
    }
  }
  VISITORS[schema.type](walk, schema, { at, depth });
}

function visitText({ note }: Walk, schema: Node, { at }: Place): void {
  const { format, pattern, minLength = 0 } = schema;
  requireWhole(note, schema.maxLength, { at: `${at}.maxLength`, least: 1, most: LIMITS.length });
  requireWhole(note, minLength, { at: `${at}.minLength`, least: 0, most: LIMITS.length });
  if (format !== undefined && !(typeof format === 'string' && Object.hasOwn(FIELD_FORMATS, format))) {
    note(`${at}.format`, 'schema-format', `Choose one of: ${Object.keys(FIELD_FORMATS).join(', ')}.`);
  }
  if (pattern !== undefined && !(isSafePattern(pattern) && Number(schema.maxLength) <= LIMITS.patternText)) {
    const limits = `${LIMITS.pattern} characters, maxLength ${LIMITS.patternText}, ${LIMITS.repeats} repeats, no groups`;
    note(`${at}.pattern`, 'schema-pattern', `A pattern begins with ^, ends with $ and is simple: at most ${limits}.`);
  }
  if (schema.enum !== undefined && !isChoice(schema.enum)) {
    note(`${at}.enum`, 'schema-enum', `List 1 to ${LIMITS.choices} different texts.`);
  }
}

function visitList(walk: Walk, schema: Node, { at, depth }: Place): void {
  requireWhole(walk.note, schema.maxItems, { at: `${at}.maxItems`, least: 1, most: LIMITS.items });
  requireWhole(walk.note, schema.minItems ?? 1, { at: `${at}.minItems`, least: 1, most: LIMITS.items });
  visit(walk, schema.items, { at: `${at}.items`, depth: depth + 1 });
}

function visitObject(walk: Walk, schema: Node, { at, depth }: Place): void {
  const { note } = walk;
  const properties = isNode(schema.properties) ? schema.properties : {};
  const names = Object.keys(properties);
  walk.count += names.length;
  if (names.length === 0 || walk.count > LIMITS.fields) {
    note(`${at}.properties`, 'schema-properties', `Describe 1 to ${LIMITS.fields} fields in all, by name.`);
    return;
  }
  if ((schema.additionalProperties ?? false) !== false) {
    note(`${at}.additionalProperties`, 'schema-keyword', 'Fields that are not described are never allowed.');
  }
  if (!isSubset(schema.required ?? [], names)) {
    note(`${at}.required`, 'schema-required', 'List names of the described fields, each once.');
  }
  for (const name of names) {
    visitField(walk, properties[name], name, { at, depth });
  }
}

function visitField(walk: Walk, schema: unknown, name: string, { at, depth }: Place): void {
  if (!FIELD_NAME.test(name) || name in Object.prototype) {
    const message = 'Name fields in camelCase, at most 40 letters.';
    walk.note(`${at}.properties.${printableName(name)}`, 'schema-field-name', message);
  } else {
    visit(walk, schema, { at: `${at}.properties.${name}`, depth: depth + 1 });
  }
}

type Range = { readonly at: string; readonly least: number; readonly most: number };

function requireWhole(note: Note, value: unknown, { at, least, most }: Range): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    note(at, 'schema-limit', `Give a whole number from ${least} to ${most}.`);
  }
}

function isSubset(value: unknown, names: readonly string[]): boolean {
  return (
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((name) => typeof name === 'string' && names.includes(name))
  );
}

function isKnownType(type: unknown): type is SchemaType {
  return typeof type === 'string' && Object.hasOwn(KEYWORDS, type);
}

/**
 * Patterns come from an operator and run on text of strangers: without groups, alternatives and back-references, and with
 * few repeats on short text, none of them can take long.
 */
function isSafePattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string' || pattern.length > LIMITS.pattern || !/^\^.*\$$/su.test(pattern)) {
    return false;
  }
  const plain = pattern.replace(/\\[dDwWsS.\-\\[\]{}()+*?^$/|]/g, 'x');
  const outside = plain.replace(/\[[^\]]*\]/g, 'x');
  const repeats = outside.match(/[*+?]|\{\d+,\d*\}/g) ?? [];
  return !/[()|\\]/.test(outside) && repeats.length <= LIMITS.repeats && compiles(pattern);
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source.length > 0;
  } catch {
    return false; // says exactly that it does not compile
  }
}

function isChoice(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= LIMITS.choices &&
    new Set(value).size === value.length &&
    value.every((item) => typeof item === 'string' && item.length <= LIMITS.length)
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { type ValidationError, validateSync } from 'class-validator';
import type { FieldError } from '../../kernel/index.js';
import { fieldsOf } from './compiled-schema.js';
import { definedRules, type Problem, readProblem } from './field-rule.js';
import { printableName } from './printable-name.js';
import { type DtoClass, type NestedField, nestedFieldsOf } from './nested.js';

/** More are not told at once: nobody mends them in one go, and the answer stays small. */
const MOST_ERRORS = 100;

/**
 * Turns a body into instances that class-validator knows, and notes what it would pass over: fields whose names also
 * exist on `Object.prototype`, and array items that are no objects. Only declared fields are copied, so a body can
 * reach no prototype.
 */
class Walk {
  readonly errors = new Map<string, FieldError>();

  instanceOf(dto: DtoClass, body: Readonly<Record<string, unknown>>, path: string): object {
    const fields = fieldsOf(dto);
    const nested = nestedFieldsOf(dto);
    const instance = new dto() as Record<string, unknown>;
    for (const name of Object.keys(body)) {
      const field = path === '' ? name : `${path}.${name}`;
      if (!fields.has(name)) {
        const shown = path === '' ? printableName(name) : `${path}.${printableName(name)}`;
        this.note(shown, { code: 'validation.unknown-field', message: 'There is no such field; remove it.' });
        continue;
      }
      const child = nested.get(name);
      instance[name] = child === undefined ? body[name] : this.nestedValue(child, body[name], field);
    }
    return instance;
  }

  private nestedValue(field: NestedField, value: unknown, path: string): unknown {
    if (field.largestCount === undefined) {
      return isPlainObject(value) ? this.instanceOf(field.type(), value, path) : value;
    }
    if (!Array.isArray(value) || value.length > field.largestCount) {
      return value;
    }
    return value.map((item: unknown, index) => this.item(field.type(), item, `${path}[${index}]`));
  }

  private item(dto: DtoClass, item: unknown, path: string): unknown {
    if (isPlainObject(item)) {
      return this.instanceOf(dto, item, path);
    }
    this.note(path, { code: 'validation.type', message: 'This item must be an object.' });
    return null;
  }

  private note(field: string, problem: Problem): void {
    if (this.errors.size < MOST_ERRORS) {
      this.errors.set(field, { field, ...problem });
    }
  }
}

const NO_BODY: FieldError = {
  field: '',
  code: 'validation.required',
  message: 'There is no request body; send a JSON object, with the header "Content-Type: application/json".',
};
const NO_OBJECT: FieldError = {
  field: '',
  code: 'validation.type',
  message: 'The request must be one JSON object, between { and }, with a name for each value.',
};

/** What is wrong with `body`, field by field, as class-validator sees it. Empty when nothing is. */
export function explainErrors(dto: DtoClass, body: unknown): readonly FieldError[] {
  if (!isPlainObject(body)) {
    return [body === undefined ? NO_BODY : NO_OBJECT];
  }
  const walk = new Walk();
  const instance = walk.instanceOf(dto, body, '');
  const failures = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  collect(failures, '', walk.errors);
  return [...walk.errors.values()].slice(0, MOST_ERRORS);
}

function collect(failures: readonly ValidationError[], parent: string, errors: Map<string, FieldError>): void {
  for (const failure of failures) {
    if (errors.size >= MOST_ERRORS) {
      return;
    }
    const field = pathOf(parent, failure);
    const [name, text] = Object.entries(failure.constraints ?? {})[0] ?? [];
    if (name !== undefined && !errors.has(field)) {
      errors.set(field, { field, ...problemOf(name, text ?? '', failure.value) });
    }
    // A wrong number of items is one mistake; the items of an overlong array are not looked at.
    if (name === undefined) {
      collect(failure.children ?? [], field, errors);
    }
  }
}

function pathOf(parent: string, { property, target }: ValidationError): string {
  if (Array.isArray(target)) {
    return `${parent}[${property}]`;
  }
  return parent === '' ? property : `${parent}.${property}`;
}

const sentences: Readonly<Record<string, Problem>> = {
  isObject: { code: 'validation.type', message: 'This field must be an object.' },
  isArray: { code: 'validation.type', message: 'This field must be an array.' },
  isBoolean: { code: 'validation.type', message: 'This field must be true or false.' },
  nestedValidation: { code: 'validation.type', message: 'This field must be an object.' },
  whitelistValidation: { code: 'validation.unknown-field', message: 'There is no such field; remove it.' },
};

/** Whose sentence is their own, since it names a number. */
const NUMBERED: Readonly<Record<string, string>> = {
  arrayMinSize: 'validation.too-few',
  arrayMaxSize: 'validation.too-many',
};

function problemOf(constraint: string, text: string, value: unknown): Problem {
  if (definedRules().has(constraint)) {
    return readProblem(text);
  }
  if (value === undefined) {
    return { code: 'validation.required', message: 'This field is required.' };
  }
  const numbered = NUMBERED[constraint];
  if (numbered !== undefined) {
    return { code: numbered, message: text };
  }
  return sentences[constraint] ?? { code: 'validation.refused', message: `This field ${text}.` };
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { FieldError } from '../../kernel/index.js';
import { compileSchema } from './compiled-schema.js';
import { explainErrors } from './explain-errors.js';
import type { DtoClass } from './nested.js';

type ValidationResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What a DTO class describes, as plain JSON: a body is never an instance of the class. */
export type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** Judges a parsed JSON body. The value given back is the body itself: nothing is converted or dropped. */
type Validator<T> = (body: unknown) => ValidationResult<T>;

/**
 * Compiles the decorators of a DTO, its nested DTOs included, into one function. Good bodies meet only the compiled
 * schema; a refused one goes through class-validator, which tells every wrong field. Both read the same decorators.
 */
export function compileValidator<T extends object>(dto: DtoClass<T>): Validator<Plain<T>> {
  const matches = compileSchema(dto);
  return (body) => {
    if (matches(body)) {
      return { ok: true, value: body as Plain<T> };
    }
    const errors = explainErrors(dto, body);
    return { ok: false, errors: errors.length > 0 ? errors : [unexplained] };
  };
}

/** Kept for the day the two disagree (a property test says never): a refusal stays a refusal. */
const unexplained: FieldError = {
  field: '',
  code: 'validation.refused',
  message: 'The request does not have the expected shape; compare it with the API description.',
};

import type { FieldError } from '../kernel/index.js';
import { describeCharacter, undrawableCharacters } from '../platform/pdf/index.js';

/** Texts with a character that no font here draws: refused now, because it could only be printed as a box. */
export function undrawableFields(value: unknown, field = ''): FieldError[] {
  if (typeof value === 'string') {
    const characters = undrawableCharacters(value);
    return characters.length === 0 ? [] : [undrawable(field, characters)];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => undrawableFields(item, `${field}[${index}]`));
  }
  return Object.entries(value as object).flatMap(([key, item]) =>
    undrawableFields(item, field === '' ? key : `${field}.${key}`),
  );
}

function undrawable(field: string, characters: readonly string[]): FieldError {
  const named = characters.slice(0, 5).map(describeCharacter).join(', ');
  return {
    field,
    code: 'validation.undrawable',
    message: `No font here draws ${named}; write it in other characters.`,
  };
}

import type { FieldError } from '../kernel/index.js';

/** Takes down that a field is wrong. `rule` is the code without its `certificates.` in front. */
export type Report = (field: string, rule: string, message: string) => void;

export function reportInto(errors: FieldError[]): Report {
  return (field, rule, message) => {
    errors.push({ field, code: `certificates.${rule}`, message });
  };
}

/** Fields of what is stored, by the fields of the request they come from: `{ holders: 'mortgagees' }`. */
export type FieldNames = Readonly<Record<string, string>>;

/** The errors in the words of the request: `holders[0].idNo` becomes `mortgagees[0].idNo`. */
export function inWordsOfRequest(errors: readonly FieldError[], names: FieldNames): FieldError[] {
  return errors.map((error) => {
    const stored = Object.keys(names).find((name) => startsWithField(error.field, name));
    return stored === undefined
      ? error
      : { ...error, field: (names[stored] ?? stored) + error.field.slice(stored.length) };
  });
}

function startsWithField(field: string, name: string): boolean {
  return field === name || field.startsWith(`${name}[`) || field.startsWith(`${name}.`);
}

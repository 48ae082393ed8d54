import type { FieldError } from '../kernel/index.js';

/** Takes down that a field is wrong. `rule` is the code without its `receipts.` in front. */
export type Report = (field: string, rule: string, message: string) => void;

export function reportInto(errors: FieldError[]): Report {
  return (field, rule, message) => {
    errors.push({ field, code: `receipts.${rule}`, message });
  };
}

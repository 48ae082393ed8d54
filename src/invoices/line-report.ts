import type { FieldError } from '../kernel/index.js';
import type { InvoiceLine } from './invoice.js';

/** Takes down that a field of one line is wrong. `rule` is the code without its `invoices.` in front. */
export type LineReport = (field: keyof InvoiceLine, rule: string, message: string) => void;

/** Takes down that a field of the invoice is wrong. */
export type Report = (field: string, rule: string, message: string) => void;

export function reportInto(errors: FieldError[]): Report {
  return (field, rule, message) => {
    errors.push({ field, code: `invoices.${rule}`, message });
  };
}

import type { PipeTransform, Type } from '@nestjs/common';
import { compileValidator, type Plain } from '../validation/index.js';
import { InvalidQuery, InvalidRequest } from './http.errors.js';

/**
 * Parses a body or a query into `Dto` or refuses it, naming every wrong field:
 * `@Body(validated(CreateInvoiceDto)) dto: CreateInvoiceDto`.
 */
export function validated<Dto extends object>(dto: Type<Dto>): PipeTransform<unknown, Plain<Dto>> {
  const validate = compileValidator(dto);
  return {
    transform: (given, { type }) => {
      const outcome = validate(given);
      if (!outcome.ok) {
        throw type === 'query' ? new InvalidQuery(outcome.errors) : new InvalidRequest(outcome.errors);
      }
      return outcome.value;
    },
  };
}

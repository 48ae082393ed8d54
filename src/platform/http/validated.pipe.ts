import type { PipeTransform, Type } from '@nestjs/common';
import { compileValidator, type Plain } from '../validation/index.js';
import { InvalidRequest } from './http.errors.js';

/** Parses a body into `Dto` or refuses it, naming every wrong field: `@Body(validated(CreateInvoiceDto)) dto: CreateInvoiceDto`. */
export function validated<Dto extends object>(dto: Type<Dto>): PipeTransform<unknown, Plain<Dto>> {
  const validate = compileValidator(dto);
  return {
    transform: (body) => {
      const outcome = validate(body);
      if (!outcome.ok) {
        throw new InvalidRequest(outcome.errors);
      }
      return outcome.value;
    },
  };
}

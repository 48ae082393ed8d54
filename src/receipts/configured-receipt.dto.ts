import { ApiPropertyOptional } from '@nestjs/swagger';
import { defineRule, notOfType, Optional, type Plain } from '../platform/validation/index.js';
import { ReceiptWithItemsDto } from './create-receipt.dto.js';

const anyObject = defineRule<true>({
  name: 'isAnyObject',
  check: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? null : notOfType(value, 'an object'),
});

/** A request for a receipt of a configured kind; its particulars are judged by the kind's own schema. */
export class ConfiguredReceiptDto extends ReceiptWithItemsDto {
  @ApiPropertyOptional({ description: 'What only this kind says', type: 'object', additionalProperties: true })
  @Optional()
  @anyObject(true)
  particulars?: object;
}

export type ConfiguredRequest = Plain<ConfiguredReceiptDto>;

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsAmountText, IsOneOf, Optional, defineRule, notOfType } from '../platform/validation/index.js';
import type { InvoiceScheme } from './invoice.js';

const MOST_NUMBERS = 10_000_000;
const SCHEMES = ['shudian', 'blockchain', 'legacy'];

const blockSize = defineRule<true>({
  name: 'isBlockSize',
  check: (value) => {
    if (typeof value !== 'number') {
      return notOfType(value, 'a number');
    }
    return Number.isInteger(value) && value >= 1 && value <= MOST_NUMBERS
      ? null
      : { code: 'validation.format', message: `Draw 1 to ${MOST_NUMBERS} numbers.` };
  },
});

/** The body of `PUT /v1/issuers/{id}/invoice-allowance`. */
export class SetAllowanceDto {
  @ApiProperty({ description: '本月授信额度: amounts without tax, in yuan', example: '7500000.00' })
  @IsAmountText()
  monthlyTotal!: string;
}

export class AllowanceDto {
  @ApiProperty({ example: '2026-03' })
  month!: string;

  @ApiPropertyOptional({ description: 'Absent: without limit', example: '7500000.00' })
  monthlyTotal?: string;

  @ApiPropertyOptional({ description: 'Amounts of blue and red invoices, without sign' })
  used?: string;

  @ApiPropertyOptional()
  available?: string;
}

/** The body of `POST /v1/invoice-number-blocks`. */
export class DrawBlockDto {
  @ApiPropertyOptional({ enum: SCHEMES, default: 'shudian' })
  @Optional()
  @IsOneOf(SCHEMES)
  scheme?: InvoiceScheme;

  @ApiProperty({ minimum: 1, maximum: MOST_NUMBERS, example: 1000 })
  @blockSize(true)
  count!: number;
}

export class NumberBlockDto {
  @ApiProperty({ enum: SCHEMES })
  scheme!: string;

  @ApiProperty({ description: '发票起始号码; in the older schemes code and number', example: '26322000000100000001' })
  first!: string;

  @ApiProperty({ description: '发票终止号码', example: '26322000000100001000' })
  last!: string;

  @ApiProperty({ format: 'date-time' })
  drawnAt!: string;
}

export class NumberBlockListDto {
  @ApiProperty({ type: () => [NumberBlockDto] })
  blocks!: NumberBlockDto[];
}

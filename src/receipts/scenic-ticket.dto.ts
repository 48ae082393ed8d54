import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsAmountText,
  IsOneOf,
  IsPrintableText,
  Nested,
  NestedArray,
  Optional,
  type Plain,
} from '../platform/validation/index.js';
import { amountFormat, ReceiptBaseDto } from './create-receipt.dto.js';
import { IsDateText, IsReference, IsTicketNumber } from './receipt-field-rules.js';

export const TICKET_TYPES = ['adult', 'child', 'student', 'senior', 'group'] as const;
const MOST_TICKETS = 500;

export class TicketDto {
  @ApiProperty({ description: '票号', example: 'XL20260322000001' })
  @IsTicketNumber()
  ticketNo!: string;

  @ApiProperty({ enum: TICKET_TYPES })
  @IsOneOf(TICKET_TYPES)
  type!: (typeof TICKET_TYPES)[number];

  @ApiProperty({ description: '票价; "0.00" for a free ticket', ...amountFormat, example: '100.00' })
  @IsAmountText()
  price!: string;
}

export class ScenicTicketParticularsDto {
  @ApiProperty({ description: '景区', maxLength: 100, example: '雪麓示例景区' })
  @IsPrintableText(100)
  scenicSpot!: string;

  @ApiProperty({ description: '游览日期', example: '2026-03-22' })
  @IsDateText()
  visitDate!: string;

  @ApiPropertyOptional({
    description: '数电票号码: the VAT e-invoice of the same sale',
    example: '26532000000400000001',
  })
  @Optional()
  @IsReference()
  invoiceNumber?: string;

  @ApiProperty({ type: () => [TicketDto], minItems: 1, maxItems: MOST_TICKETS })
  @NestedArray(() => TicketDto, { min: 1, max: MOST_TICKETS })
  tickets!: TicketDto[];
}

/** The items follow from the tickets. */
export class ScenicTicketDto extends ReceiptBaseDto {
  @ApiProperty({ type: () => ScenicTicketParticularsDto })
  @Nested(() => ScenicTicketParticularsDto)
  particulars!: ScenicTicketParticularsDto;
}

export type ScenicTicketRequest = Plain<ScenicTicketDto>;
export type TicketRequest = ScenicTicketRequest['particulars']['tickets'][number];

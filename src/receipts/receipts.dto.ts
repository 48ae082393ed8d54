import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toChinaTime } from '../kernel/index.js';
import { IsPrintableText, Optional } from '../platform/validation/index.js';
import { IsInstantText } from './receipt-field-rules.js';
import type { RegisteredKind } from './register-receipt-kind.js';
import type { Tickets } from './tickets.js';

export class WriteOffReceiptDto {
  @ApiPropertyOptional({ description: '冲红原因', maxLength: 200 })
  @Optional()
  @IsPrintableText(200)
  reason?: string;
}

export class UseTicketDto {
  @ApiPropertyOptional({ description: 'When the ticket was used; now when left out' })
  @Optional()
  @IsInstantText()
  usedAt?: string;

  @ApiPropertyOptional({ description: 'Gate', maxLength: 32, example: 'G1' })
  @Optional()
  @IsPrintableText(32)
  gate?: string;
}

export class TicketStateDto {
  @ApiProperty({ example: 'XL20260322000001' })
  ticketNo!: string;

  @ApiProperty({ enum: ['adult', 'child', 'student', 'senior', 'group'] })
  type!: string;

  @ApiProperty({ example: '100.00' })
  price!: string;

  @ApiProperty({ enum: ['unused', 'used', 'refunded'] })
  state!: 'unused' | 'used' | 'refunded';

  @ApiProperty({ description: 'When it was used or refunded', format: 'date-time', nullable: true, type: String })
  at!: string | null;

  @ApiProperty({ nullable: true, type: String, example: 'G1' })
  gate!: string | null;

  static of(this: void, ticket: Awaited<ReturnType<Tickets['list']>>[number]): TicketStateDto {
    const { ticketNo, type, price, state = 'unused', at, gate = null } = ticket;
    return { ticketNo, type, price, state, at: at === undefined ? null : toChinaTime(at), gate };
  }
}

export class TicketListDto {
  @ApiProperty({ type: () => [TicketStateDto] })
  items!: TicketStateDto[];
}

export class RegisteredKindDto implements RegisteredKind {
  @ApiProperty({ example: 'receipt.library' })
  name!: string;

  @ApiProperty({ description: 'Documents remember the version they were judged by', example: 1 })
  version!: number;
}

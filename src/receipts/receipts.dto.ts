import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toChinaTime } from '../kernel/index.js';
import { IsPrintableText, Optional } from '../platform/validation/index.js';
import { KIND_ORIGINS, type ReceiptKindView } from './read-receipt-kinds.js';
import type { ReceiptKindConfiguration } from './receipt-kind-configuration.js';
import { BilingualTextDto, ReceiptKindConfigurationDto } from './receipt-kind-configuration.dto.js';
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

export class ReceiptKindSummaryDto {
  @ApiProperty({ example: 'receipt.parking' })
  name!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  titles!: BilingualTextDto;

  @ApiProperty({
    enum: KIND_ORIGINS,
    description:
      'built-in: rules of its own, and a request of its own in this description; preset: a configuration that every installation has; registered: one that an operator brought',
  })
  origin!: (typeof KIND_ORIGINS)[number];

  @ApiProperty({ description: 'Whether a finance department supervises the bills (财政监制)' })
  isSupervised!: boolean;

  @ApiProperty({ description: 'The version that documents are issued by', type: Number, nullable: true, example: 1 })
  version!: number | null;

  static of(this: void, kind: ReceiptKindView): ReceiptKindSummaryDto {
    const { name, titles, origin, isSupervised, version } = kind;
    return { name, titles, origin, isSupervised, version };
  }
}

export class ReceiptKindListDto {
  @ApiProperty({ type: () => [ReceiptKindSummaryDto] })
  items!: ReceiptKindSummaryDto[];
}

export class ReceiptKindDto extends ReceiptKindSummaryDto {
  @ApiProperty({
    description: 'As it was registered; null when the kind is built in',
    type: () => ReceiptKindConfigurationDto,
    nullable: true,
  })
  configuration!: ReceiptKindConfiguration | null;
}

export class RegisteredKindDto implements RegisteredKind {
  @ApiProperty({ example: 'receipt.library' })
  name!: string;

  @ApiProperty({ description: 'Documents remember the version they were judged by', example: 1 })
  version!: number;
}

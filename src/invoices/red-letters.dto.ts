import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import {
  IsAmountText,
  IsDecimalText,
  IsOneOf,
  IsPrintableText,
  NestedArray,
  Optional,
  defineRule,
  defineTextRule,
  notOfType,
} from '../platform/validation/index.js';
import type { RedReasonCode } from './invoice.js';
import { VOID_STATUSES, type VoidStatus } from './red-confirmation.js';

const MOST_LINES = 2000;
const REASONS = ['01', '02', '03', '04'];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const lineNumber = defineRule<true>({
  name: 'isLineNumber',
  check: (value) => {
    if (typeof value !== 'number') {
      return notOfType(value, 'a number');
    }
    return Number.isInteger(value) && value >= 1 && value <= MOST_LINES
      ? null
      : { code: 'validation.format', message: 'Count the lines of the blue invoice from 1.' };
  },
});

const uuidText = defineTextRule<true>('isUuidText', (text) =>
  UUID.test(text) ? null : { code: 'validation.format', message: 'Give the id as it was answered, a UUID.' },
);

const addressText = defineTextRule<true>('isDocumentAddressText', (text) =>
  /^(?:eip155:\d{1,16}:)?0x[0-9a-fA-F]{40}$/.test(text)
    ? null
    : {
        code: 'validation.format',
        message: 'Give the address printed on the document: 0x and 40 hexadecimal digits, or eip155:<chain>:0x…',
      },
);

export class RedLineDto {
  @ApiProperty({ description: 'Line of the blue invoice, counted from 1, discount lines included', example: 1 })
  @lineNumber(true)
  blueLine!: number;

  @ApiProperty({ description: '金额 without tax, negative', example: '-11150.44' })
  @IsAmountText()
  amount!: string;

  @ApiProperty({ description: '税额, negative', example: '-1449.56' })
  @IsAmountText()
  tax!: string;

  @ApiPropertyOptional({ description: '数量, negative; left out for an allowance', example: '-2' })
  @Optional()
  @IsDecimalText()
  quantity?: string;
}

const reasonField = {
  description: '01 开票有误, 02 销货退回, 03 服务中止, 04 销售折让',
  enum: REASONS,
};
const linesField = {
  description: 'What to take back; left out: all that is left',
  type: () => [RedLineDto],
  minItems: 1,
  maxItems: MOST_LINES,
};

/** The body of `POST /v1/invoices/{id}/red-letters`: a slip, or reason and lines. */
export class RedLetterDto {
  @ApiPropertyOptional({ description: 'Slip that says what to take back. Without one the seller acts alone.' })
  @Optional()
  @uuidText(true)
  confirmationId?: string;

  @ApiPropertyOptional({ ...reasonField, description: `${reasonField.description}. Required without a slip.` })
  @Optional()
  @IsOneOf(REASONS)
  reasonCode?: RedReasonCode;

  @ApiPropertyOptional(linesField)
  @Optional()
  @NestedArray(() => RedLineDto, { min: 1, max: MOST_LINES })
  lines?: RedLineDto[];

  @ApiPropertyOptional({ description: '备注, after the text that the rule demands', maxLength: 300 })
  @Optional()
  @IsPrintableText(300)
  remark?: string;

  @ApiProperty({ description: '开票人', maxLength: 300, example: '林示安' })
  @IsPrintableText(300)
  drawer!: string;
}

/** The body of `POST /v1/red-confirmations`. */
export class CreateRedConfirmationDto {
  @ApiProperty({ description: 'The address printed on the blue invoice' })
  @addressText(true)
  documentAddress!: string;

  @ApiProperty(reasonField)
  @IsOneOf(REASONS)
  reasonCode!: RedReasonCode;

  @ApiPropertyOptional(linesField)
  @Optional()
  @NestedArray(() => RedLineDto, { min: 1, max: MOST_LINES })
  lines?: RedLineDto[];
}

/** The body of `POST /v1/invoice-uses`. */
export class ConfirmUseDto {
  @ApiProperty({ description: 'The address printed on the invoice' })
  @addressText(true)
  documentAddress!: string;

  @ApiProperty({ description: '用途确认 (deduction) or 入账确认 (booking)', enum: ['deduction', 'booking'] })
  @IsOneOf(['deduction', 'booking'])
  use!: 'deduction' | 'booking';
}

export class RedConfirmationDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: '红字发票信息确认单编号', example: '44030026030000000001' })
  number!: string;

  @ApiProperty({ description: '32 hexadecimal digits' })
  uuid!: string;

  @ApiProperty({ description: 'Which side you are', enum: ['seller', 'buyer'] })
  side!: string;

  @ApiProperty({ enum: ['seller', 'buyer'] })
  initiator!: string;

  @ApiProperty({ description: 'Two digits; 07 when 72 hours have passed without an answer', example: '02' })
  statusCode!: string;

  @ApiProperty({ example: '销方录入待购方确认' })
  status!: string;

  @ApiProperty(reasonField)
  reasonCode!: string;

  @ApiProperty({ example: '销货退回' })
  reason!: string;

  @ApiPropertyOptional({ ...linesField, description: 'Absent: all that is left when the red-letter invoice is issued' })
  lines?: RedLineDto[];

  @ApiProperty({ format: 'date-time' })
  enteredAt!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When it lapses, while it waits for the other side' })
  expiresAt?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  confirmedAt?: string;

  @ApiProperty({ description: 'The red-letter invoice of this slip is issued' })
  isUsed!: boolean;
}

/** The body of `POST /v1/red-confirmations/{id}/void`. */
export class VoidRedConfirmationDto {
  @ApiProperty({
    description: '10 作废（异常凭证）, 11 作废（纳税人状态异常）, 12 作废（自然人拒收）, 13 作废（已开具退税申请单）',
    enum: VOID_STATUSES,
  })
  @IsOneOf([...VOID_STATUSES])
  statusCode!: VoidStatus;
}

export class VoidedRedConfirmationDto extends PickType(RedConfirmationDto, ['id', 'number', 'statusCode', 'status']) {}

export class RedConfirmationListDto {
  @ApiProperty({ type: () => [RedConfirmationDto] })
  confirmations!: RedConfirmationDto[];
}

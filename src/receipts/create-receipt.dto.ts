import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsAmountText,
  IsDecimalText,
  IsOneOf,
  IsPrintableText,
  Nested,
  NestedArray,
  Optional,
  type Plain,
} from '../platform/validation/index.js';
import type { PayerType } from './receipt.js';
import { IsIdType, IsItemCode, IsPayerCode, IsReference } from './receipt-field-rules.js';

const MOST_ITEMS = 200;
const MOST_DETAILS = 2000;
export const amountFormat = { pattern: '^(0|[1-9][0-9]{0,15})\\.[0-9]{2}$' };

export class ReceiptPayerDto {
  @ApiProperty({ description: '交款人类型: 1 person, 2 organisation', enum: ['1', '2'] })
  @IsOneOf(['1', '2'])
  type!: PayerType;

  @ApiProperty({ description: '交款人', maxLength: 100, example: '林示安' })
  @IsPrintableText(100)
  name!: string;

  @ApiPropertyOptional({
    description: '公民身份号码 or 统一社会信用代码. Required of an organisation. Masked in print.',
    example: '440300198902141019',
  })
  @Optional()
  @IsPayerCode()
  code?: string;

  @ApiPropertyOptional({
    description:
      'Which document the code is the number of: a code of the table id-types. Left out: 111, the citizen id, of a person; 001, the unified social credit code, of an organisation',
    example: '414',
  })
  @Optional()
  @IsIdType()
  codeType?: string;
}

/** A line of the list behind the form. */
export class ReceiptDetailDto {
  @ApiProperty({ description: '项目名称', maxLength: 200, example: '血常规' })
  @IsPrintableText(200)
  name!: string;

  @ApiPropertyOptional({ description: '单位', maxLength: 20, example: '次' })
  @Optional()
  @IsPrintableText(20)
  unit?: string;

  @ApiProperty({ description: '数量', maxLength: 25, example: '1' })
  @IsDecimalText()
  quantity!: string;

  @ApiProperty({ description: '标准: the price of one', maxLength: 25, example: '200.00' })
  @IsDecimalText()
  standard!: string;

  @ApiPropertyOptional({
    description: '金额（元）; when given, must be quantity × standard rounded to the fen',
    ...amountFormat,
  })
  @Optional()
  @IsAmountText()
  amount?: string;

  @ApiPropertyOptional({ description: '备注', maxLength: 100 })
  @Optional()
  @IsPrintableText(100)
  remark?: string;
}

export class ReceiptItemDto extends ReceiptDetailDto {
  @ApiProperty({ description: '项目编码', maxLength: 20, example: '103050101' })
  @IsItemCode()
  code!: string;
}

/** What every receipt says; number, time, check code and words come from the service. */
export class ReceiptBaseDto {
  @ApiProperty({ description: 'Kind of the receipt', example: 'receipt.traffic-fine', maxLength: 64 })
  @IsPrintableText(64)
  kind!: string;

  @ApiProperty({ type: () => ReceiptPayerDto })
  @Nested(() => ReceiptPayerDto)
  payer!: ReceiptPayerDto;

  @ApiPropertyOptional({ description: '交款方式', maxLength: 32, example: '移动支付' })
  @Optional()
  @IsPrintableText(32)
  payMode?: string;

  @ApiPropertyOptional({ description: 'The sum; when given, must be exact', ...amountFormat, example: '200.00' })
  @Optional()
  @IsAmountText()
  total?: string;

  @ApiPropertyOptional({ description: '备注', maxLength: 200 })
  @Optional()
  @IsPrintableText(200)
  remark?: string;

  @ApiProperty({ description: '收款人', maxLength: 50, example: '赵示工' })
  @IsPrintableText(50)
  handlingPerson!: string;

  @ApiProperty({ description: '复核人', maxLength: 50, example: '钱样建' })
  @IsPrintableText(50)
  checker!: string;

  @ApiPropertyOptional({ description: '业务流水号: the reference of the calling system', example: 'ORDER-2026-0001' })
  @Optional()
  @IsReference()
  requestSerialNo?: string;
}

export class ReceiptWithItemsDto extends ReceiptBaseDto {
  @ApiProperty({ type: () => [ReceiptItemDto], minItems: 1, maxItems: MOST_ITEMS })
  @NestedArray(() => ReceiptItemDto, { min: 1, max: MOST_ITEMS })
  items!: ReceiptItemDto[];

  @ApiPropertyOptional({
    description: '清单: what the items are made of; must add up to the total',
    type: () => [ReceiptDetailDto],
    maxItems: MOST_DETAILS,
  })
  @Optional()
  @NestedArray(() => ReceiptDetailDto, { min: 1, max: MOST_DETAILS })
  details?: ReceiptDetailDto[];
}

/** Validated requests, as plain JSON. */
export type ReceiptBaseRequest = Plain<ReceiptBaseDto>;
export type ReceiptRequest = Plain<ReceiptWithItemsDto>;
export type ReceiptItemRequest = Plain<ReceiptDetailDto> & { readonly code?: string };

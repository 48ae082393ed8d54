import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
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
import type { InvoiceScheme, InvoiceType, LineNature, TaxPreference } from './invoice.js';
import {
  IsNotSupportedDeduction,
  IsRequestSerialNo,
  IsTaxClassCode,
  IsTaxIdText,
  IsTaxRateText,
} from './invoice-field-rules.js';

const MOST_LINES = 2000;
const amountFormat = { pattern: '^-?(0|[1-9][0-9]{0,15})\\.[0-9]{2}$' };

export class PartyContactDto {
  @ApiPropertyOptional({ description: '地址', maxLength: 128, example: '深圳市南山区示例大道1号A座801' })
  @Optional()
  @IsPrintableText(128)
  address?: string;

  @ApiPropertyOptional({ description: '电话', maxLength: 32, example: '0755-00000001' })
  @Optional()
  @IsPrintableText(32)
  phone?: string;

  @ApiPropertyOptional({ description: '开户银行', maxLength: 128, example: '示例银行深圳湾支行' })
  @Optional()
  @IsPrintableText(128)
  bankName?: string;

  @ApiPropertyOptional({ description: '银行账号', maxLength: 32, example: '000000010001' })
  @Optional()
  @IsPrintableText(32)
  bankAccount?: string;
}

export class InvoiceBuyerDto extends PartyContactDto {
  @ApiProperty({ description: '购买方名称', maxLength: 300, example: '雄安澄湖示例建设工程有限公司' })
  @IsPrintableText(300)
  name!: string;

  @ApiPropertyOptional({
    description: '购买方统一社会信用代码. Required unless the buyer is a natural person, who has none.',
    example: '91133100MAXDEM048A',
  })
  @Optional()
  @IsTaxIdText()
  taxId?: string;
}

export class InvoiceLineDto {
  @ApiPropertyOptional({
    description: '发票行性质. A discount follows its line; the line before it is then `discounted`. Left out: derived.',
    enum: ['normal', 'discount', 'discounted'],
  })
  @Optional()
  @IsOneOf(['normal', 'discount', 'discounted'])
  nature?: LineNature;

  @ApiProperty({ description: '税收分类编码, 19 digits', pattern: '^[0-9]{19}$', example: '3070401000000000000' })
  @IsTaxClassCode()
  taxClassCode!: string;

  @ApiProperty({ description: '商品服务简称', maxLength: 120, example: '餐饮服务' })
  @IsPrintableText(120)
  categoryShortName!: string;

  @ApiProperty({ description: '项目名称, printed as *简称*名称', maxLength: 600, example: '餐费' })
  @IsPrintableText(600)
  itemName!: string;

  @ApiPropertyOptional({ description: '规格型号', maxLength: 150 })
  @Optional()
  @IsPrintableText(150)
  spec?: string;

  @ApiPropertyOptional({ description: '单位', maxLength: 300, example: '次' })
  @Optional()
  @IsPrintableText(300)
  unit?: string;

  @ApiPropertyOptional({ description: '数量; together with unitPrice or not at all', maxLength: 25, example: '1' })
  @Optional()
  @IsDecimalText()
  quantity?: string;

  @ApiPropertyOptional({ description: '单价 without tax', maxLength: 25, example: '622.64150943396' })
  @Optional()
  @IsDecimalText()
  unitPrice?: string;

  @ApiProperty({ description: '金额 without tax; negative on a discount line', ...amountFormat, example: '622.64' })
  @IsAmountText()
  amount!: string;

  @ApiProperty({ description: '税率/征收率 as a decimal fraction', example: '0.06' })
  @IsTaxRateText()
  taxRate!: string;

  @ApiPropertyOptional({
    description: 'Why a line of rate 0 bears no tax. Required with rate 0, and only then.',
    enum: ['ZERO_EXPORT', 'EXEMPT', 'NOT_TAXABLE'],
  })
  @Optional()
  @IsOneOf(['ZERO_EXPORT', 'EXEMPT', 'NOT_TAXABLE'])
  taxPreference?: TaxPreference;

  @ApiProperty({ description: '税额; "0.00" with rate 0', ...amountFormat, example: '37.36' })
  @IsAmountText()
  tax!: string;

  @Optional()
  @IsNotSupportedDeduction()
  deduction?: never;
}

export class InvoiceTotalsDto {
  @ApiProperty({ description: '合计金额', ...amountFormat, example: '622.64' })
  @IsAmountText()
  amount!: string;

  @ApiProperty({ description: '合计税额', ...amountFormat, example: '37.36' })
  @IsAmountText()
  tax!: string;

  @ApiProperty({ description: '价税合计', ...amountFormat, example: '660.00' })
  @IsAmountText()
  withTax!: string;
}

/** The body of `POST /v1/invoices`. The seller is the issuer itself; number, time and words come from the service. */
export class CreateInvoiceDto {
  @ApiPropertyOptional({
    description:
      '数电票 (20-digit number); 区块链电子发票 (code 12, number 8, check code of 5 hex digits); 电子普通发票 (12, 8, 20 digits). ' +
      'The last two are ordinary invoices only.',
    enum: ['shudian', 'blockchain', 'legacy'],
    default: 'shudian',
  })
  @Optional()
  @IsOneOf(['shudian', 'blockchain', 'legacy'])
  scheme?: InvoiceScheme;

  @ApiProperty({ description: '普通发票 or 增值税专用发票', enum: ['ordinary', 'special'] })
  @IsOneOf(['ordinary', 'special'])
  type!: InvoiceType;

  @ApiProperty({ type: () => InvoiceBuyerDto })
  @Nested(() => InvoiceBuyerDto)
  buyer!: InvoiceBuyerDto;

  @ApiPropertyOptional({ description: 'The buyer is a natural person. Left out: an organisation.', default: false })
  @Optional()
  @IsBoolean()
  buyerIsNaturalPerson?: boolean;

  @ApiPropertyOptional({
    description: 'What to print of the seller besides name and tax id',
    type: () => PartyContactDto,
  })
  @Optional()
  @Nested(() => PartyContactDto)
  sellerContact?: PartyContactDto;

  @ApiProperty({ type: () => [InvoiceLineDto], minItems: 1, maxItems: MOST_LINES })
  @NestedArray(() => InvoiceLineDto, { min: 1, max: MOST_LINES })
  lines!: InvoiceLineDto[];

  @ApiPropertyOptional({ description: 'When given, must be exact; else computed', type: () => InvoiceTotalsDto })
  @Optional()
  @Nested(() => InvoiceTotalsDto)
  totals?: InvoiceTotalsDto;

  @ApiPropertyOptional({ description: '备注', maxLength: 450 })
  @Optional()
  @IsPrintableText(450)
  remark?: string;

  @ApiProperty({ description: '开票人', maxLength: 300, example: '周样宁' })
  @IsPrintableText(300)
  drawer!: string;

  @ApiPropertyOptional({
    description: '发票请求流水号: the reference of the calling system',
    example: 'ORDER-2026-0001',
  })
  @Optional()
  @IsRequestSerialNo()
  requestSerialNo?: string;

  @Optional()
  @IsNotSupportedDeduction()
  deduction?: never;
}

/** A validated request, as plain JSON. */
export type InvoiceRequest = Plain<CreateInvoiceDto>;
export type InvoiceLineRequest = Plain<InvoiceLineDto>;
export type PartyContactRequest = Plain<PartyContactDto>;

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsAmountText, IsOneOf, IsPrintableText, Nested, Optional, type Plain } from '../platform/validation/index.js';
import { amountFormat, ReceiptWithItemsDto } from './create-receipt.dto.js';
import { IsDateText } from './receipt-field-rules.js';

export class MedicalParticularsDto {
  @ApiProperty({ description: 'Outpatient 门诊 or inpatient 住院', enum: ['outpatient', 'inpatient'] })
  @IsOneOf(['outpatient', 'inpatient'])
  setting!: 'outpatient' | 'inpatient';

  @ApiProperty({ description: '业务流水号', maxLength: 50, example: 'OP20260306000001' })
  @IsPrintableText(50)
  businessNumber!: string;

  @ApiProperty({ description: '医疗机构类型', maxLength: 50, example: '综合医院' })
  @IsPrintableText(50)
  institutionType!: string;

  @ApiProperty({ description: '性别', enum: ['男', '女', '未说明'] })
  @IsOneOf(['男', '女', '未说明'])
  gender!: '男' | '女' | '未说明';

  @ApiPropertyOptional({ description: '门诊号; outpatients only', maxLength: 32 })
  @Optional()
  @IsPrintableText(32)
  outpatientNo?: string;

  @ApiPropertyOptional({ description: '就诊日期; outpatients only', example: '2026-03-06' })
  @Optional()
  @IsDateText()
  visitDate?: string;

  @ApiPropertyOptional({ description: '病历号; inpatients only', maxLength: 32 })
  @Optional()
  @IsPrintableText(32)
  recordNo?: string;

  @ApiPropertyOptional({ description: '住院号; inpatients only', maxLength: 32 })
  @Optional()
  @IsPrintableText(32)
  inpatientNo?: string;

  @ApiPropertyOptional({ description: '住院科别; inpatients only', maxLength: 50 })
  @Optional()
  @IsPrintableText(50)
  department?: string;

  @ApiPropertyOptional({ description: '入院日期; inpatients only', example: '2026-03-01' })
  @Optional()
  @IsDateText()
  admittedOn?: string;

  @ApiPropertyOptional({ description: '出院日期; inpatients only', example: '2026-03-08' })
  @Optional()
  @IsDateText()
  dischargedOn?: string;

  @ApiProperty({ description: '医保类型', maxLength: 50, example: '城镇职工基本医疗保险' })
  @IsPrintableText(50)
  insuranceType!: string;

  @ApiPropertyOptional({ description: '医保编号', maxLength: 50 })
  @Optional()
  @IsPrintableText(50)
  insuranceNo?: string;

  @ApiProperty({ description: '医保统筹基金支付', ...amountFormat })
  @IsAmountText()
  fundPay!: string;

  @ApiProperty({ description: '其他支付', ...amountFormat })
  @IsAmountText()
  otherPay!: string;

  @ApiProperty({ description: '个人账户支付', ...amountFormat })
  @IsAmountText()
  accountPay!: string;

  @ApiProperty({ description: '个人现金支付', ...amountFormat })
  @IsAmountText()
  cashPay!: string;

  @ApiProperty({ description: '个人自付', ...amountFormat })
  @IsAmountText()
  selfPay!: string;

  @ApiProperty({ description: '个人自费', ...amountFormat })
  @IsAmountText()
  ownExpense!: string;

  @ApiPropertyOptional({ description: '谈判药费; part of the items', ...amountFormat })
  @Optional()
  @IsAmountText()
  negotiatedDrugs?: string;

  @ApiPropertyOptional({ description: '预缴金额; inpatients only', ...amountFormat })
  @Optional()
  @IsAmountText()
  prepaid?: string;

  @ApiPropertyOptional({ description: '补缴金额; inpatients only', ...amountFormat })
  @Optional()
  @IsAmountText()
  supplement?: string;

  @ApiPropertyOptional({ description: '退费金额; inpatients only', ...amountFormat })
  @Optional()
  @IsAmountText()
  refund?: string;
}

export class MedicalReceiptDto extends ReceiptWithItemsDto {
  @ApiProperty({ type: () => MedicalParticularsDto })
  @Nested(() => MedicalParticularsDto)
  particulars!: MedicalParticularsDto;
}

export type MedicalRequest = Plain<MedicalReceiptDto>;

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsAmountText, IsOneOf, IsPrintableText, Nested, Optional, type Plain } from '../platform/validation/index.js';
import { amountFormat, ReceiptWithItemsDto } from './create-receipt.dto.js';
import {
  IsDecisionNumber,
  IsInstantText,
  IsPlateNumber,
  IsPlateType,
  IsReference,
  IsUnitCode,
  IsViolationCode,
} from './receipt-field-rules.js';

/** 公安部令第163号 art. 7. */
export const POINTS = ['0', '1', '3', '6', '9', '12'] as const;

export class TrafficFineParticularsDto {
  @ApiProperty({ description: '处罚决定书编号, 15 or 16 digits; one receipt each', example: '4403001000000011' })
  @IsDecisionNumber()
  decisionNo!: string;

  @ApiProperty({ description: '处罚决定时间', example: '2026-03-05T10:00:00+08:00' })
  @IsInstantText()
  decidedAt!: string;

  @ApiProperty({ description: '号牌号码', example: '粤BD12345' })
  @IsPlateNumber()
  plateNo!: string;

  @ApiProperty({ description: '号牌种类 (GA 24.7)', example: '52' })
  @IsPlateType()
  plateType!: string;

  @ApiProperty({ description: '违法代码 (GA/T 16.31)', example: '1039' })
  @IsViolationCode()
  violationCode!: string;

  @ApiProperty({ description: '违法行为', maxLength: 200 })
  @IsPrintableText(200)
  violationText!: string;

  @ApiProperty({ description: '违反条款', maxLength: 200, example: '《道路交通安全法》第五十六条' })
  @IsPrintableText(200)
  violatedArticle!: string;

  @ApiProperty({ description: '处罚依据', maxLength: 200, example: '《道路交通安全法》第九十三条第二款' })
  @IsPrintableText(200)
  penaltyArticle!: string;

  @ApiProperty({ description: '违法时间', example: '2026-03-01T08:15:00+08:00' })
  @IsInstantText()
  violationTime!: string;

  @ApiProperty({ description: '违法地点', maxLength: 200 })
  @IsPrintableText(200)
  violationPlace!: string;

  @ApiProperty({ description: '记分', enum: POINTS, example: '0' })
  @IsOneOf(POINTS)
  points!: (typeof POINTS)[number];

  @ApiProperty({ description: '罚款金额', ...amountFormat, example: '200.00' })
  @IsAmountText()
  fineAmount!: string;

  @ApiPropertyOptional({
    description: '加处罚款: at most 3 % of the fine a day after 15 days, and never more than the fine',
    ...amountFormat,
    default: '0.00',
  })
  @Optional()
  @IsAmountText()
  lateFee?: string;

  @ApiProperty({ description: '执法单位', maxLength: 100 })
  @IsPrintableText(100)
  enforcementUnit!: string;

  @ApiPropertyOptional({ description: '执法单位代码', example: '440300000000' })
  @Optional()
  @IsUnitCode()
  enforcementUnitCode?: string;

  @ApiPropertyOptional({ description: '缴款时间. A receipt is issued only when the fine is paid.' })
  @Optional()
  @IsInstantText()
  paidAt?: string;

  @ApiPropertyOptional({ description: '缴款渠道', maxLength: 32, example: 'alipay' })
  @Optional()
  @IsPrintableText(32)
  paymentChannel?: string;

  @ApiPropertyOptional({ description: '缴款流水号', maxLength: 64 })
  @Optional()
  @IsReference()
  payOrderNo?: string;
}

export class TrafficFineDto extends ReceiptWithItemsDto {
  @ApiProperty({ type: () => TrafficFineParticularsDto })
  @Nested(() => TrafficFineParticularsDto)
  particulars!: TrafficFineParticularsDto;
}

export type TrafficFineRequest = Plain<TrafficFineDto>;

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsAmountText, IsOneOf, IsPrintableText, Nested, NestedArray, Optional } from '../platform/validation/index.js';
import { IsDateText, IsPropertyCertificateNumber, IsUnitNumber } from './certificate-field-rules.js';
import type { CoOwnership } from './property-entry.js';
import {
  DetailDto,
  MOST_OWNERS,
  PropertyAreaDto,
  PropertyLocationDto,
  PropertyOwnerDto,
  PropertyPartyDto,
  RegisterActDto,
  UseTermDto,
} from './property.dto.js';

const TRANSFER_GROUNDS = ['sale', 'gift', 'exchange', 'inheritance', 'court-decision', 'merger'] as const;
export type TransferGround = (typeof TRANSFER_GROUNDS)[number];

/** An act that an advance notice blocks without its holder's consent. */
class DisposalDto extends RegisterActDto {
  @ApiPropertyOptional({ description: 'Document in which the holder of an advance notice consents', maxLength: 100 })
  @Optional()
  @IsPrintableText(100)
  noticeHolderConsent?: string;
}

export class TransferPropertyDto extends DisposalDto {
  @ApiProperty({ description: 'What the transfer rests on', enum: TRANSFER_GROUNDS })
  @IsOneOf(TRANSFER_GROUNDS)
  ground!: TransferGround;

  @ApiProperty({ description: 'Who applied: a sale, gift or exchange needs both', enum: ['both', 'transferee'] })
  @IsOneOf(['both', 'transferee'])
  applicants!: 'both' | 'transferee';

  @ApiProperty({
    description: '权利人 from now on',
    type: () => [PropertyOwnerDto],
    minItems: 1,
    maxItems: MOST_OWNERS,
  })
  @NestedArray(() => PropertyOwnerDto, { min: 1, max: MOST_OWNERS })
  owners!: PropertyOwnerDto[];

  @ApiProperty({ enum: ['sole', 'joint', 'shares'] })
  @IsOneOf(['sole', 'joint', 'shares'])
  coOwnership!: CoOwnership;

  @ApiPropertyOptional({ description: '持证人, one of several owners', maxLength: 100 })
  @Optional()
  @IsPrintableText(100)
  holder?: string;
}

/** What may change of an entry; what is left out stays. */
export class ChangePropertyDto extends RegisterActDto {
  @ApiPropertyOptional({ type: () => [PropertyOwnerDto], minItems: 1, maxItems: MOST_OWNERS })
  @Optional()
  @NestedArray(() => PropertyOwnerDto, { min: 1, max: MOST_OWNERS })
  owners?: PropertyOwnerDto[];

  @ApiPropertyOptional({ enum: ['sole', 'joint', 'shares'] })
  @Optional()
  @IsOneOf(['sole', 'joint', 'shares'])
  coOwnership?: CoOwnership;

  @ApiPropertyOptional({ maxLength: 100 })
  @Optional()
  @IsPrintableText(100)
  holder?: string;

  @ApiPropertyOptional({ description: '坐落', maxLength: 200 })
  @Optional()
  @IsPrintableText(200)
  situated?: string;

  @ApiPropertyOptional({ description: '权利性质', maxLength: 60 })
  @Optional()
  @IsPrintableText(60)
  rightNature?: string;

  @ApiPropertyOptional({ description: '用途', maxLength: 60 })
  @Optional()
  @IsPrintableText(60)
  use?: string;

  @ApiPropertyOptional({ description: '面积', type: () => PropertyAreaDto })
  @Optional()
  @Nested(() => PropertyAreaDto)
  area?: PropertyAreaDto;

  @ApiPropertyOptional({ description: '使用期限', type: () => [UseTermDto], minItems: 1, maxItems: 4 })
  @Optional()
  @NestedArray(() => UseTermDto, { min: 1, max: 4 })
  useTerms?: UseTermDto[];

  @ApiPropertyOptional({ description: '权利其他状况', type: () => [DetailDto], minItems: 1, maxItems: 20 })
  @Optional()
  @NestedArray(() => DetailDto, { min: 1, max: 20 })
  otherStatus?: DetailDto[];

  @ApiPropertyOptional({ description: '附记', maxLength: 600 })
  @Optional()
  @IsPrintableText(600)
  notes?: string;

  @ApiPropertyOptional({ type: () => PropertyLocationDto })
  @Optional()
  @Nested(() => PropertyLocationDto)
  location?: PropertyLocationDto;
}

export class CorrectPropertyDto extends ChangePropertyDto {
  @ApiProperty({ description: 'Who found the error', enum: ['holder', 'authority'] })
  @IsOneOf(['holder', 'authority'])
  appliedBy!: 'holder' | 'authority';
}

export class ReissueCertificateDto extends RegisterActDto {
  @ApiProperty({
    description:
      'When the declaration of loss was published: 15 working days ago at least, by the reference table `holidays`',
    format: 'date',
  })
  @IsDateText()
  declaredOn!: string;
}

export class CancelCertificateDto extends RegisterActDto {}

export class MortgageTermDto {
  @ApiProperty({ format: 'date' })
  @IsDateText()
  from!: string;

  @ApiProperty({ format: 'date' })
  @IsDateText()
  to!: string;
}

export class MortgagePropertyDto extends DisposalDto {
  @ApiProperty({ description: '抵押权人', type: () => [PropertyPartyDto], minItems: 1, maxItems: 10 })
  @NestedArray(() => PropertyPartyDto, { min: 1, max: 10 })
  mortgagees!: PropertyPartyDto[];

  @ApiProperty({ description: '一般抵押 or 最高额抵押', enum: ['ordinary', 'maximum'] })
  @IsOneOf(['ordinary', 'maximum'])
  kind!: 'ordinary' | 'maximum';

  @ApiProperty({
    description: '担保债权的数额 or 最高债权额; may exceed the value with others together',
    example: '650000.00',
  })
  @IsAmountText()
  securedAmount!: string;

  @ApiProperty({ description: '债务履行期限 or 债权确定期间', type: () => MortgageTermDto })
  @Nested(() => MortgageTermDto)
  term!: MortgageTermDto;

  @ApiPropertyOptional({ description: '抵押范围', maxLength: 200 })
  @Optional()
  @IsPrintableText(200)
  scope?: string;

  @ApiPropertyOptional({ description: '约定禁止转让 (民法典 406)', default: false })
  @Optional()
  @IsBoolean()
  forbidsTransfer?: boolean;

  @ApiPropertyOptional({ description: '附记', maxLength: 600 })
  @Optional()
  @IsPrintableText(600)
  notes?: string;
}

export class SeizePropertyDto extends RegisterActDto {
  @ApiProperty({ description: 'The court', maxLength: 100, example: '娄底市示例区人民法院' })
  @IsPrintableText(100)
  court!: string;

  @ApiProperty({ description: 'Number of the court document', maxLength: 60, example: '(2026)湘1302执123号' })
  @IsPrintableText(60)
  courtDocumentNo!: string;

  @ApiProperty({
    description: '查封期限, three years at most; of a waiting seizure it starts on the day it takes effect',
    type: () => MortgageTermDto,
  })
  @Nested(() => MortgageTermDto)
  term!: MortgageTermDto;
}

export class ReleaseSeizureDto extends RegisterActDto {
  @ApiProperty({ description: 'The court document that releases', maxLength: 60 })
  @IsPrintableText(60)
  courtDocumentNo!: string;

  @ApiProperty({ description: 'The court document of the seizure that ends, in effect or waiting', maxLength: 60 })
  @IsPrintableText(60)
  seizureDocumentNo!: string;
}

export class RenewSeizureDto extends RegisterActDto {
  @ApiProperty({ description: 'The court document that renews', maxLength: 60 })
  @IsPrintableText(60)
  courtDocumentNo!: string;

  @ApiProperty({ description: 'The court document of the seizure in effect', maxLength: 60 })
  @IsPrintableText(60)
  seizureDocumentNo!: string;

  @ApiProperty({ description: '续封期限, three years at most', type: () => MortgageTermDto })
  @Nested(() => MortgageTermDto)
  term!: MortgageTermDto;
}

export class RegisterNoticeDto extends DisposalDto {
  @ApiPropertyOptional({
    description: '能够进行不动产登记之日, when it has come: the notice lapses 90 days after. It may be entered later.',
    format: 'date',
  })
  @Optional()
  @IsDateText()
  registrableFrom?: string;

  @ApiProperty({ description: '申请人', type: () => [PropertyPartyDto], minItems: 1, maxItems: 10 })
  @NestedArray(() => PropertyPartyDto, { min: 1, max: 10 })
  applicants!: PropertyPartyDto[];

  @ApiPropertyOptional({ description: '其他', type: () => [DetailDto], minItems: 1, maxItems: 20 })
  @Optional()
  @NestedArray(() => DetailDto, { min: 1, max: 20 })
  details?: DetailDto[];

  @ApiPropertyOptional({ description: '附记', maxLength: 600 })
  @Optional()
  @IsPrintableText(600)
  notes?: string;
}

export class RegisterEasementDto extends DisposalDto {
  @ApiProperty({ description: '地役权人', type: () => [PropertyPartyDto], minItems: 1, maxItems: 10 })
  @NestedArray(() => PropertyPartyDto, { min: 1, max: 10 })
  holders!: PropertyPartyDto[];

  @ApiProperty({
    description: '需役地不动产单元号, of this office or another',
    example: '431302001006GB00045W00000000',
  })
  @IsUnitNumber()
  dominantUnitNo!: string;

  @ApiProperty({ description: '需役地坐落', maxLength: 200 })
  @IsPrintableText(200)
  dominantSituated!: string;

  @ApiProperty({ description: '利用目的和方法', maxLength: 300, example: '通行：宽4米的道路' })
  @IsPrintableText(300)
  purpose!: string;

  @ApiProperty({ description: '地役权期限, within that of the right it burdens', type: () => MortgageTermDto })
  @Nested(() => MortgageTermDto)
  term!: MortgageTermDto;

  @ApiPropertyOptional({ description: '费用, yuan', example: '12000.00' })
  @Optional()
  @IsAmountText()
  compensation?: string;

  @ApiPropertyOptional({ description: '附记', maxLength: 600 })
  @Optional()
  @IsPrintableText(600)
  notes?: string;
}

/** The suit that keeps an objection from lapsing. */
export class EnterSuitDto extends RegisterActDto {
  @ApiProperty({ description: 'Of the objection', example: '湘(2026)娄底市不动产证明第0000456号' })
  @IsPropertyCertificateNumber()
  proofNumber!: string;

  @ApiProperty({ description: 'The court, or the arbitration commission', maxLength: 100 })
  @IsPrintableText(100)
  court!: string;

  @ApiProperty({ description: '受理通知书 number', maxLength: 60, example: '(2026)湘1302民初123号' })
  @IsPrintableText(60)
  courtDocumentNo!: string;
}

export class StartNoticeTermDto extends RegisterActDto {
  @ApiProperty({ description: 'Of the advance notice', example: '湘(2026)娄底市不动产证明第0000456号' })
  @IsPropertyCertificateNumber()
  proofNumber!: string;

  @ApiProperty({ description: '能够进行不动产登记之日: the notice lapses 90 days after', format: 'date' })
  @IsDateText()
  registrableFrom!: string;
}

export class RegisterObjectionDto extends RegisterActDto {
  @ApiProperty({ description: '申请人', type: () => [PropertyPartyDto], minItems: 1, maxItems: 10 })
  @NestedArray(() => PropertyPartyDto, { min: 1, max: 10 })
  applicants!: PropertyPartyDto[];

  @ApiProperty({ description: 'What is objected to', maxLength: 600 })
  @IsPrintableText(600)
  notes!: string;
}

export class CancelProofDto extends RegisterActDto {
  @ApiProperty({
    description: 'Of the mortgage, notice, objection or easement that ends',
    example: '湘(2026)娄底市不动产证明第0000456号',
  })
  @IsPropertyCertificateNumber()
  proofNumber!: string;
}

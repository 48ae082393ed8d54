import { ApiProperty } from '@nestjs/swagger';
import type { RegisterPage } from './read-register.js';

export class BurdenDto {
  @ApiProperty({ enum: ['mortgage', 'seizure', 'notice', 'objection', 'easement'] })
  kind!: string;

  @ApiProperty({ description: 'Rank of a mortgage; place of a seizure in its queue', example: 1 })
  position!: number;

  @ApiProperty({ description: 'A waiting seizure takes effect when the one before it is released' })
  state!: string;

  @ApiProperty({ type: String, nullable: true, example: '湘(2026)娄底市不动产证明第0000456号' })
  proofNumber!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'uuid' })
  proofId!: string | null;

  @ApiProperty({ description: '约定禁止转让' })
  forbidsTransfer!: boolean;

  @ApiProperty({ type: String, nullable: true })
  courtDocumentNo!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date',
    description: 'The last day of a seizure, a notice or an objection, when it has one',
  })
  lapsesOn!: string | null;

  @ApiProperty({ type: String, nullable: true, description: '需役地 of an easement' })
  dominantUnitNo!: string | null;
}

export class BenefitDto {
  @ApiProperty({ description: '供役地', example: '431302001005GB00012F00030602' })
  servientUnitNo!: string;

  @ApiProperty({ format: 'uuid' })
  proofId!: string;

  @ApiProperty({ example: '湘(2026)娄底市不动产证明第0000456号' })
  proofNumber!: string;
}

export class RegisterPageDto {
  @ApiProperty({ description: '不动产单元号', example: '431302001005GB00012F00030602' })
  unitNo!: string;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'Null when the entry was closed' })
  currentCertificateId!: string | null;

  @ApiProperty({ description: 'What is on the unit, in order of kind and position', type: () => [BurdenDto] })
  burdens!: BurdenDto[];

  @ApiProperty({
    description: 'Easements that other units of the register serve this one by',
    type: () => [BenefitDto],
  })
  benefits!: BenefitDto[];

  static of({ unitNo, currentCertificateId, burdens, benefits }: RegisterPage): RegisterPageDto {
    const items = burdens.map(({ kind, position, state, proofNumber, proofId, forbidsTransfer, ...rest }) => {
      const { courtDocumentNo, lapsesOn, dominantUnitNo } = rest;
      return {
        kind,
        position,
        state,
        proofNumber,
        proofId,
        forbidsTransfer,
        courtDocumentNo,
        lapsesOn,
        dominantUnitNo,
      };
    });
    return { unitNo, currentCertificateId, burdens: items, benefits: [...benefits] };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import type { RegisterPage } from './read-register.js';

export class BurdenDto {
  @ApiProperty({ enum: ['mortgage', 'seizure', 'notice', 'objection'] })
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

  @ApiProperty({ type: String, nullable: true, format: 'date', description: 'The last day of an objection' })
  lapsesOn!: string | null;
}

export class RegisterPageDto {
  @ApiProperty({ description: '不动产单元号', example: '431302001005GB00012F00030602' })
  unitNo!: string;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', description: 'Null when the entry was closed' })
  currentCertificateId!: string | null;

  @ApiProperty({ description: 'What is on the unit, in order of kind and position', type: () => [BurdenDto] })
  burdens!: BurdenDto[];

  static of({ unitNo, currentCertificateId, burdens }: RegisterPage): RegisterPageDto {
    const items = burdens.map(({ kind, position, state, proofNumber, proofId, forbidsTransfer, ...rest }) => {
      const { courtDocumentNo, lapsesOn } = rest;
      return { kind, position, state, proofNumber, proofId, forbidsTransfer, courtDocumentNo, lapsesOn };
    });
    return { unitNo, currentCertificateId, burdens: items };
  }
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toChinaTime } from '../kernel/index.js';
import { defineTextRule, Optional } from '../platform/validation/index.js';
import type { AnchorState } from './batch-state.js';
import type { AnchorRow, BatchRow } from './proofs.repository.js';

const IsBatchPageSize = defineTextRule<true>('isBatchPageSize', (text) =>
  /^([1-9]|[1-9]\d|[1-4]\d\d|500)$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Give a number from 1 to 500.' },
);
const IsBatchId = defineTextRule<true>('isBatchId', (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? null
    : { code: 'validation.format', message: 'Give an id as this API has given it.' },
);

export class ListBatchesDto {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before' })
  @Optional()
  @IsBatchId(true)
  cursor?: string;

  @ApiPropertyOptional({ description: 'Batches a page, 1 to 500', example: '50' })
  @Optional()
  @IsBatchPageSize(true)
  limit?: string;

  @ApiPropertyOptional({ description: 'Operators name the issuer; issuers see their own batches' })
  @Optional()
  @IsBatchId(true)
  issuerId?: string;
}

export class IssuerOfBatchDto {
  @ApiPropertyOptional({ description: 'Operators name the issuer; issuers see their own batches' })
  @Optional()
  @IsBatchId(true)
  issuerId?: string;
}

export class AnchorDto {
  @ApiProperty({ example: 31337 })
  readonly chainId!: number;

  @ApiProperty({ enum: ['pending', 'submitted', 'anchored', 'confirmed', 'final'] })
  readonly state!: AnchorState;

  @ApiProperty({ type: String, nullable: true, description: 'Empty when another transaction carried the root' })
  readonly transactionHash!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly blockNumber!: number | null;

  @ApiProperty({ type: String, nullable: true })
  readonly blockHash!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly blockTime!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: "This root's share of the gas of its transaction" })
  readonly gas!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly gasPerDocument!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it does not move, as a stable code' })
  readonly lastError!: string | null;

  static of(anchor: AnchorRow, size: number): AnchorDto {
    const { gasUsed, rootsInTransaction, blockTime, ...same } = anchor;
    const gas = gasUsed === null ? null : Math.round(gasUsed / (rootsInTransaction ?? 1));
    const gasPerDocument = gas === null ? null : Math.round((gas / size) * 1_000) / 1_000;
    return { ...same, blockTime: blockTime === null ? null : toChinaTime(blockTime), gas, gasPerDocument };
  }
}

export class BatchDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ description: 'Merkle root: keccak-256, sorted pairs, 0x hex' })
  readonly root!: string;

  @ApiProperty({ description: 'Entries in the batch' })
  readonly size!: number;

  @ApiProperty({ format: 'date-time' })
  readonly sealedAt!: string;

  @ApiProperty({ type: [AnchorDto] })
  readonly anchors!: readonly AnchorDto[];

  static of({ id, root, size, sealedAt, anchors }: BatchRow): BatchDto {
    return { id, root, size, sealedAt: toChinaTime(sealedAt), anchors: anchors.map((one) => AnchorDto.of(one, size)) };
  }
}

export class BatchPageDto {
  @ApiProperty({ type: [BatchDto] })
  readonly items!: readonly BatchDto[];

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page' })
  readonly nextCursor!: string | null;
}

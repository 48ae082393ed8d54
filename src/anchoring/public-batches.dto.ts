import { ApiProperty } from '@nestjs/swagger';
import { defineTextRule } from '../platform/validation/index.js';
import { depthOf, tileCounts, TILE_SIZE } from '../proof/index.js';
import type { BatchRow } from './proofs.repository.js';

const IsBatchName = defineTextRule<true>('isBatchName', (text) =>
  /^(0x[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Give the id of a batch, or its root as 0x and 64 lower-case hex digits.' },
);
const IsTileNumber = defineTextRule<true>('isTileNumber', (text) =>
  /^(0|[1-9]\d{0,5})$/.test(text) ? null : { code: 'validation.format', message: 'Give a whole number.' },
);

export class BatchNameDto {
  @ApiProperty({ description: 'The batch’s id, or its root' })
  @IsBatchName(true)
  batch!: string;
}

export class TileDto extends BatchNameDto {
  @ApiProperty({ example: '0' })
  @IsTileNumber(true)
  level!: string;

  @ApiProperty({ example: '0' })
  @IsTileNumber(true)
  index!: string;
}

class TileLevelDto {
  @ApiProperty({ example: 0 })
  level!: number;

  @ApiProperty({ description: 'Tiles of this level; all but the last are full' })
  tiles!: number;
}

export class BatchTilesDto {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ description: '`0x` and 64 hex digits' })
  readonly root!: string;

  @ApiProperty({ description: 'Entries in the batch' })
  readonly size!: number;

  @ApiProperty({ description: 'Levels above the entries' })
  readonly depth!: number;

  @ApiProperty({ example: TILE_SIZE })
  readonly tileSize!: number;

  @ApiProperty({ type: [TileLevelDto] })
  readonly levels!: readonly TileLevelDto[];

  static of({ id, root, size }: BatchRow): BatchTilesDto {
    return { id, root, size, depth: depthOf(size), tileSize: TILE_SIZE, levels: tileCounts(size) };
  }
}

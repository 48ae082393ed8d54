import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, validated } from '../platform/http/index.js';
import { BatchNameDto, BatchTilesDto, TileDto } from './public-batches.dto.js';
import { ReadTiles } from './read-tiles.js';

/** A batch never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

@ApiTags('batches')
@Controller('v1/batches')
export class PublicBatchesController {
  constructor(private readonly read: ReadTiles) {}

  @Get(':batch/tiles')
  @Access('public')
  @ApiOperation({
    summary: 'What a mirror needs to copy a batch: its root, its size, and how many tiles each level has',
    description: 'Name the batch by its id, or by the root that the store’s `Anchored` event names.',
  })
  @ApiOkResponse({ type: BatchTilesDto })
  async tiles(
    @Param(validated(BatchNameDto)) { batch }: BatchNameDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchTilesDto> {
    const found = await this.read.batch(batch);
    void reply.header('cache-control', FOR_EVER);
    return BatchTilesDto.of(found);
  }

  @Get(':batch/tiles/:level/:index')
  @Access('public')
  @ApiOperation({
    summary: 'One tile: up to 256 hashes of one level, 32 bytes each, one after another',
    description:
      'Levels are 0 (the entries), 8, 16, …; the levels between are hashed again: keccak-256 of two neighbours, the smaller first, an odd one promoted.',
  })
  @ApiParam({ name: 'level', example: '0' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async tile(
    @Param(validated(TileDto)) { batch, level, index }: TileDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const hashes = await this.read.tile(batch, { level: Number(level), index: Number(index) });
    void reply.header('cache-control', FOR_EVER).header('content-type', 'application/octet-stream');
    return Buffer.from(hashes);
  }
}

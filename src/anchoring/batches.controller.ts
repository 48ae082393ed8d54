import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Access,
  CurrentPrincipal,
  Forbidden,
  InvalidQuery,
  PathId,
  type Principal,
  validated,
} from '../platform/http/index.js';
import { BatchDto, BatchPageDto, IssuerOfBatchDto, ListBatchesDto } from './batches.dto.js';
import { ListBatches } from './list-batches.js';

const DEFAULT_PAGE = 50;

@ApiTags('batches')
@Controller('v1/batches')
export class BatchesController {
  constructor(private readonly batches: ListBatches) {}

  @Get()
  @Access('batches.read')
  @ApiOperation({ summary: 'Batches with their roots and anchors, newest first' })
  @ApiOkResponse({ type: BatchPageDto })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query(validated(ListBatchesDto)) query: ListBatchesDto,
  ): Promise<BatchPageDto> {
    const limit = Number(query.limit ?? DEFAULT_PAGE);
    const issuerId = issuerFor(principal, query.issuerId);
    const found = await this.batches.execute(issuerId, { before: query.cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      items: page.map((batch) => BatchDto.of(batch)),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  @Get(':id')
  @Access('batches.read')
  @ApiOperation({ summary: 'One batch with its root and anchors' })
  @ApiOkResponse({ type: BatchDto })
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id', PathId) id: string,
    @Query(validated(IssuerOfBatchDto)) query: IssuerOfBatchDto,
  ): Promise<BatchDto> {
    return BatchDto.of(await this.batches.one(issuerFor(principal, query.issuerId), id));
  }
}

/** Issuers read their own batches; only operators may name an issuer, and must. */
function issuerFor({ kind, ownerId }: Principal, named: string | undefined): string {
  switch (kind) {
    case 'issuer':
      return ownerId;
    case 'operator':
      if (named === undefined) {
        const message = 'Name the issuer whose batches you want.';
        throw new InvalidQuery([{ field: 'issuerId', code: 'validation.missing', message }]);
      }
      return named;
    case 'claimant':
      throw new Forbidden('batches.read');
  }
}

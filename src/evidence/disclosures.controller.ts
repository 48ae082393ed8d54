import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { Settings } from '../platform/config/index.js';
import { Access, CurrentPrincipal, PathId, validated, type Principal } from '../platform/http/index.js';
import { disclose, disclosureFragment } from '../proof/index.js';
import { AssembleEvidence } from './assemble-evidence.js';
import { DisclosureDto, DisclosureRequestDto } from './disclosures.dto.js';
import { EvidenceProgressDto } from './evidence.dto.js';

const RETRY_AFTER_SECONDS = '5';
const deflateAll = promisify<Uint8Array, Buffer>(deflate);

@ApiTags('documents')
@Controller('v1/documents')
export class DisclosuresController {
  constructor(
    private readonly assemble: AssembleEvidence,
    private readonly settings: Settings,
  ) {}

  @Post(':id/disclosures')
  @HttpCode(200)
  @Access('documents.read')
  @ApiOperation({
    summary: 'The evidence with some fields hidden, to hand on',
    description:
      'Nothing is stored. Hidden values cannot be guessed from what is handed on, and the rest verifies here and elsewhere. Whoever holds the evidence bundle can do the same without this service. The PDF shows everything: do not hand it on beside.',
  })
  @ApiResponse({ status: 200, description: 'The evidence, and a link that carries it', type: DisclosureDto })
  @ApiResponse({
    status: 202,
    description: 'Not sealed into a batch yet; ask again after `Retry-After` seconds',
    type: EvidenceProgressDto,
  })
  @ApiResponse({ status: 422, description: 'A field is not in the document, or nobody could do without it' })
  async create(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
    @Body(validated(DisclosureRequestDto)) { hide }: DisclosureRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisclosureDto | EvidenceProgressDto> {
    const { progress } = await this.assemble.execute(ownerId, id);
    void reply.header('cache-control', 'private, no-store');
    if (progress.stage !== 'sealed') {
      void reply.status(202).header('retry-after', RETRY_AFTER_SECONDS);
      return { status: progress.stage };
    }
    const evidence = disclose(progress.bundle, hide);
    const fragment = await disclosureFragment(evidence, (bytes) => deflateAll(bytes));
    return { evidence, url: fragment === null ? null : `${this.settings.publicBaseUrl}/verify#${fragment}` };
  }
}

import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, PathId, attachmentNamed, CurrentPrincipal, type Principal } from '../platform/http/index.js';
import type { EvidenceBundle } from '../proof/index.js';
import { AssembleEvidence } from './assemble-evidence.js';
import { EvidenceBundleDto, EvidenceProgressDto } from './evidence.dto.js';

const RETRY_AFTER_SECONDS = '5';

@ApiTags('documents')
@Controller('v1/documents')
export class EvidenceController {
  constructor(private readonly assemble: AssembleEvidence) {}

  @Get(':id/evidence')
  @Access('documents.read')
  @ApiOperation({
    summary: 'The evidence bundle: all that a verifier needs besides the chain',
    description:
      'Contains the OpenAttestation v2 document with its proof. Given out from the moment the batch is sealed; its anchors say how far they have come.',
  })
  @ApiResponse({ status: 200, description: 'The bundle', type: EvidenceBundleDto })
  @ApiResponse({
    status: 202,
    description: 'Not sealed into a batch yet; ask again after `Retry-After` seconds',
    type: EvidenceProgressDto,
  })
  async evidence(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EvidenceBundle | EvidenceProgressDto> {
    const { document, progress } = await this.assemble.execute(ownerId, id);
    void reply.header('cache-control', 'private, no-store');
    if (progress.stage !== 'sealed') {
      void reply.status(202).header('retry-after', RETRY_AFTER_SECONDS);
      return { status: progress.stage };
    }
    void reply.header('content-disposition', attachmentNamed(`${document.number}.evidence.json`));
    return progress.bundle;
  }
}

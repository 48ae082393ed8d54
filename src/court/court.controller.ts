import { Body, Controller, HttpCode, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Access, attachmentNamed, CurrentPrincipal, validated, type Principal } from '../platform/http/index.js';
import { CourtPackageRequestDto } from './court.dto.js';
import { MakePackage } from './make-package.js';

@ApiTags('documents')
@Controller('v1/evidence')
export class CourtController {
  constructor(private readonly make: MakePackage) {}

  @Post()
  @HttpCode(200)
  @Access('documents.read')
  @ApiOperation({
    summary: 'Evidence for a court: documents, proofs, block headers, certificates, a report, and how to check it all',
    description:
      'A ZIP with SHA256SUMS and READMEs in Chinese and English. Every document is verified while it is made; the report says what was checked and what came of it, and of a document that is not on the chain yet that the chain proves nothing.',
  })
  @ApiProduces('application/zip')
  @ApiResponse({ status: 200, description: 'The ZIP' })
  @ApiResponse({ status: 404, description: 'One of the documents is not there, or not yours' })
  @ApiResponse({ status: 422, description: 'No document, too many, or something that is no id' })
  async create(
    @CurrentPrincipal() { ownerId }: Principal,
    @Body(validated(CourtPackageRequestDto)) { documents }: CourtPackageRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const pieces = await this.make.execute(ownerId, documents);
    void reply.header('cache-control', 'private, no-store').header('connection', 'close');
    return new StreamableFile(Readable.from(pieces, { highWaterMark: 1 }), {
      type: 'application/zip',
      disposition: attachmentNamed('evidence.zip'),
    });
  }
}

import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, isHeld, validated } from '../../platform/http/index.js';
import { STATUS_LIST_MEDIA_TYPE } from '../../proof/index.js';
import { ReadStatusLists } from './read-status-lists.js';
import { LIST_TTL_MS } from './sign-status-list.js';
import { StatusListNameDto, StatusListVersionsDto } from './status-lists.dto.js';

/** A list is short-lived; an old one is better than none while we cannot be reached, for it says how old it is. */
const FOR_A_WHILE = `public, max-age=${LIST_TTL_MS / 1_000}, stale-if-error=3600`;

@ApiTags('status-lists')
@Controller('v1/status-lists')
export class StatusListsController {
  constructor(private readonly read: ReadStatusLists) {}

  @Get(':id')
  @Access('public')
  @ApiOperation({
    summary: 'Which of 131,072 documents of an issuer are out of force',
    description:
      'A `BitstringStatusListCredential` (W3C Bitstring Status List v1.0), signed as JWT with the key that the issuer signs documents with. Evidence bundles name the lists of their document and its place in them. The chain outranks it.',
  })
  @ApiProduces(STATUS_LIST_MEDIA_TYPE)
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'You have it: it has not been signed anew' })
  async list(
    @Param(validated(StatusListNameDto)) { id }: StatusListNameDto,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Headers('if-modified-since') ifModifiedSince: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { token, validFrom } = await this.read.one(id);
    const etag = `"${createHash('sha256').update(token).digest('hex')}"`;
    void reply
      .header('etag', etag)
      .header('last-modified', validFrom.toUTCString())
      .header('cache-control', FOR_A_WHILE);
    if (isHeld({ ifNoneMatch, ifModifiedSince }, { etag, modifiedAt: validFrom })) {
      void reply.status(304);
      return undefined;
    }
    void reply.type(STATUS_LIST_MEDIA_TYPE);
    return token;
  }

  @Get(':id/versions')
  @Access('public')
  @ApiOperation({
    summary: 'What a list said before, and the proofs that it is anchored',
    description: 'The leaf follows from the decoded list; the proof leads from it to a root in the issuer’s store.',
  })
  @ApiOkResponse({ type: StatusListVersionsDto })
  async versions(
    @Param(validated(StatusListNameDto)) { id }: StatusListNameDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatusListVersionsDto> {
    const versions = await this.read.versions(id);
    void reply.header('cache-control', FOR_A_WHILE);
    return StatusListVersionsDto.of(versions);
  }
}

import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal, PathId, validated, type Principal } from '../../platform/http/index.js';
import { RecordedEventDto, RevokeDocumentDto } from './revocations.dto.js';
import { RevokeDocument } from './revoke-document.js';

@ApiTags('documents')
@Controller('v1/documents')
export class RevocationsController {
  constructor(private readonly revoke: RevokeDocument) {}

  @Post(':id/revocation')
  @HttpCode(201)
  @Access('documents.revoke')
  @ApiOperation({
    summary: 'Revoke a document for good',
    description:
      'From this answer on the document is out of force here; the revocation is recorded in your store on the chain soon after.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body answer the same event again',
  })
  @ApiBody({ type: RevokeDocumentDto })
  @ApiCreatedResponse({ type: RecordedEventDto })
  @ApiResponse({ status: 409, description: 'Its status does not allow it: it was revoked or replaced before' })
  async execute(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) documentId: string,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body(validated(RevokeDocumentDto)) { reason, text }: RevokeDocumentDto,
  ): Promise<RecordedEventDto> {
    return this.revoke.execute({ issuerId: ownerId, documentId, reason, text, idempotencyKey });
  }
}

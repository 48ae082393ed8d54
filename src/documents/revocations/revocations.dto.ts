import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOneOf, IsPrintableText, Optional } from '../../platform/validation/index.js';
import { REVOCATION_REASONS, type RevocationReason } from './revoke-document.js';

export class RevokeDocumentDto {
  @ApiProperty({ enum: REVOCATION_REASONS })
  @IsOneOf(REVOCATION_REASONS)
  reason!: RevocationReason;

  @ApiPropertyOptional({
    description:
      'For your records. Pages and verifications never show it; it becomes part of the evidence, which whoever holds the bundle can read',
    maxLength: 500,
  })
  @Optional()
  @IsPrintableText(500)
  text?: string;
}

export class RecordedEventDto {
  @ApiProperty({ description: 'Position of the event, from 0', example: 1 })
  seq!: number;

  @ApiProperty({ description: 'What the document is now', example: 'revoked' })
  status!: string;
}

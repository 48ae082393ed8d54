import { Injectable } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { IssuedDocument, IssuedDocumentDto } from '../documents/index.js';
import { Settings } from '../platform/config/index.js';

/** Says in the API description that an act may be asked for again. */
export const RepeatableAct = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body answer the document of the first time, and nothing happens again',
  });

/** What every act answers: the document it led to. */
@Injectable()
export class ActAnswer {
  constructor(private readonly settings: Settings) {}

  of({ id, number, documentAddress }: IssuedDocument): IssuedDocumentDto {
    return { id, number, documentAddress, verifyUrl: `${this.settings.publicBaseUrl}/v/${documentAddress}` };
  }
}

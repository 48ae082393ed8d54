import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../platform/config/index.js';
import { Access, FORM_EXTENSION, InvalidRequest, RateLimited, validated } from '../platform/http/index.js';
import { parseEvidenceBundle } from '../proof/index.js';
import { readDocumentReference } from './document-reference.js';
import { readForm, type Upload } from './uploads.js';
import { VerificationDto, VerificationRequestDto, VerifiedFilesDto, VerifiedFileDto } from './verification.dto.js';
import { NoFileGiven } from './verification.errors.js';
import { VerifyDocument, type Subject } from './verify-document.js';

const body = validated(VerificationRequestDto);

const PDF = { type: 'string', format: 'binary', description: 'The PDF as it was received' };
const FORM_OF_FILES = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'array', items: PDF, minItems: 1, maxItems: 20 } },
};

const ONE_OF = {
  oneOf: [{ $ref: getSchemaPath(VerificationDto) }, { $ref: getSchemaPath(VerifiedFilesDto) }],
};

@ApiTags('verification')
@ApiExtraModels(VerificationRequestDto, VerificationDto, VerifiedFilesDto)
@Controller('v1/verifications')
export class VerificationController {
  constructor(
    private readonly verify: VerifyDocument,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('public')
  @RateLimited('look-up')
  @ApiOperation({
    summary: 'Verify a document by its PDF, its address or its evidence bundle',
    description:
      'Needs no account. JSON is answered with one verification, a form of files with one for each: up to 20 PDFs of 20 MB.',
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiBody({ schema: { $ref: getSchemaPath(VerificationRequestDto) } })
  @ApiExtension(FORM_EXTENSION, FORM_OF_FILES)
  @ApiResponse({ status: 200, schema: ONE_OF })
  @ApiResponse({ status: 422, description: 'What is wrong with the address or the bundle is named' })
  async create(@Req() request: FastifyRequest): Promise<VerificationDto | VerifiedFilesDto> {
    if (request.isMultipart()) {
      return { items: await this.verifyFiles(request) };
    }
    const report = await this.verify.execute(subjectOf(body.transform(request.body, { type: 'body' }), this.settings));
    return VerificationDto.of(report, this.settings.publicBaseUrl);
  }

  private async verifyFiles(request: FastifyRequest): Promise<VerifiedFileDto[]> {
    const items: VerifiedFileDto[] = [];
    for await (const part of readForm(request)) {
      if ('fileName' in part) {
        items.push(await this.verifyFile(part));
      }
    }
    if (items.length === 0) {
      throw new NoFileGiven();
    }
    return items;
  }

  private async verifyFile(upload: Upload): Promise<VerifiedFileDto> {
    const { fileName } = upload;
    if ('refusal' in upload) {
      const { status, code, message } = upload.refusal;
      return { fileName, problem: { status, code, detail: message } };
    }
    const report = await this.verify.execute({ pdf: upload.pdf });
    return VerifiedFileDto.of(fileName, report, this.settings.publicBaseUrl);
  }
}

/** Throws `InvalidRequest` when the body names no subject, two, or one that cannot be. */
function subjectOf({ documentAddress, evidence }: VerificationRequestDto, { chainId }: Settings): Subject {
  if ((documentAddress === undefined) === (evidence === undefined)) {
    const message = 'Give the documentAddress or the evidence, one of them; or send PDFs as a form with fields "file".';
    throw new InvalidRequest([{ field: 'documentAddress', code: 'verification.one-subject', message }]);
  }
  if (documentAddress === undefined) {
    return { bundle: parseEvidenceBundle(evidence) };
  }
  const reference = readDocumentReference(documentAddress, chainId);
  if (!reference.ok) {
    const { code, message } = reference.problem;
    throw new InvalidRequest([{ field: 'documentAddress', code, message: `${message}.` }]);
  }
  return { address: reference.address };
}

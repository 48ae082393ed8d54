import { Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
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
import { QuestionsDto, QuestionsListDto } from './questions.dto.js';
import { ReadQuestions } from './read-questions.js';
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
    private readonly readQuestions: ReadQuestions,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('public')
  @RateLimited('look-up', namesNumber)
  @ApiOperation({
    summary: 'Verify a document by its PDF, its address, its evidence bundle, or what its paper says',
    description:
      'Needs no account. JSON is answered with one verification, a form of files with one for each: up to 20 PDFs of 20 MB. A number is answered only with the facts its kind asks for (`GET /v1/verifications/questions`), five times a minute; an unknown number and a wrong fact are answered alike.',
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

  @Get('questions')
  @Access('public')
  @ApiOperation({ summary: 'What those have to know of a document who ask with its number' })
  @ApiResponse({ status: 200, type: QuestionsListDto })
  async questions(): Promise<QuestionsListDto> {
    return { items: (await this.readQuestions.execute()).map((questions) => QuestionsDto.of(questions)) };
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

/** Only those who name a number and no document could be trying one after the other. */
function namesNumber(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'number' in given;
}

/** Throws `InvalidRequest` when the body names no subject, two, or one that cannot be. */
function subjectOf({ documentAddress, evidence, number, facts }: VerificationRequestDto, settings: Settings): Subject {
  if ([documentAddress, evidence, number].filter((subject) => subject !== undefined).length !== 1) {
    const message =
      'Give the documentAddress, the evidence, or the number with the facts, one of them; or send PDFs as a form with fields "file".';
    throw new InvalidRequest([{ field: 'documentAddress', code: 'verification.one-subject', message }]);
  }
  if (number !== undefined) {
    return { typed: { number, facts: { ...facts } } };
  }
  return documentAddress === undefined
    ? { bundle: parseEvidenceBundle(evidence) }
    : { address: addressFrom(documentAddress, settings) };
}

function addressFrom(documentAddress: string, { chainId }: Settings): Uint8Array {
  const reference = readDocumentReference(documentAddress, chainId);
  if (!reference.ok) {
    const { code, message } = reference.problem;
    throw new InvalidRequest([{ field: 'documentAddress', code, message: `${message}.` }]);
  }
  return reference.address;
}

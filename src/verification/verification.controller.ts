import { Controller, Get, Headers, HttpCode, Post, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiExtraModels,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromHex } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { Access, FORM_EXTENSION, InvalidRequest, RateLimited, validated } from '../platform/http/index.js';
import { parseEvidenceBundle } from '../proof/index.js';
import { readDocumentReference } from './document-reference.js';
import { PileDesk, type OpenPile } from './pile/pile-desk.js';
import { PILE_LIMITS } from './pile/pile.js';
import { PileNewsDto, VerifiedFilesDto, type VerifiedFileDto } from './pile/pile.dto.js';
import { EVENT_STREAM, NDJSON, pileStream, streamForm } from './pile/pile-stream.js';
import { QuestionsDto, QuestionsListDto } from './questions.dto.js';
import { ReadQuestions } from './read-questions.js';
import { VerificationDto, VerificationRequestDto } from './verification.dto.js';
import { PileInterrupted } from './verification.errors.js';
import { VerifyDocument, type Subject } from './verify-document.js';

const body = validated(VerificationRequestDto);

const FILE = {
  type: 'string',
  format: 'binary',
  description: 'A PDF as it was received, an evidence bundle, or a ZIP of them',
};
const FORM_OF_FILES = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'array', items: FILE, minItems: 1, maxItems: PILE_LIMITS.files } },
};

const NEWS = { schema: { $ref: getSchemaPath(PileNewsDto) } };
const ANSWERS = {
  'application/json': {
    schema: { oneOf: [{ $ref: getSchemaPath(VerificationDto) }, { $ref: getSchemaPath(VerifiedFilesDto) }] },
  },
  [NDJSON]: NEWS,
  [EVENT_STREAM]: NEWS,
};

const { files, fileMegabytes, requestMegabytes, unpackedMegabytes } = PILE_LIMITS;
const DESCRIPTION = [
  'Needs no account. JSON is answered with one verification, a form of files with one for each, in the order sent.',
  `A pile has at most ${files} PDFs or evidence bundles of ${fileMegabytes} MB, also in ZIPs, in a request of ${requestMegabytes} MB; ZIPs unpack to at most ${unpackedMegabytes} MB. What cannot be read is refused in its place, and the others are verified.`,
  'A number is answered only with the facts its kind asks for (`GET /v1/verifications/questions`), five times a minute; an unknown number and a wrong fact are answered alike.',
  `With \`Accept: ${NDJSON}\` or \`${EVENT_STREAM}\` each answer comes when it is known, with how many are done and counts by verdict. Without a key each file counts as a look-up, and a pile waits for its turn.`,
].join(' ');

@ApiTags('verification')
@ApiExtraModels(VerificationRequestDto, VerificationDto, VerifiedFilesDto, PileNewsDto)
@Controller('v1/verifications')
export class VerificationController {
  constructor(
    private readonly verify: VerifyDocument,
    private readonly desk: PileDesk,
    private readonly settings: Settings,
    private readonly readQuestions: ReadQuestions,
  ) {}

  @Post()
  @HttpCode(200)
  @Access('public')
  @RateLimited('look-up', namesNumber)
  @ApiOperation({
    summary: 'Verify documents by PDF, address, evidence bundle, or what their paper says, one or a pile',
    description: DESCRIPTION,
  })
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiProduces('application/json', NDJSON, EVENT_STREAM)
  @ApiBody({ schema: { $ref: getSchemaPath(VerificationRequestDto) } })
  @ApiExtension(FORM_EXTENSION, FORM_OF_FILES)
  @ApiResponse({ status: 200, content: ANSWERS })
  @ApiResponse({ status: 413, description: 'More files or bytes than a pile may have; nothing was verified' })
  @ApiResponse({ status: 422, description: 'What is wrong with the address or the bundle is named' })
  @ApiResponse({ status: 503, description: 'Too many piles at once; come back in a minute' })
  async create(
    @Req() request: FastifyRequest,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VerificationDto | VerifiedFilesDto | StreamableFile> {
    void reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (request.isMultipart()) {
      return this.verifyPile(request, accept, reply);
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

  private async verifyPile(
    request: FastifyRequest,
    accept: string | undefined,
    reply: FastifyReply,
  ): Promise<VerifiedFilesDto | StreamableFile> {
    const pile = await this.desk.take(request);
    const form = streamForm(accept);
    if (form === null) {
      return { items: await itemsOf(pile, reply) };
    }
    // Proxies must not gather lines before they pass them on, and a connection that was kept would hold up a shutdown.
    void reply.header('x-accel-buffering', 'no').header('connection', 'close');
    const stream = pileStream(pile, form);
    if (reply.raw.destroyed) {
      stream.destroy();
    }
    return new StreamableFile(stream, { type: form });
  }
}

/** All at once, at the end; nothing more is begun once the caller has left. */
async function itemsOf(pile: OpenPile, reply: FastifyReply): Promise<VerifiedFileDto[]> {
  const items: VerifiedFileDto[] = [];
  try {
    for await (const { type, item } of pile.news) {
      if (type === 'interrupted') {
        throw new PileInterrupted();
      }
      if (item !== undefined) {
        items.push(item);
      }
      if (reply.raw.destroyed) {
        break;
      }
    }
    return items;
  } finally {
    await pile.close();
  }
}

/** Only those who name a number and no document could be trying one after the other. */
function namesNumber(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'number' in given;
}

/** Throws `InvalidRequest` when the body names no subject, two, or one that cannot be. */
function subjectOf(request: VerificationRequestDto, settings: Settings): Subject {
  const { documentAddress, fileSha256, evidence, number, facts } = request;
  if ([documentAddress, fileSha256, evidence, number].filter((subject) => subject !== undefined).length !== 1) {
    const message =
      'Give the documentAddress, the fileSha256, the evidence, or the number with the facts, one of them; or send PDFs as a form with fields "file".';
    throw new InvalidRequest([{ field: 'documentAddress', code: 'verification.one-subject', message }]);
  }
  if (number !== undefined) {
    return { typed: { number, facts: { ...facts } } };
  }
  if (fileSha256 !== undefined) {
    return { sha256: fromHex(fileSha256) };
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

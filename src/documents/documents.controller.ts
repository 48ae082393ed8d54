import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  Access,
  PathId,
  attachmentNamed,
  CurrentPrincipal,
  validated,
  type Principal,
} from '../platform/http/index.js';
import {
  DocumentDto,
  DocumentWithContentDto,
  DocumentEventDto,
  DocumentHistoryDto,
  DocumentPageDto,
  FileQueryDto,
  ListDocumentsDto,
} from './documents.dto.js';
import { ReadEvents } from './read-events.js';
import { ReadDocuments } from './read-documents.js';
import { AwaitFile } from './await-file.js';
import type { NotYet } from './stamp-document.js';

const DEFAULT_PAGE = 50;
const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 30;

@ApiTags('documents')
@Controller('v1/documents')
export class DocumentsController {
  constructor(
    private readonly read: ReadDocuments,
    private readonly awaitFile: AwaitFile,
    private readonly readEvents: ReadEvents,
  ) {}

  @Get()
  @Access('documents.read')
  @ApiOperation({ summary: 'Your documents, newest first' })
  @ApiOkResponse({ type: DocumentPageDto })
  async list(
    @CurrentPrincipal() { ownerId }: Principal,
    @Query(validated(ListDocumentsDto)) query: ListDocumentsDto,
  ): Promise<DocumentPageDto> {
    const limit = Number(query.limit ?? DEFAULT_PAGE);
    const { cursor: before, kind, number } = query;
    const found = await this.read.list(ownerId, { before, kind, number, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return { items: page.map(DocumentDto.of), nextCursor: found.length > limit && last !== undefined ? last.id : null };
  }

  @Get(':id')
  @Access('documents.read')
  @ApiOperation({ summary: 'One of your documents with its content' })
  @ApiOkResponse({ type: DocumentWithContentDto })
  async one(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
  ): Promise<DocumentWithContentDto> {
    const document = await this.read.one(ownerId, id);
    const { core } = await this.read.content(ownerId, id);
    return DocumentWithContentDto.with(document, core);
  }

  @Get(':id/events')
  @Access('documents.read')
  @ApiOperation({ summary: 'What happened to the document, oldest first' })
  @ApiOkResponse({ type: DocumentHistoryDto })
  async events(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
  ): Promise<DocumentHistoryDto> {
    return { items: (await this.readEvents.execute(ownerId, id)).map(DocumentEventDto.of) };
  }

  @Get(':id/file')
  @Access('documents.read')
  @ApiOperation({
    summary: 'The PDF',
    description: 'Waits briefly while it is being drawn or anchored: `Prefer: wait=N`, at most 30 seconds.',
  })
  @ApiHeader({ name: 'Prefer', required: false, example: 'wait=10' })
  @ApiProduces('application/pdf')
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of the file that you have' })
  @ApiResponse({ status: 200, description: 'The PDF' })
  @ApiResponse({
    status: 304,
    description: 'You have it: the issued file never changes, the anchored one only with its place in the chain',
  })
  @ApiResponse({
    status: 409,
    description:
      'A marked copy was asked for of a document in force, or an anchored one of a file without room for a stamp',
  })
  @ApiResponse({
    status: 202,
    description: 'Still being drawn, or not on the chain yet; ask again after `Retry-After` seconds',
  })
  async file(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
    @Query(validated(FileQueryDto)) { revision }: FileQueryDto,
    @Headers() { prefer, 'if-none-match': ifNoneMatch }: FileHeaders,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | { status: string } | undefined> {
    const wanted = { ownerId, id, ifNoneMatch: ifNoneMatch ?? '', patienceMs: secondsToWait(prefer) * 1_000 };
    if (revision === 'marked') {
      return this.marked(ownerId, id, reply);
    }
    return revision === 'anchored' ? this.anchored(wanted, reply) : this.issued(wanted, reply);
  }

  private async issued(
    { ownerId, id, ifNoneMatch, patienceMs }: WantedFile,
    reply: FastifyReply,
  ): Promise<Buffer | { status: string } | undefined> {
    const held = await this.heldTag(ownerId, id, ifNoneMatch);
    if (held !== null) {
      void reply.status(304).header('etag', held).header('cache-control', FOR_EVER);
      return undefined;
    }
    const file = await this.awaitFile.execute(ownerId, id, patienceMs);
    if (file === null) {
      return notYet('rendering', reply);
    }
    void reply
      .type('application/pdf')
      .header('content-disposition', attachmentNamed(`${file.document.number}.pdf`))
      .header('etag', etagOf(file.sha256))
      .header('cache-control', FOR_EVER);
    return file.pdf;
  }

  /** Stamped anew each time, to the same bytes as long as the chain keeps the block: whoever has it has to ask again. */
  private async anchored(
    { ownerId, id, ifNoneMatch, patienceMs }: WantedFile,
    reply: FastifyReply,
  ): Promise<Buffer | { status: string } | undefined> {
    const file = await this.awaitFile.anchored(ownerId, id, patienceMs);
    if ('pending' in file) {
      return notYet(file.pending, reply);
    }
    const etag = etagOf(createHash('sha256').update(file.pdf).digest());
    void reply.header('etag', etag).header('cache-control', 'private, no-cache');
    if (isMatch(ifNoneMatch, etag)) {
      void reply.status(304);
      return undefined;
    }
    void reply
      .type('application/pdf')
      .header('content-disposition', attachmentNamed(`${file.document.number}.anchored.pdf`));
    return Buffer.from(file.pdf);
  }

  /** The tag of the issued file when the caller has it already. The file itself is then not read, let alone decrypted. */
  private async heldTag(ownerId: string, id: string, ifNoneMatch: string): Promise<string | null> {
    const sha256 = ifNoneMatch === '' ? null : await this.read.issuedDigest(ownerId, id);
    return sha256 !== null && isMatch(ifNoneMatch, etagOf(sha256)) ? etagOf(sha256) : null;
  }

  /** Drawn anew each time: what it says may be another tomorrow. */
  private async marked(ownerId: string, id: string, reply: FastifyReply): Promise<Buffer> {
    const { document, pdf } = await this.read.markedFile(ownerId, id);
    void reply
      .type('application/pdf')
      .header('content-disposition', attachmentNamed(`${document.number}.${document.status}.pdf`))
      .header('cache-control', 'private, no-store');
    return Buffer.from(pdf);
  }
}

function notYet(status: NotYet['pending'], reply: FastifyReply): { status: string } {
  void reply.status(202).header('retry-after', '2');
  return { status };
}

type WantedFile = {
  readonly ownerId: string;
  readonly id: string;
  /** Empty when the caller has none. */
  readonly ifNoneMatch: string;
  readonly patienceMs: number;
};
type FileHeaders = { readonly prefer?: string; readonly 'if-none-match'?: string };

/** The issued file never changes. */
const FOR_EVER = 'private, max-age=31536000, immutable';

function etagOf(sha256: Buffer): string {
  return `"${sha256.toString('hex')}"`;
}

/** `If-None-Match` compares weakly: `W/` says nothing here (RFC 9110, 13.1.2). */
function isMatch(ifNoneMatch: string, etag: string): boolean {
  const given = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return given.includes('*') || given.includes(etag);
}

/** `Prefer: wait=N` (RFC 7240). */
function secondsToWait(prefer: string | undefined): number {
  const [, seconds] = /(?:^|[,;\s])wait=(\d+)/.exec(prefer ?? '') ?? [];
  return Math.min(seconds === undefined ? DEFAULT_WAIT_SECONDS : Number(seconds), LONGEST_WAIT_SECONDS);
}

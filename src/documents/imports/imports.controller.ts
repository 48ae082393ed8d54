import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Settings } from '../../platform/config/index.js';
import {
  Access,
  CurrentPrincipal,
  PathId,
  UnsupportedMediaType,
  validated,
  type Principal,
} from '../../platform/http/index.js';
import { AcceptImport } from './accept-import.js';
import {
  AcceptedImportDto,
  CreateImportQueryDto,
  ImportDto,
  ImportRowDto,
  ImportRowPageDto,
  ListImportRowsDto,
} from './imports.dto.js';
import { NDJSON } from './ndjson.js';
import { progressStream } from './progress-stream.js';
import { ReadImports } from './read-imports.js';
import { WatchImport } from './watch-import.js';

const DEFAULT_PAGE = 100;
const EVENT_STREAM = 'text/event-stream';

@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly accept: AcceptImport,
    private readonly read: ReadImports,
    private readonly watch: WatchImport,
    private readonly settings: Settings,
  ) {}

  @Post()
  @HttpCode(202)
  @Access('imports.write')
  @ApiOperation({
    summary: 'Issue many documents at once',
    description:
      'One request a line, at most 10,000 rows and 32 MB. When this answers 202 every row is stored; the rows are judged and issued by a worker. A row whose requestSerialNo was issued before answers that document again.',
  })
  @ApiConsumes(NDJSON)
  @ApiBody({ schema: { type: 'string' }, description: 'One JSON object a line' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body answer the same import again',
  })
  @ApiResponse({ status: 202, type: AcceptedImportDto })
  @ApiResponse({ status: 413, description: 'More than 10,000 rows or 32 MB; nothing was stored' })
  @ApiResponse({ status: 422, description: 'No row, an unknown kind, or a key that was used for another body' })
  async create(
    @CurrentPrincipal() { ownerId: issuerId }: Principal,
    @Query(validated(CreateImportQueryDto)) { kind, mode = 'per-row' }: CreateImportQueryDto,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedImportDto> {
    if (!Buffer.isBuffer(body)) {
      throw new UnsupportedMediaType(`Send the rows as ${NDJSON}`);
    }
    const { id, total, state } = await this.accept.execute({ issuerId, kind, mode, body, idempotencyKey });
    const statusUrl = `${this.settings.publicBaseUrl}/v1/imports/${id}`;
    void reply.header('location', statusUrl);
    return { id, total, state, statusUrl };
  }

  @Get(':id')
  @Access('imports.write')
  @ApiOperation({
    summary: 'How far an import is',
    description: 'With `Accept: text/event-stream`: an event `progress` whenever it moved, and `finished` at the end.',
  })
  @ApiProduces('application/json', EVENT_STREAM)
  @ApiOkResponse({ type: ImportDto })
  async one(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportDto | StreamableFile> {
    const found = await this.read.one(ownerId, id);
    void reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (accept?.includes(EVENT_STREAM) !== true) {
      return ImportDto.of(found);
    }
    // Proxies must not gather events before they pass them on, and a connection that was kept would hold up a shutdown.
    void reply.header('x-accel-buffering', 'no').header('connection', 'close');
    return new StreamableFile(progressStream(this.watch.execute(found)), { type: EVENT_STREAM });
  }

  @Get(':id/rows')
  @Access('imports.write')
  @ApiOperation({ summary: 'What became of the rows that are done with, by line' })
  @ApiOkResponse({ type: ImportRowPageDto })
  async rows(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', PathId) id: string,
    @Query(validated(ListImportRowsDto)) query: ListImportRowsDto,
  ): Promise<ImportRowPageDto> {
    const limit = Number(query.limit ?? DEFAULT_PAGE);
    const filter = { afterLine: Number(query.cursor ?? 0), only: query.only, limit: limit + 1 };
    const found = await this.read.rows(ownerId, id, filter);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ImportRowDto.of(row, this.settings.publicBaseUrl)),
      nextCursor: found.length > limit && last !== undefined ? String(last.line) : null,
    };
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isCalendarDate, normaliseText } from '../../kernel/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Access, InvalidQuery, InvalidRequest, validated } from '../../platform/http/index.js';
import { CachedReferenceTables } from './cached-reference-tables.js';
import { rowProblems } from './reference-row-rules.js';
import {
  REFERENCE_TABLES,
  isInForce,
  isReferenceTableName,
  type ReferenceRow,
  type ReferenceTableName,
  type VersionedRow,
} from './reference-table.js';
import {
  CloseCodeDto,
  ReferenceRowDto,
  ReferenceTableDto,
  ReferenceTableRowDto,
  ReferenceVersionDto,
} from './reference-tables.dto.js';
import { MalformedCode, ReferenceTableNotFound } from './reference-tables.errors.js';
import { ReferenceTablesRepository } from './reference-tables.repository.js';
import { ReviseReferenceRow } from './revise-reference-row.js';

const CODE = /^[\p{L}\p{N}._:-]{1,40}$/u;

@ApiTags('reference tables')
@Controller('v1/reference-tables')
export class ReferenceTablesController {
  constructor(
    private readonly tables: CachedReferenceTables,
    private readonly revise: ReviseReferenceRow,
    private readonly repository: ReferenceTablesRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get(':name')
  @Access('public')
  @ApiOperation({
    summary: 'A table of codes or rates that documents are judged by',
    description:
      'Without `on`, all days; without `version`, the present one. What the installation came with is a sample.',
  })
  @ApiParam({ name: 'name', enum: REFERENCE_TABLES })
  @ApiQuery({ name: 'on', required: false, description: 'Only rows in force on this day, YYYY-MM-DD' })
  @ApiQuery({ name: 'version', required: false })
  @ApiOkResponse({ type: ReferenceTableDto })
  async read(
    @Param('name') text: string,
    @Query('on') on: string | undefined,
    @Query('version') wanted: string | undefined,
  ): Promise<ReferenceTableDto> {
    const name = tableNamed(text);
    if (on !== undefined && !isCalendarDate(on)) {
      throw invalidQuery('on', 'Give a day of the calendar as YYYY-MM-DD.');
    }
    const version = wanted === undefined ? undefined : readVersion(wanted);
    const table = await this.versionOf(name, version);
    const shown = on === undefined ? table.rows : table.rows.filter((row) => isInForce(row, on));
    return { name, version: table.version, ...(on === undefined ? {} : { on }), rows: shown.map(rowDto) };
  }

  @Put(':name/rows/:code')
  @Access('operator')
  @ApiOperation({
    summary: 'Say something new of a code, from one day to another',
    description:
      'Makes a new version of the table. Rows of the code for the same days end there; nothing is removed from the history. Documents are judged by it from this answer on, within two seconds in every process.',
  })
  @ApiParam({ name: 'name', enum: REFERENCE_TABLES })
  @ApiBody({ type: ReferenceRowDto })
  @ApiOkResponse({ type: ReferenceVersionDto })
  async put(
    @Param('name') text: string,
    @Param('code') code: string,
    @Body(validated(ReferenceRowDto)) row: ReferenceRowDto,
  ): Promise<ReferenceVersionDto> {
    const name = tableNamed(text);
    const spelled = spelledCode(code);
    if (row.validTo !== undefined && row.validTo < row.validFrom) {
      throw invalid('validTo', 'The last day is not before the first.');
    }
    const said = rowOf(spelled, row);
    const problems = rowProblems(name, said);
    if (problems.length > 0) {
      throw new InvalidRequest(problems);
    }
    return { version: await this.revise.execute(name, said) };
  }

  @Post(':name/rows/:code/closures')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({
    summary: 'Say that a code is not in force from a day on',
    description:
      'Makes a new version of the table, in which the code’s rows end the day before. What was issued under it stays as it is, and days before are still judged by it.',
  })
  @ApiParam({ name: 'name', enum: REFERENCE_TABLES })
  @ApiBody({ type: CloseCodeDto })
  @ApiOkResponse({ type: ReferenceVersionDto })
  @ApiResponse({ status: 409, description: 'The table says nothing of the code on those days' })
  async close(
    @Param('name') text: string,
    @Param('code') code: string,
    @Body(validated(CloseCodeDto)) { from, to }: CloseCodeDto,
  ): Promise<ReferenceVersionDto> {
    const name = tableNamed(text);
    if (to !== undefined && to < from) {
      throw invalid('to', 'The last day is not before the first.');
    }
    const period = { validFrom: from, ...(to === undefined ? {} : { validTo: to }) };
    return { version: await this.revise.close(name, spelledCode(code), period) };
  }

  /** The present version comes from memory: anybody may ask for it, as often as they like. */
  private async versionOf(
    name: ReferenceTableName,
    wanted: number | undefined,
  ): Promise<{ version: number; rows: readonly VersionedRow[] }> {
    const present = this.tables.table(name);
    if (wanted === undefined || wanted === present.version) {
      return present;
    }
    if (wanted > present.version) {
      throw new ReferenceTableNotFound();
    }
    return {
      version: wanted,
      rows: await this.unitOfWork.run((tx) => this.repository.rowsOf(tx, name, wanted)),
    };
  }
}

function tableNamed(text: string): ReferenceTableName {
  if (!isReferenceTableName(text)) {
    throw new ReferenceTableNotFound();
  }
  return text;
}

function spelledCode(text: string): string {
  const code = normaliseText(text);
  if (!CODE.test(code)) {
    throw new MalformedCode();
  }
  return code;
}

function rowOf(code: string, { validFrom, validTo, data }: ReferenceRowDto): ReferenceRow {
  return { code, validFrom, ...(validTo === undefined ? {} : { validTo }), data };
}

function readVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw invalidQuery('version', 'Give the version as a whole number from 1.');
  }
  return Number(text);
}

function rowDto({ code, validFrom, validTo, data, isSample }: VersionedRow): ReferenceTableRowDto {
  return { code, validFrom, ...(validTo === undefined ? {} : { validTo }), data, isSample };
}

function invalidQuery(field: string, message: string): InvalidQuery {
  return new InvalidQuery([{ field, code: 'validation.format', message }]);
}

function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, code: 'validation.format', message }]);
}

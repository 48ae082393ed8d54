import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isCalendarDate, normaliseText } from '../../kernel/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { Access, InvalidRequest, validated } from '../../platform/http/index.js';
import { CachedReferenceTables } from './cached-reference-tables.js';
import {
  REFERENCE_TABLES,
  isInForce,
  isReferenceTableName,
  type ReferenceRow,
  type ReferenceTableName,
  type VersionedRow,
} from './reference-table.js';
import {
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
      throw invalid('on', 'Give a day of the calendar as YYYY-MM-DD.');
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
      'Makes a new version of the table. Rows of the code for the same days end there; nothing is removed from the history.',
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
    const spelled = normaliseText(code);
    if (!CODE.test(spelled)) {
      throw new MalformedCode();
    }
    if (row.validTo !== undefined && row.validTo < row.validFrom) {
      throw invalid('validTo', 'The last day is not before the first.');
    }
    return { version: await this.revise.execute(name, rowOf(spelled, row)) };
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

function rowOf(code: string, { validFrom, validTo, data }: ReferenceRowDto): ReferenceRow {
  return { code, validFrom, ...(validTo === undefined ? {} : { validTo }), data };
}

function readVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw invalid('version', 'Give the version as a whole number from 1.');
  }
  return Number(text);
}

function rowDto({ code, validFrom, validTo, data, isSample }: VersionedRow): ReferenceTableRowDto {
  return { code, validFrom, ...(validTo === undefined ? {} : { validTo }), data, isSample };
}

function invalid(field: string, message: string): InvalidRequest {
  return new InvalidRequest([{ field, code: 'validation.format', message }]);
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toChinaTime, type FieldError } from '../../kernel/index.js';
import { defineTextRule, IsOneOf, IsPrintableText, Optional } from '../../platform/validation/index.js';
import { IMPORT_MODES, IMPORT_STATES, type Import, type ImportMode, type SettledRow } from './import.js';

const IsRowPageSize = defineTextRule<true>('isRowPageSize', (text) =>
  /^([1-9]\d{0,2}|1000)$/.test(text) ? null : { code: 'validation.format', message: 'Give a number from 1 to 1000.' },
);
const IsLineCursor = defineTextRule<true>('isLineCursor', (text) =>
  /^\d{1,9}$/.test(text) ? null : { code: 'validation.format', message: 'Give the nextCursor of the page before.' },
);

export class CreateImportQueryDto {
  @ApiProperty({ description: 'What every row asks for', example: 'invoice.vat' })
  @IsPrintableText(64)
  kind!: string;

  @ApiPropertyOptional({
    enum: IMPORT_MODES,
    default: 'per-row',
    description:
      'per-row: each row stands for itself. all-or-nothing: all rows are checked first, and one wrong row refuses them all before a number is used',
  })
  @Optional()
  @IsOneOf(IMPORT_MODES)
  mode?: ImportMode;
}

export class ListImportRowsDto {
  @ApiPropertyOptional({ description: 'The nextCursor of the page before' })
  @Optional()
  @IsLineCursor(true)
  cursor?: string;

  @ApiPropertyOptional({ description: 'Rows a page, 1 to 1000', example: '100' })
  @Optional()
  @IsRowPageSize(true)
  limit?: string;

  @ApiPropertyOptional({ enum: ['failed', 'issued'] })
  @Optional()
  @IsOneOf(['failed', 'issued'])
  only?: 'failed' | 'issued';
}

/** What taking an import answers. */
export class AcceptedImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Rows that were stored; blank lines are none' })
  total!: number;

  @ApiProperty({ enum: IMPORT_STATES })
  state!: string;

  @ApiProperty({ description: 'Where to ask how far it is' })
  statusUrl!: string;
}

/** How far an import is. */
export class ImportDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'invoice.vat' })
  kind!: string;

  @ApiProperty({ enum: IMPORT_MODES })
  mode!: string;

  @ApiProperty({
    enum: IMPORT_STATES,
    description: 'refused: a row of an all-or-nothing import is wrong, and none was issued',
  })
  state!: string;

  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'Rows that have their document' })
  issued!: number;

  @ApiProperty({ description: 'Rows that are wrong' })
  failed!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  static of(this: void, found: Import): ImportDto {
    const { id, kind, mode, state, total, issued, failed } = found;
    return {
      id,
      kind,
      mode,
      state,
      total,
      issued,
      failed,
      createdAt: toChinaTime(found.createdAt),
      startedAt: found.startedAt === null ? null : toChinaTime(found.startedAt),
      finishedAt: found.finishedAt === null ? null : toChinaTime(found.finishedAt),
    };
  }
}

class FieldErrorDto {
  @ApiProperty({ description: 'Path in the row; empty for the row as a whole', example: 'lines[0].tax' })
  field!: string;

  @ApiProperty({ example: 'validation.required' })
  code!: string;

  @ApiProperty()
  message!: string;
}

/** What became of a row: its document, or its errors. */
export class ImportRowDto {
  @ApiProperty({ description: 'Counts from 1, as an editor does' })
  line!: number;

  @ApiPropertyOptional({ format: 'uuid' })
  documentId?: string;

  @ApiPropertyOptional({ example: '26322000000100000001' })
  number?: string;

  @ApiPropertyOptional({ description: 'EIP-55' })
  documentAddress?: string;

  @ApiPropertyOptional()
  verifyUrl?: string;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: readonly FieldError[];

  static of(this: void, row: SettledRow, publicBaseUrl: string): ImportRowDto {
    if ('errors' in row) {
      return row;
    }
    const { id: documentId, number, documentAddress } = row.document;
    return { line: row.line, documentId, number, documentAddress, verifyUrl: `${publicBaseUrl}/v/${documentAddress}` };
  }
}

export class ImportRowPageDto {
  @ApiProperty({ type: [ImportRowDto] })
  items!: ImportRowDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isCalendarDate } from '../../kernel/index.js';
import { Optional, defineRule, defineTextRule, notOfType } from '../../platform/validation/index.js';
import { REFERENCE_TABLES } from './reference-table.js';

const MOST_FIELDS = 20;
const LONGEST_VALUE = 500;

const calendarDate = defineTextRule<true>('isCalendarDate', (text) =>
  isCalendarDate(text)
    ? null
    : { code: 'validation.format', message: 'Give a day of the calendar as YYYY-MM-DD, for example "2026-03-05".' },
);

const referenceData = defineRule<true>({
  name: 'isReferenceData',
  check: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return notOfType(value, 'an object');
    }
    const entries = Object.entries(value);
    const areFine = entries.every(
      ([key, text]) => /^[a-z][A-Za-z0-9]{0,39}$/.test(key) && typeof text === 'string' && text.length <= LONGEST_VALUE,
    );
    return areFine && entries.length > 0 && entries.length <= MOST_FIELDS
      ? null
      : {
          code: 'validation.format',
          message: `Give 1 to ${MOST_FIELDS} fields with camel-case names and texts of at most ${LONGEST_VALUE} characters.`,
        };
  },
});

/** The body of `PUT /v1/reference-tables/{name}/rows/{code}`. */
export class ReferenceRowDto {
  @ApiProperty({ description: 'First day, in China', format: 'date', example: '2027-01-01' })
  @calendarDate(true)
  validFrom!: string;

  @ApiPropertyOptional({ description: 'Last day; left out: until further notice', format: 'date' })
  @Optional()
  @calendarDate(true)
  validTo?: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { use: 'general goods' } })
  @referenceData(true)
  data!: Record<string, string>;
}

/** The body of `POST /v1/reference-tables/{name}/rows/{code}/closures`. */
export class CloseCodeDto {
  @ApiProperty({ description: 'First day on which the code is no longer in force, in China', format: 'date' })
  @calendarDate(true)
  from!: string;

  @ApiPropertyOptional({ description: 'Last such day; left out: for good', format: 'date' })
  @Optional()
  @calendarDate(true)
  to?: string;
}

export class ReferenceTableRowDto extends ReferenceRowDto {
  @ApiProperty({ example: '0.13' })
  code!: string;

  @ApiProperty({ description: 'Put together for demonstration, not taken from an authority' })
  isSample!: boolean;
}

export class ReferenceTableDto {
  @ApiProperty({ enum: REFERENCE_TABLES })
  name!: string;

  @ApiProperty({ description: 'Counts the changes; documents name the version they were judged by' })
  version!: number;

  @ApiPropertyOptional({ format: 'date', description: 'The day whose rows these are' })
  on?: string;

  @ApiProperty({ type: () => [ReferenceTableRowDto] })
  rows!: ReferenceTableRowDto[];
}

export class ReferenceVersionDto {
  @ApiProperty({ description: 'The version of the table that says so' })
  version!: number;
}

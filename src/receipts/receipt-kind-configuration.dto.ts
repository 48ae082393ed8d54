import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import {
  defineRule,
  defineTextRule,
  IsOneOf,
  IsPrintableText,
  Nested,
  NestedArray,
  notOfType,
  Optional,
  type Plain,
} from '../platform/validation/index.js';
import { ASKED_FORMATS, type AskedFormat } from '../documents/index.js';
import { KIND_NAME, LIFE_CYCLES, MASKS, type Mask } from './receipt-kind-configuration.js';

const LARGEST_SCHEMA = 32_768;

const kindName = defineTextRule<true>('isReceiptKindName', (text) =>
  KIND_NAME.test(text)
    ? null
    : {
        code: 'validation.format',
        message: 'Name a kind "receipt." and small letters, for example "receipt.parking".',
      },
);
const twoDigits = defineTextRule<true>('isTwoDigits', (text) =>
  /^\d{2}$/.test(text) ? null : { code: 'validation.format', message: 'Give two digits, for example "02".' },
);
const fieldName = defineTextRule<true>('isFieldName', (text) =>
  /^[a-z][A-Za-z0-9]{0,39}$/.test(text)
    ? null
    : { code: 'validation.format', message: 'Name a field of the schema in camelCase.' },
);
const schemaObject = defineRule<true>({
  name: 'isSchemaObject',
  check: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return notOfType(value, 'an object');
    }
    return JSON.stringify(value).length <= LARGEST_SCHEMA
      ? null
      : { code: 'validation.too-long', message: `Keep the schema within ${LARGEST_SCHEMA} characters.` };
  },
});

const SPANS = ['1', '2', '3', '4'] as const;
const SHARES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;
const ALIGNMENTS = ['left', 'center', 'right'] as const;

export class BilingualTextDto {
  @ApiProperty({ maxLength: 40 })
  @IsPrintableText(40)
  zh!: string;

  @ApiProperty({ maxLength: 80 })
  @IsPrintableText(80)
  en!: string;
}

export class ConfiguredBillDto {
  @ApiProperty({ description: '票据分类: digits 3–4 of the bill code', example: '02' })
  @twoDigits(true)
  category!: string;

  @ApiProperty({ description: '票据种类: digits 5–6 of the bill code', example: '01' })
  @twoDigits(true)
  type!: string;

  @ApiProperty({ description: '票据名称, behind the name of the province', maxLength: 30, example: '停车费电子票据' })
  @IsPrintableText(30)
  title!: string;
}

export class LayoutCellDto {
  @ApiProperty({ description: 'A text of the schema’s first level', example: 'plateNo' })
  @fieldName(true)
  field!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  label!: BilingualTextDto;

  @ApiPropertyOptional({ description: 'How many columns it takes', enum: SPANS, default: '1' })
  @Optional()
  @IsOneOf(SPANS)
  span?: (typeof SPANS)[number];
}

export class LayoutColumnDto {
  @ApiProperty({ description: 'A text of the listed objects', example: 'energy' })
  @fieldName(true)
  field!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  label!: BilingualTextDto;

  @ApiProperty({ description: 'Share of the width', enum: SHARES })
  @IsOneOf(SHARES)
  share!: (typeof SHARES)[number];

  @ApiPropertyOptional({ enum: ALIGNMENTS, default: 'left' })
  @Optional()
  @IsOneOf(ALIGNMENTS)
  align?: (typeof ALIGNMENTS)[number];
}

export class LayoutListDto {
  @ApiProperty({ description: 'An array of objects of the schema’s first level', example: 'sessions' })
  @fieldName(true)
  field!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  title!: BilingualTextDto;

  @ApiProperty({ type: () => [LayoutColumnDto], minItems: 1, maxItems: 10 })
  @NestedArray(() => LayoutColumnDto, { min: 1, max: 10 })
  columns!: LayoutColumnDto[];
}

export class ReceiptLayoutDto {
  @ApiProperty({ description: 'Columns of 其他信息', enum: SPANS })
  @IsOneOf(SPANS)
  columns!: (typeof SPANS)[number];

  @ApiProperty({ type: () => [LayoutCellDto], maxItems: 60 })
  @NestedArray(() => LayoutCellDto, { min: 0, max: 60 })
  cells!: LayoutCellDto[];

  @ApiPropertyOptional({
    description: 'Lists printed on sheets behind the form',
    type: () => [LayoutListDto],
    maxItems: 5,
  })
  @Optional()
  @NestedArray(() => LayoutListDto, { min: 0, max: 5 })
  lists?: LayoutListDto[];
}

export class ConfiguredFactDto {
  @ApiProperty({ description: 'A text of the schema’s first level' })
  @fieldName(true)
  field!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  label!: BilingualTextDto;

  @ApiPropertyOptional({ description: 'What an anonymous reader does not see', enum: MASKS })
  @Optional()
  @IsOneOf(MASKS)
  mask?: Mask;
}

export class ConfiguredQuestionDto {
  @ApiProperty({ description: 'A text of the schema’s first level' })
  @fieldName(true)
  field!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  label!: BilingualTextDto;

  @ApiProperty({ description: 'In which spellings it may be typed', enum: ASKED_FORMATS })
  @IsOneOf(ASKED_FORMATS)
  format!: AskedFormat;
}

/** The body of `POST /v1/receipt-kinds`. */
export class ReceiptKindConfigurationDto {
  @ApiProperty({ example: 'receipt.parking' })
  @kindName(true)
  name!: string;

  @ApiProperty({ type: () => BilingualTextDto })
  @Nested(() => BilingualTextDto)
  titles!: BilingualTextDto;

  @ApiProperty({ type: () => ConfiguredBillDto })
  @Nested(() => ConfiguredBillDto)
  bill!: ConfiguredBillDto;

  @ApiProperty({ description: 'Whether a finance department supervises the bills (财政监制)' })
  @IsBoolean()
  isSupervised!: boolean;

  @ApiProperty({
    description:
      'JSON Schema of the particulars: strings (maxLength required; formats amount, decimal, date, instant, code, plate, credit-code, citizen-id, place), arrays (maxItems required) and objects; at most 60 fields on four levels',
    type: 'object',
    additionalProperties: true,
  })
  @schemaObject(true)
  fields!: object;

  @ApiProperty({ type: () => ReceiptLayoutDto })
  @Nested(() => ReceiptLayoutDto)
  layout!: ReceiptLayoutDto;

  @ApiPropertyOptional({
    description: 'What anybody may know besides number, date, parties and amount; never plate, place and time together',
    type: () => [ConfiguredFactDto],
    maxItems: 20,
  })
  @Optional()
  @NestedArray(() => ConfiguredFactDto, { min: 0, max: 20 })
  publicFacts?: ConfiguredFactDto[];

  @ApiPropertyOptional({
    description: 'What a stranger who asks by the number has to know, besides check code and amount',
    type: () => [ConfiguredQuestionDto],
    maxItems: 4,
  })
  @Optional()
  @NestedArray(() => ConfiguredQuestionDto, { min: 0, max: 4 })
  asks?: ConfiguredQuestionDto[];

  @ApiProperty({ description: 'write-off: may be taken back by a negative bill; final: never', enum: LIFE_CYCLES })
  @IsOneOf(LIFE_CYCLES)
  lifeCycle!: (typeof LIFE_CYCLES)[number];
}

export type ReceiptKindRequest = Plain<ReceiptKindConfigurationDto>;

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IsOneOf, IsPrintableText, Nested, NestedArray, Optional, type Plain } from '../platform/validation/index.js';
import {
  IsAreaText,
  IsBusinessNo,
  IsDateText,
  IsLonLat,
  IsParcelPolygon,
  IsRegisterPlace,
  IsShareText,
  IsSurveySystem,
  IsUnitNumber,
} from './certificate-field-rules.js';
import { HOLDER_TYPES } from './holder-types.js';
import type { AreaUnit, CoOwnership } from './property-entry.js';

export const MOST_OWNERS = 100;
const MOST_DETAILS = 20;

export class PropertyPartyDto {
  @ApiProperty({ description: '姓名或名称', maxLength: 100, example: '何例清' })
  @IsPrintableText(100)
  name!: string;

  @ApiProperty({ description: '证件种类: 111 居民身份证, 001 统一社会信用代码, …', enum: HOLDER_TYPES, example: '111' })
  @IsOneOf(HOLDER_TYPES)
  idType!: string;

  @ApiProperty({ description: '证件号', maxLength: 30, example: '431300198511303032' })
  @IsPrintableText(30)
  idNo!: string;
}

export class PropertyOwnerDto extends PropertyPartyDto {
  @ApiPropertyOptional({ description: '份额: "50%" or "1/3". Under 按份共有, and only then.', example: '50%' })
  @Optional()
  @IsShareText()
  share?: string;
}

export class DetailDto {
  @ApiProperty({ maxLength: 30, example: '房屋结构' })
  @IsPrintableText(30)
  name!: string;

  @ApiProperty({ maxLength: 200, example: '钢筋混凝土结构' })
  @IsPrintableText(200)
  value!: string;
}

export class UseTermDto {
  @ApiProperty({ description: 'The right that ends', maxLength: 60, example: '国有建设用地使用权' })
  @IsPrintableText(60)
  right!: string;

  @ApiProperty({ format: 'date', example: '2014-06-01' })
  @IsDateText()
  from!: string;

  @ApiProperty({ format: 'date', example: '2084-05-31' })
  @IsDateText()
  to!: string;
}

export class PropertyAreaDto {
  @ApiPropertyOptional({ description: 'Of the parcel; 亩 and 公顷 not for building land', enum: ['㎡', '亩', '公顷'] })
  @Optional()
  @IsOneOf(['㎡', '亩', '公顷'])
  unit?: AreaUnit;

  @ApiProperty({ description: '宗地面积; the outline must agree with it within 1 %', example: '12480.50' })
  @IsAreaText()
  parcel!: string;

  @ApiPropertyOptional({ description: '共有宗地: the parcel belongs to several units', default: false })
  @Optional()
  @IsBoolean()
  isParcelShared?: boolean;

  @ApiPropertyOptional({ description: '房屋建筑面积, ㎡', example: '119.86' })
  @Optional()
  @IsAreaText()
  building?: string;

  @ApiPropertyOptional({ description: '专有建筑面积, ㎡', example: '96.32' })
  @Optional()
  @IsAreaText()
  exclusive?: string;

  @ApiPropertyOptional({ description: '分摊建筑面积, ㎡', example: '23.54' })
  @Optional()
  @IsAreaText()
  shared?: string;
}

export class PropertyLocationDto {
  @ApiProperty({ description: 'CGCS2000 or WGS 84; GCJ-02 is refused', example: 'CGCS2000 (EPSG:4490)' })
  @IsSurveySystem()
  crs!: string;

  @ApiProperty({
    description: '[longitude, latitude] inside the parcel; kept to eight decimals',
    type: [Number],
    example: [111.99432, 27.72866],
  })
  @IsLonLat()
  point!: readonly [number, number];

  @ApiProperty({
    description: 'GeoJSON Polygon of one closed ring; a clockwise one is turned round',
    type: 'object',
    additionalProperties: false,
    required: ['type', 'coordinates'],
    properties: {
      type: { type: 'string', enum: ['Polygon'] },
      coordinates: {
        type: 'array',
        items: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
      },
    },
  })
  @IsParcelPolygon()
  parcel!: { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly [number, number])[])[] };
}

/** Every act of the register has a business number and a reason. */
export class RegisterActDto {
  @ApiProperty({ description: '业务编号', pattern: '^[0-9A-Za-z-]{1,32}$', example: '202603010001' })
  @IsBusinessNo()
  businessNo!: string;

  @ApiProperty({ description: '登记原因', maxLength: 100, example: '首次登记' })
  @IsPrintableText(100)
  reason!: string;

  @ApiPropertyOptional({ description: '登记日期. Left out: today.', format: 'date', example: '2026-03-02' })
  @Optional()
  @IsDateText()
  registeredAt?: string;
}

/** The body of `POST /v1/certificates`: 首次登记 of a unit that has no current certificate. */
export class RegisterPropertyDto extends RegisterActDto {
  @ApiProperty({ description: '不动产单元号', example: '431302001005GB00012F00030602' })
  @IsUnitNumber()
  unitNo!: string;

  @ApiProperty({ description: '所在市县全称, printed in the number', example: '娄底市' })
  @IsRegisterPlace()
  registerPlace!: string;

  @ApiProperty({ description: '权利人', type: () => [PropertyOwnerDto], minItems: 1, maxItems: MOST_OWNERS })
  @NestedArray(() => PropertyOwnerDto, { min: 1, max: MOST_OWNERS })
  owners!: PropertyOwnerDto[];

  @ApiProperty({ description: '共有情况: 单独所有, 共同共有, 按份共有', enum: ['sole', 'joint', 'shares'] })
  @IsOneOf(['sole', 'joint', 'shares'])
  coOwnership!: CoOwnership;

  @ApiPropertyOptional({ description: '持证人, one of several owners', maxLength: 100 })
  @Optional()
  @IsPrintableText(100)
  holder?: string;

  @ApiProperty({ description: '坐落', maxLength: 200, example: '湖南省娄底市娄星区示例路66号样例花园3栋602' })
  @IsPrintableText(200)
  situated!: string;

  @ApiProperty({
    description: '权利类型; two are joined by /',
    maxLength: 60,
    example: '国有建设用地使用权/房屋所有权',
  })
  @IsPrintableText(60)
  rightType!: string;

  @ApiProperty({ description: '权利性质', maxLength: 60, example: '出让/市场化商品房' })
  @IsPrintableText(60)
  rightNature!: string;

  @ApiProperty({ description: '用途', maxLength: 60, example: '城镇住宅用地/住宅' })
  @IsPrintableText(60)
  use!: string;

  @ApiProperty({ description: '面积', type: () => PropertyAreaDto })
  @Nested(() => PropertyAreaDto)
  area!: PropertyAreaDto;

  @ApiPropertyOptional({ description: '使用期限', type: () => [UseTermDto], minItems: 1, maxItems: 4 })
  @Optional()
  @NestedArray(() => UseTermDto, { min: 1, max: 4 })
  useTerms?: UseTermDto[];

  @ApiPropertyOptional({ description: '权利其他状况', type: () => [DetailDto], minItems: 1, maxItems: MOST_DETAILS })
  @Optional()
  @NestedArray(() => DetailDto, { min: 1, max: MOST_DETAILS })
  otherStatus?: DetailDto[];

  @ApiPropertyOptional({ description: '附记', maxLength: 600 })
  @Optional()
  @IsPrintableText(600)
  notes?: string;

  @ApiProperty({ type: () => PropertyLocationDto })
  @Nested(() => PropertyLocationDto)
  location!: PropertyLocationDto;
}

export type RegisterPropertyRequest = Plain<RegisterPropertyDto>;
export type PropertyOwnerRequest = Plain<PropertyOwnerDto>;
export type PropertyAreaRequest = Plain<PropertyAreaDto>;
export type PropertyLocationRequest = Plain<PropertyLocationDto>;

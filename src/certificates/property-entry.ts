import type { UnitNumber } from './unit-number.js';

/** 共有情况: 单独所有, 共同共有, 按份共有. */
export type CoOwnership = 'sole' | 'joint' | 'shares';

/** 权利人, 义务人: whoever the register names. */
export type PropertyParty = {
  readonly name: string;
  /** 证件种类: `111` citizen ID, `001` USCC, … (GB/T 36903 holder codes). */
  readonly idType: string;
  readonly idNo: string;
  /** `50%` or `1/3`; only under 按份共有. */
  readonly share?: string;
};

export type AreaUnit = '㎡' | '亩' | '公顷';

export type PropertyArea = {
  readonly unit: AreaUnit;
  /** 宗地面积 (宗海面积 for sea use): of the parcel whose outline is `location.parcel`. */
  readonly parcel: string;
  /** `true` when the parcel belongs to several units together: 共有宗地面积. */
  readonly isParcelShared: 'true' | 'false';
  /** 建筑面积, 专有 and 分摊 part of it; always ㎡. */
  readonly building?: string;
  readonly exclusive?: string;
  readonly shared?: string;
};

/** One line such as 房屋结构：钢筋混凝土结构. */
export type Detail = { readonly name: string; readonly value: string };

export type UseTerm = { readonly right: string; readonly from: string; readonly to: string };

/** Degrees with eight decimals (about a millimetre), longitude first. */
export type PointText = readonly [longitude: string, latitude: string];

export type PropertyLocation = {
  /** `CGCS2000 (EPSG:4490)` or `WGS 84 (EPSG:4326)`; never the shifted GCJ-02. */
  readonly crs: string;
  readonly point: PointText;
  /** GeoJSON but for its coordinates being text: one closed counter-clockwise ring. */
  readonly parcel: { readonly type: 'Polygon'; readonly coordinates: readonly [readonly PointText[]] };
  /** The plane system surveyors use there. */
  readonly gaussKruger: string;
};

/** What the register book says of one unit: the certificate is its mirror. Texts only, as they are hashed. */
export type PropertyEntry = {
  readonly unitNo: UnitNumber;
  /** 所在市县全称, as in certificate numbers. */
  readonly registerPlace: string;
  readonly owners: readonly PropertyParty[];
  readonly coOwnership: CoOwnership;
  /** 持证人: which of several owners keeps the certificate. */
  readonly holder?: string;
  /** 坐落. */
  readonly situated: string;
  /** Two rights are joined by `/`: 国有建设用地使用权/房屋所有权. */
  readonly rightType: string;
  readonly rightNature: string;
  readonly use: string;
  readonly area: PropertyArea;
  /** 使用期限; absent for rights without a term. */
  readonly useTerms?: readonly UseTerm[];
  /** 权利其他状况. */
  readonly otherStatus?: readonly Detail[];
  /** 附记. */
  readonly notes?: string;
  readonly location: PropertyLocation;
};

import type { LegacyScheme } from './legacy-number.js';

const SUFFIX = /(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市|新区)$/;

/**
 * The region that the title of an older invoice names: the province of 江苏增值税电子普通发票, the city of 深圳电子普通发票.
 * Falls back to the province, and to nothing when `nameOf` does not know that either.
 */
export function placeOf(
  scheme: LegacyScheme,
  regionCode: string,
  nameOf: (code: string) => string | undefined,
): string {
  const province = nameOf(`${regionCode.slice(0, 2)}0000`);
  const city = scheme === 'blockchain' ? nameOf(`${regionCode.slice(0, 4)}00`) : undefined;
  return (city ?? province ?? '').replace(SUFFIX, '');
}

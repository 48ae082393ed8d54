import { type Brand, isProvinceCode, isRegionCode } from '../kernel/index.js';
import type { InvoiceScheme } from './invoice.js';

export type LegacyScheme = Exclude<InvoiceScheme, 'shudian'>;

/** 发票代码, 12 digits. `legacy`: 0, region 4, year 2, batch 3, kind 2. `blockchain`: 1, region 4, year 2, `09`, batch 3. */
export type InvoiceCode = Brand<string, 'InvoiceCode'>;

/** 11 电子普通发票, 12 通行费, 13 电子专用发票. */
const legacyCode = /^0\d{4}\d{2}\d{3}(?:11|12|13)$/;
const blockchainCode = /^1\d{4}\d{2}\d{5}$/;
const LARGEST_BLOCK = 999_999;
/** In one year, scheme and block. */
export const LARGEST_LEGACY_SERIAL = 99_999;

/** Expects normalised text (`normaliseCode`). A first digit 2 is that of the local tax bureaus, abolished in 2018. */
export function schemeOfCode(text: string): LegacyScheme | null {
  const scheme = legacyCode.test(text) ? 'legacy' : blockchainCode.test(text) ? 'blockchain' : null;
  return scheme !== null && isProvinceCode(text.slice(1, 3)) ? scheme : null;
}

export function isInvoiceCode(text: string): text is InvoiceCode {
  return schemeOfCode(text) !== null;
}

/** Whether `text` has the form that the scheme's check codes (校验码) have. */
export function isCheckCode(text: string, scheme: LegacyScheme): boolean {
  return scheme === 'legacy' ? /^\d{20}$/.test(text) : /^[0-9a-f]{5}$/.test(text);
}

/** A check code is chance: `bytes` are at least sixteen random ones. */
export function makeCheckCode(scheme: LegacyScheme, bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return scheme === 'blockchain' ? hex.slice(0, 5) : (BigInt(`0x${hex}`) % 10n ** 20n).toString().padStart(20, '0');
}

/**
 * The issuer's own series in one year: code and the first three digits of the number. The issuer's block is spread over
 * the batch in the code and those digits, so no two issuers of a region share a number.
 */
export function legacySeries(
  scheme: LegacyScheme,
  { regionCode, numberBlock }: { regionCode: string; numberBlock: number },
  year: number,
): string {
  if (!isRegionCode(regionCode) || !Number.isInteger(numberBlock) || numberBlock < 1 || numberBlock > LARGEST_BLOCK) {
    throw new RangeError('Region or number block out of range');
  }
  const place = regionCode.slice(0, 4) + (year % 100).toString().padStart(2, '0');
  const batch = digits(numberBlock % 1000, 3);
  const code = scheme === 'legacy' ? `0${place}${batch}11` : `1${place}09${batch}`;
  return code + digits(Math.floor(numberBlock / 1000), 3);
}

/** Code and number in one, 20 digits. Throws `RangeError` when the series is used up. */
export function legacyNumber(series: string, serial: number): string {
  if (serial < 1 || serial > LARGEST_LEGACY_SERIAL) {
    throw new RangeError('Serial out of range: the series is used up');
  }
  return series + digits(serial, 5);
}

function digits(value: number, count: number): string {
  return value.toString().padStart(count, '0');
}

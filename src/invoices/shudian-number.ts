import { type Brand, invoiceRegionCode, isInvoiceRegionCode } from '../kernel/index.js';

/** Number of a fully digital invoice (数电票): year 2, region 2, channel 1, then 15 digits of the issuing channel. */
export type ShudianNumber = Brand<string, 'ShudianNumber'>;

/** The first twelve digits: year, region, channel, and the issuer's block. Serials of one series have no gap. */
export type ShudianSeries = Brand<string, 'ShudianSeries'>;

export type ShudianNumberParts = {
  readonly year: number;
  readonly region: string;
  readonly channel: string;
  readonly series: ShudianSeries;
  /** Position in the series, from 1. Meaningful for our own numbers only. */
  readonly serial: number;
};

/** The channel that issues by batch (乐企 and the like); ours. */
const CHANNEL = '2';
export const LARGEST_SERIAL = 99_999_999;
const LARGEST_BLOCK = 9_999_999;

/** `null` when the text is no 数电票 number. Expects normalised text (`normaliseCode`). */
export function parseShudianNumber(text: string): ShudianNumberParts | null {
  if (!isShudianNumber(text)) {
    return null;
  }
  return {
    year: 2000 + Number(text.slice(0, 2)),
    region: text.slice(2, 4),
    channel: text.slice(4, 5),
    series: text.slice(0, 12) as ShudianSeries,
    serial: Number(text.slice(12)),
  };
}

export function isShudianNumber(text: string): text is ShudianNumber {
  return /^\d{20}$/.test(text) && isInvoiceRegionCode(text.slice(2, 4));
}

/** The series of an issuer in one year. `regionCode` is the issuer's six digits, `numberBlock` unique to the issuer. */
export function shudianSeries(issuer: { regionCode: string; numberBlock: number }, year: number): ShudianSeries {
  const { regionCode, numberBlock } = issuer;
  if (!isWhole(numberBlock, 1, LARGEST_BLOCK) || !isWhole(year, 2000, 2099)) {
    throw new RangeError('Number block or year out of range');
  }
  const years = (year % 100).toString().padStart(2, '0');
  return `${years}${invoiceRegionCode(regionCode)}${CHANNEL}${numberBlock.toString().padStart(7, '0')}` as ShudianSeries;
}

/** The number at position `serial` (from 1) of a series. Throws `RangeError` when the series is used up. */
export function shudianNumber(series: ShudianSeries, serial: number): ShudianNumber {
  if (!isWhole(serial, 1, LARGEST_SERIAL)) {
    throw new RangeError('Serial out of range: the series is used up');
  }
  return `${series}${serial.toString().padStart(8, '0')}` as ShudianNumber;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

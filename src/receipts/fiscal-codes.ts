import { type Brand, type IdSource, isProvinceCode, toHalfWidth } from '../kernel/index.js';

/** 票据代码: region of the supervising finance department, category, type and year, two digits each. */
export type FiscalBillCode = Brand<string, 'FiscalBillCode'>;
/** 票据号码: ten digits. Code and number together identify a bill. */
export type FiscalBillNumber = Brand<string, 'FiscalBillNumber'>;
/** 校验码: six random digits and letters, and no checksum. Written small here; capitals mean the same. */
export type FiscalCheckCode = Brand<string, 'FiscalCheckCode'>;

/** 票据分类 and 票据种类: digits 3–4 and 5–6 of a bill code. */
export type BillClass = { readonly category: string; readonly type: string };

/** Bills of the central government carry no province. */
const CENTRAL = '00';
const LARGEST_NUMBER = 9_999_999_999n;
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const CHECK_CODE_LENGTH = 6;
/** The most that 36 goes into a byte: what is above would make some characters likelier than others. */
const FAIR_BYTES = 252;

export function isFiscalBillCode(text: string): text is FiscalBillCode {
  const region = text.slice(0, 2);
  return /^\d{8}$/.test(text) && (region === CENTRAL || isProvinceCode(region));
}

export function isFiscalBillNumber(text: string): text is FiscalBillNumber {
  return /^\d{10}$/.test(text);
}

export function isFiscalCheckCode(text: string): boolean {
  return /^[0-9A-Za-z]{6}$/.test(text);
}

/** The code of the bills of one class that an issuer under `region` (two digits or more) issues in one year. */
export function fiscalBillCode(region: string, { category, type }: BillClass, year: number): FiscalBillCode {
  const code = `${region.slice(0, 2)}${category}${type}${String(year % 100).padStart(2, '0')}`;
  if (!isFiscalBillCode(code)) {
    throw new RangeError('Region, category or type of a bill code out of range');
  }
  return code;
}

/** Throws `RangeError` when the numbers of a code are used up. */
export function fiscalBillNumber(serial: bigint): FiscalBillNumber {
  if (serial < 1n || serial > LARGEST_NUMBER) {
    throw new RangeError('Serial out of range: the numbers of this code are used up');
  }
  return serial.toString().padStart(10, '0') as FiscalBillNumber;
}

/** `CZ-EI-` and the region of the supervisor. */
export function fiscalBillTag(code: string): string {
  return `CZ-EI-${code.slice(0, 2)}`;
}

export function drawCheckCode(ids: IdSource): FiscalCheckCode {
  let code = '';
  while (code.length < CHECK_CODE_LENGTH) {
    for (const byte of ids.bytes(CHECK_CODE_LENGTH)) {
      code += byte < FAIR_BYTES && code.length < CHECK_CODE_LENGTH ? ALPHABET.charAt(byte % ALPHABET.length) : '';
    }
  }
  return code as FiscalCheckCode;
}

/** Whether `text`, as a person typed it, is this check code. */
export function isSameCheckCode(checkCode: string, text: string): boolean {
  return checkCode.toLowerCase() === toHalfWidth(text).trim().toLowerCase();
}

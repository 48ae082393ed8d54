import { isProvinceShortName, provinceShortName, toHalfWidth, type Brand } from '../kernel/index.js';

/** `湘(2018)娄底市不动产权第0000001号`, or `…不动产证明第…` on a 登记证明. */
export type CertificateNumber = Brand<string, 'CertificateNumber'>;

export type RegisteredKind = 'certificate' | 'proof';

/** The four parts the register stores: 省区市简称, 年份, 所在市县全称, 证号流水号. */
export type CertificateNumberParts = {
  readonly kind: RegisteredKind;
  readonly province: string;
  readonly year: string;
  readonly place: string;
  readonly serial: string;
};

const WORDS: Readonly<Record<RegisteredKind, string>> = { certificate: '不动产权', proof: '不动产证明' };
const LARGEST_SERIAL = 9_999_999n;
const shape =
  /^(?<province>\p{Script=Han})\((?<year>\d{4})\)(?<place>.+)(?<word>不动产权|不动产证明)第(?<serial>\d{7})号$/u;
const placeShape = /^\p{Script=Han}{2,20}$/u;

/** Brackets may be full-width: real certificates print both. */
export function normaliseCertificateNumber(text: string): string {
  return toHalfWidth(text);
}

/** `null` when the text is no number of a property certificate or proof. Expects normalised text. */
export function parseCertificateNumber(text: string): CertificateNumberParts | null {
  const parts = shape.exec(text)?.groups as (CertificateNumberParts & { readonly word: string }) | undefined;
  if (parts === undefined || !isProvinceShortName(parts.province) || !isRegisterPlace(parts.place)) {
    return null;
  }
  const { word, province, year, place, serial } = parts;
  const kind = word === WORDS.proof ? 'proof' : 'certificate';
  return Number(serial) > 0 ? { kind, province, year, place, serial } : null;
}

/** 所在市县全称, two to twenty Han characters; never the word the number goes on with. */
export function isRegisterPlace(text: string): boolean {
  return placeShape.test(text) && !/不动产/.test(text);
}

/** Where serials run without a gap: one province, year, place and kind. */
export function certificateSeries(
  { regionCode, place, kind }: { regionCode: string; place: string; kind: RegisteredKind },
  year: number,
): string {
  if (!isRegisterPlace(place)) {
    throw new TypeError('Not the name of a city or county');
  }
  return `${provinceShortName(regionCode)}(${year})${place}${WORDS[kind]}`;
}

/** The number at position `serial` (from 1) of a series. Throws `RangeError` when the series is used up. */
export function certificateNumber(series: string, serial: bigint): CertificateNumber {
  if (serial < 1n || serial > LARGEST_SERIAL) {
    throw new RangeError('Serial out of range: the series is used up');
  }
  return `${series}第${serial.toString().padStart(7, '0')}号` as CertificateNumber;
}

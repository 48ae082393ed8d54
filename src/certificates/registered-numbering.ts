import { createHash } from 'node:crypto';
import type { NumberedSeries } from '../documents/index.js';
import type { Issuer } from '../identity/index.js';
import { elicenceId, toChinaDate } from '../kernel/index.js';
import {
  certificateNumber,
  certificateSeries,
  parseCertificateNumber,
  type RegisteredKind,
} from './certificate-number.js';

/** 电子证照类型代码 of the two documents. */
const TYPE_CODES: Readonly<Record<RegisteredKind, string>> = {
  certificate: '11100000MB03271699001',
  proof: '11100000MB03271699022',
};

/** A replaced certificate gets a number of its own, so each is the first version of its licence. */
const FIRST_VERSION = '001';

export function seriesOf(
  kind: RegisteredKind,
  place: string,
  { regionCode }: Pick<Issuer, 'regionCode'>,
  issuedAt: Date,
): NumberedSeries {
  const series = certificateSeries({ regionCode, place, kind }, Number(toChinaDate(issuedAt).slice(0, 4)));
  return { series, format: (serial) => certificateNumber(series, serial) };
}

/** Year and serial of the number make the serial of the identifier: `20260000123`. */
export function registeredElicenceId(number: string, authorityCode: string): string {
  const parts = parseCertificateNumber(number);
  if (parts === null) {
    throw new TypeError('Not a number of the property register');
  }
  const { kind, year, serial } = parts;
  return elicenceId({
    typeCode: TYPE_CODES[kind],
    issuerCode: authorityCode,
    serial: year + serial,
    version: FIRST_VERSION,
  });
}

/**
 * Business number, unit, certificate number and 32 hex digits. The digits are a checksum of what stands before them, the
 * authority and the day, so they tell a misread code and reveal nothing; what was registered is proved by the chain.
 */
export function registeredQrText(said: {
  readonly businessNo: string;
  readonly unitNo: string;
  readonly number: string;
  readonly authorityCode: string;
  readonly registeredAt: string;
}): string {
  const readable = [said.businessNo, said.unitNo, said.number].join('$');
  const digest = createHash('sha256').update(`${readable}$${said.authorityCode}$${said.registeredAt}`).digest('hex');
  return `${readable}$${digest.slice(0, 32).toUpperCase()}`;
}

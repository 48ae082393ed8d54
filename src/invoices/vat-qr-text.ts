import { isCanonicalAmount, isCalendarDate } from '../kernel/index.js';

/** What the QR code of a VAT invoice says. Code and check code are empty on 数电票 (kinds 31 and 32). */
export type VatQrFields = {
  readonly kind: string;
  readonly code: string;
  readonly number: string;
  /** With tax for kinds 31 and 32, without tax for invoices of the tax-control era. */
  readonly amount: string;
  /** `YYYYMMDD`. */
  readonly issueDate: string;
  readonly checkCode: string;
};

export type VatQrReading = {
  readonly fields: VatQrFields;
  /** `differs` and `missing` are warnings on imported documents (二维码校验位不符): others compute it in other ways. */
  readonly checksum: 'matches' | 'differs' | 'missing';
};

const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 0x8000) === 0 ? value << 1 : (value << 1) ^ 0x8005;
  }
  return value & 0xffff;
});

/** CRC-16/UMTS of ASCII text: polynomial 0x8005, initial value 0, nothing reflected. `123456789` gives 0xFEE8. */
export function crc16Umts(text: string): number {
  let crc = 0;
  for (let index = 0; index < text.length; index += 1) {
    crc = ((crc << 8) & 0xffff) ^ (crcTable[((crc >> 8) ^ text.charCodeAt(index)) & 0xff] ?? 0);
  }
  return crc;
}

/** The QR text with its checksum, which covers everything up to and including the comma before it. */
export function buildVatQrText(fields: VatQrFields): string {
  const { kind, code, number, amount, issueDate, checkCode } = fields;
  const covered = `01,${kind},${code},${number},${amount},${issueDate},${checkCode},`;
  return covered + hex16(crc16Umts(covered));
}

/** Version, kind, code, number, amount, date, check code; then the checksum, and sometimes a last comma. */
const qrShape =
  /^(?<covered>01,(?<kind>\d{2}),(?<code>\d{10}|\d{12}|),(?<number>\d{8}|\d{20}),(?<amount>[-.\d]{4,20}),(?<issueDate>\d{8}),(?<checkCode>[0-9A-Za-z]{0,20}))(?:,(?<sum>[0-9A-Za-z]{0,8}),?)?$/;

/** Reads a VAT QR text; `null` when it is none. A wrong checksum is told, not refused. */
export function readVatQrText(text: string): VatQrReading | null {
  const groups = qrShape.exec(text)?.groups;
  if (groups === undefined) {
    return null;
  }
  const { covered = '', sum = '', ...fields } = groups;
  return areVatQrFields(fields as VatQrFields)
    ? { fields: fields as VatQrFields, checksum: judgeChecksum(covered, sum) }
    : null;
}

function areVatQrFields({ amount, issueDate }: VatQrFields): boolean {
  const date = `${issueDate.slice(0, 4)}-${issueDate.slice(4, 6)}-${issueDate.slice(6)}`;
  return isCanonicalAmount(amount) && isCalendarDate(date);
}

/** The comma before the checksum belongs to the covered text; some issuers leave it out. */
function judgeChecksum(covered: string, sum: string): VatQrReading['checksum'] {
  if (sum === '') {
    return 'missing';
  }
  const given = sum.toUpperCase();
  return given === hex16(crc16Umts(`${covered},`)) || given === hex16(crc16Umts(covered)) ? 'matches' : 'differs';
}

function hex16(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, '0');
}

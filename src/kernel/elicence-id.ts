import type { Brand } from './brand.js';
import { hasMod37Check36, mod37Check36Character } from './iso7064.js';

/** 电子证照标识 (GB/T 36904-2018), check character right. */
export type ElicenceId = Brand<string, 'ElicenceId'>;

export type ElicenceIdParts = {
  /** 证照类型代码: the USCC of the body that defines the type, and three digits. */
  readonly typeCode: string;
  /** 证照颁发机构代码: a USCC; older real-estate proofs carry a six-digit region code. */
  readonly issuerCode: string;
  /** 流水号, 1 to 32 digits and capital letters. */
  readonly serial: string;
  /** 版本号: three digits, one more at each re-issue of the same licence. */
  readonly version: string;
};

const ROOT = '1.2.156.3005.2';
const shape =
  /^1\.2\.156\.3005\.2\.(?<typeCode>[0-9A-Z]{18}\d{3})\.(?<issuerCode>[0-9A-Z]{18}|\d{6})\.(?<serial>[0-9A-Z]{1,32})\.(?<version>\d{3})\.(?<check>[0-9A-Z])$/;

/** Throws `TypeError` when a part does not have its shape. */
export function elicenceId({ typeCode, issuerCode, serial, version }: ElicenceIdParts): ElicenceId {
  const check = mod37Check36Character(typeCode + issuerCode + serial + version);
  const id = [ROOT, typeCode, issuerCode, serial, version, check].join('.');
  if (!shape.test(id)) {
    throw new TypeError('A part of the e-licence identifier does not have its shape');
  }
  return id as ElicenceId;
}

/** `null` when the text is no e-licence identifier. Expects normalised text (`normaliseCode`). */
export function parseElicenceId(text: string): ElicenceIdParts | null {
  const groups = shape.exec(text)?.groups;
  if (groups === undefined) {
    return null;
  }
  const { typeCode = '', issuerCode = '', serial = '', version = '', check = '' } = groups;
  // Root and dots are not covered: every issuer has the same ones.
  return hasMod37Check36(typeCode + issuerCode + serial + version + check)
    ? { typeCode, issuerCode, serial, version }
    : null;
}

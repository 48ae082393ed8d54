import { createHash, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import {
  BYTE_RANGE_PLACEHOLDER,
  bareKey,
  contentsPlaceholder,
  makeLeaf,
  makeAuthority,
  signatureRoom,
  softwareKey,
  type SigningKey,
  type SignaturePlaces,
} from '../../src/platform/signing/index.js';

export type TestAuthority = { readonly certificate: Uint8Array; readonly signer: SigningKey };
export type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const IN_FORCE = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2056-01-01T00:00:00Z') };

export const ecPair = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const rsaPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** A root of one's own. */
export async function testAuthority(commonName = 'Test Root'): Promise<TestAuthority> {
  const { privateKey, publicKey } = ecPair();
  const request = { subject: { commonName }, publicKey, serial: randomBytes(16), ...IN_FORCE };
  const certificate = await makeAuthority(bareKey(privateKey), request);
  return { certificate, signer: softwareKey(privateKey, [certificate]) };
}

/** An authority below another one. */
export async function testSubordinate(above: TestAuthority): Promise<TestAuthority> {
  const { privateKey, publicKey } = ecPair();
  const subject = { commonName: 'Test Intermediate' };
  const request = { subject, publicKey, serial: randomBytes(16), ...IN_FORCE };
  const certificate = await makeAuthority(above.signer, request, above.certificate);
  return { certificate, signer: softwareKey(privateKey, [certificate]) };
}

/** A key with a certificate of `authority`. */
export async function testKey(
  authority: TestAuthority,
  { privateKey, publicKey }: KeyPair = ecPair(),
  validity = IN_FORCE,
): Promise<SigningKey> {
  const subject = {
    commonName: '深圳市听涛文化传播有限公司',
    organisation: '深圳市听涛文化传播有限公司',
    taxId: '91440300MA5TESTX1Q',
  };
  const request = { subject, publicKey, serial: randomBytes(16), ...validity };
  return softwareKey(privateKey, [await makeLeaf(authority.signer, authority.certificate, request)]);
}

/** A file that is to be signed. */
export type SignableFile = { readonly bytes: Uint8Array; readonly places: SignaturePlaces };

/** One page, complete but for its signature, with room for one of `key`. */
export function unsignedPdf(key?: SigningKey, options?: { readonly isStamped?: boolean }): SignableFile {
  const room = key === undefined ? undefined : signatureRoom(key, options);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> /Perms << /DocMDP 5 0 R >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Annots [4 0 R] >>',
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (signature) /F 132 /Rect [0 0 0 0] /P 3 0 R /V 5 0 R >>',
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20261122120000Z) /ByteRange ${BYTE_RANGE_PLACEHOLDER} /Contents ${contentsPlaceholder(room)} /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 2 /V /1.2 >> >>] >>`,
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const xrefAt = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xrefAt}\n%%EOF\n`;
  const bytes = Buffer.from(text, 'latin1');
  return {
    bytes,
    places: {
      byteRangeAt: bytes.indexOf(BYTE_RANGE_PLACEHOLDER),
      contentsAt: bytes.indexOf('/Contents <') + '/Contents '.length,
    },
  };
}

type Place = { readonly byteRange: readonly number[]; readonly contentsAt: number; readonly contentsEnd: number };

/** Of the file that was made by signing the other. */
export function placeIn(file: Uint8Array, { places }: Pick<SignableFile, 'places'>): Place {
  return placeFrom(file, places.contentsAt);
}

function placeFrom(file: Uint8Array, contentsAt: number): Place {
  const text = Buffer.from(file).toString('latin1');
  const [, range = ''] = /\/ByteRange ?\[([\d ]+)\]/.exec(text) ?? [];
  const byteRange = range.trim().split(/ +/).map(Number);
  return { byteRange, contentsAt, contentsEnd: text.indexOf('>', contentsAt) + 1 };
}

/** The same of a file that has one signature, wherever it is. */
export function placesIn(file: Buffer): Place {
  const [found = ''] = /\/Contents ?<(?=[0-9a-f]{256})/.exec(file.toString('latin1')) ?? [];
  return placeFrom(file, file.indexOf(found) + found.length - 1);
}

export function fingerprintOf({ certificates }: SigningKey): string {
  return createHash('sha256')
    .update(certificates[0] ?? '')
    .digest('hex');
}

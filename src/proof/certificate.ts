import { bitStringBytes, DER, DerReader, elementsOf, sameBytes, timeOf } from './der.js';
import { SignatureMalformed } from './proof.errors.js';

/** How something was signed: ECDSA or RSA PKCS#1 v1.5 over SHA-2. Documents here with the 256-bit ones only. */
export type SignatureScheme = 'ES256' | 'ES384' | 'ES512' | 'RS256' | 'RS384' | 'RS512';

/** What we need to know of an X.509 certificate (RFC 5280). */
export type Certificate = {
  readonly der: Uint8Array;
  /** What its issuer signed, and how. */
  readonly signedPart: Uint8Array;
  readonly scheme: SignatureScheme | 'other';
  readonly signature: Uint8Array;
  /** INTEGER and Names as whole elements: compared, never interpreted. */
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: PublicKey;
  readonly isAuthority: boolean;
  /** Absent when the certificate does not restrict it (RFC 5280, 4.2.1.3). */
  readonly keyUsage?: { readonly signsDocuments: boolean; readonly signsCertificates: boolean };
};

export type PublicKey = { readonly spki: Uint8Array; readonly kind: 'P-256' | 'P-384' | 'RSA' | 'other' };

const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  '1.2.840.10045.4.3.2': 'ES256',
  '1.2.840.10045.4.3.3': 'ES384',
  '1.2.840.10045.4.3.4': 'ES512',
  '1.2.840.113549.1.1.11': 'RS256',
  '1.2.840.113549.1.1.12': 'RS384',
  '1.2.840.113549.1.1.13': 'RS512',
};
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const CURVES: Readonly<Record<string, PublicKey['kind']>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
};
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';

/** Read lately, the last one first. A pile has few signers, and each file brings their certificates along. */
const lately: Certificate[] = [];
const MOST_REMEMBERED = 16;

/** Throws `SignatureMalformed` on what is no certificate of version 3. The same bytes give the same `der`, for a while. */
export function readCertificate(der: Uint8Array): Certificate {
  const known = lately.find((one) => sameBytes(one.der, der));
  if (known !== undefined) {
    return { ...known };
  }
  // A copy: what is remembered must not change, nor keep a whole file in memory.
  const certificate = parseCertificate(Uint8Array.from(der));
  lately.unshift(certificate);
  lately.splice(MOST_REMEMBERED);
  return { ...certificate };
}

function parseCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(der);
  const certificate = outer.enter(DER.sequence);
  outer.end();
  const signedPart = certificate.expect(DER.sequence);
  const signatureAlgorithm = certificate.expect(DER.sequence);
  const signature = bitStringBytes(certificate.expect(DER.bitString).content);
  certificate.end();
  const { algorithm, ...facts } = readSignedPart(signedPart.content);
  if (!sameBytes(algorithm, signatureAlgorithm.bytes)) {
    throw new SignatureMalformed('has a certificate that names two algorithms');
  }
  return { der, signedPart: signedPart.bytes, scheme: schemeOf(signatureAlgorithm.content), signature, ...facts };
}

type SignedPart = Omit<Certificate, 'der' | 'signedPart' | 'scheme' | 'signature'> & { readonly algorithm: Uint8Array };

function readSignedPart(content: Uint8Array): SignedPart {
  const part = new DerReader(content);
  part.expect(DER.context0);
  const serial = part.expect(DER.integer).bytes;
  const algorithm = part.expect(DER.sequence).bytes;
  const issuer = part.expect(DER.sequence).bytes;
  const validity = part.enter(DER.sequence);
  const notBefore = timeOf(validity.next());
  const notAfter = timeOf(validity.next());
  validity.end();
  const subject = part.expect(DER.sequence).bytes;
  const publicKey = readPublicKey(part.expect(DER.sequence).bytes);
  const extensions = part.optional(DER.context3);
  part.end();
  const limits = readExtensions(extensions?.content);
  return { serial, algorithm, issuer, subject, notBefore, notAfter, publicKey, ...limits };
}

const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';
const BMP_STRING = 0x1e;

/**
 * Whom a certificate names: the organisation, or else the common name; empty when it names neither. Only of the encodings
 * that authorities use: UTF-8, and those whose characters are ASCII, or two bytes each (X.520).
 */
export function signerNameOf({ subject }: Pick<Certificate, 'subject'>): string {
  const names = new Map<string, string>();
  for (const { content: set } of elementsOf(inner(subject))) {
    for (const { content: pair } of elementsOf(set)) {
      const reader = new DerReader(pair);
      const type = reader.objectId();
      const { tag, content } = reader.next();
      names.set(type, new TextDecoder(tag === BMP_STRING ? 'utf-16be' : 'utf-8').decode(content));
    }
  }
  return names.get(ORGANISATION) ?? names.get(COMMON_NAME) ?? '';
}

/** The scheme that an AlgorithmIdentifier names; parameters are absent or NULL. */
export function schemeOf(content: Uint8Array): SignatureScheme | 'other' {
  const algorithm = new DerReader(content);
  const scheme = SCHEMES[algorithm.objectId()] ?? 'other';
  const parameters = algorithm.optional(DER.null);
  if (scheme !== 'other') {
    algorithm.end();
  }
  if (scheme.startsWith('ES') && parameters !== undefined) {
    throw new SignatureMalformed('has parameters where ECDSA has none');
  }
  return scheme;
}

function readPublicKey(spki: Uint8Array): PublicKey {
  const info = new DerReader(spki).enter(DER.sequence);
  const algorithm = info.enter(DER.sequence);
  const kind = algorithm.objectId();
  if (kind === EC_PUBLIC_KEY && algorithm.nextTag === DER.objectId) {
    return { spki, kind: CURVES[algorithm.objectId()] ?? 'other' };
  }
  return { spki, kind: kind === RSA_ENCRYPTION ? 'RSA' : 'other' };
}

function readExtensions(content: Uint8Array | undefined): Pick<Certificate, 'isAuthority' | 'keyUsage'> {
  const values = new Map<string, Uint8Array>();
  for (const { content: extension } of elementsOf(content === undefined ? new Uint8Array() : inner(content))) {
    const reader = new DerReader(extension);
    const name = reader.objectId();
    reader.optional(DER.boolean);
    values.set(name, reader.expect(DER.octetString).content);
    reader.end();
  }
  const constraints = values.get(BASIC_CONSTRAINTS);
  const usage = values.get(KEY_USAGE);
  return {
    isAuthority: constraints !== undefined && saysAuthority(constraints),
    ...(usage === undefined ? {} : { keyUsage: readKeyUsage(usage) }),
  };
}

function inner(content: Uint8Array): Uint8Array {
  return new DerReader(content).expect(DER.sequence).content;
}

function saysAuthority(value: Uint8Array): boolean {
  const flag = new DerReader(value).enter(DER.sequence).optional(DER.boolean);
  return flag?.content[0] === 0xff;
}

/** Bits are numbered from the highest (RFC 5280, 4.2.1.3): 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign. */
function readKeyUsage(value: Uint8Array): NonNullable<Certificate['keyUsage']> {
  const bits = new DerReader(value).expect(DER.bitString).content[1] ?? 0;
  return { signsDocuments: (bits & 0xc0) !== 0, signsCertificates: (bits & 0x04) !== 0 };
}

import { readCertificate, schemeOf, type Certificate, type SignatureScheme } from './certificate.js';
import { DER, DerReader, elementsOf, sameBytes, type DerElement } from './der.js';
import { SignatureMalformed } from './proof.errors.js';

export const OID = {
  signedData: '1.2.840.113549.1.7.2',
  data: '1.2.840.113549.1.7.1',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

const DIGESTS = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
} as const;
export type DigestName = (typeof DIGESTS)[keyof typeof DIGESTS];

/** One signature with everything that belongs to it (CMS SignedData, RFC 5652, with one signer). */
export type CmsSignature = {
  readonly signer: Certificate;
  /** All that were sent along, the signer's among them. */
  readonly certificates: readonly Certificate[];
  readonly scheme: SignatureScheme;
  readonly signature: Uint8Array;
  /** What was signed: the signed attributes as a SET OF (RFC 5652, 5.4). */
  readonly signedAttributes: Uint8Array;
  /** Of the content, as signed. */
  readonly messageDigest: Digest;
  /** Of the signer's certificate, as signed (ESSCertIDv2, RFC 5035); absent when the attribute is. */
  readonly certificateDigest?: Digest;
  /** The content, when it is inside: in time stamps. */
  readonly content?: Uint8Array;
  /** A time stamp over `signature` (RFC 3161), DER. */
  readonly timestampToken?: Uint8Array;
};

export type Digest = { readonly algorithm: DigestName; readonly value: Uint8Array };

/**
 * Reads a signature, or a time stamp. `contentType` is what it must say it signs. Zero bytes after it are the room that a
 * PDF keeps; anything else after it is refused, and so is all that a signature of ours does not have.
 * Throws `SignatureMalformed`.
 */
export function readCms(bytes: Uint8Array, contentType: string = OID.data): CmsSignature {
  const outer = new DerReader(bytes);
  const info = outer.enter(DER.sequence);
  if (!isZeros(outer.rest)) {
    throw new SignatureMalformed('has something behind it');
  }
  requireEqual(info.objectId(), OID.signedData);
  const wrapped = info.enter(DER.context0);
  info.end();
  const signedData = wrapped.enter(DER.sequence);
  wrapped.end();
  return readSignedData(signedData, contentType);
}

/** Room kept for longer signatures is thousands of bytes. */
function isZeros(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0) {
      return false;
    }
  }
  return true;
}

function readSignedData(data: DerReader, contentType: string): CmsSignature {
  const version = data.expect(DER.integer).content;
  // RFC 5652, 5.1: 3 when the content is anything but data.
  requireBytes(version, contentType === OID.data ? 1 : 3);
  const digests = data.enter(DER.set);
  const digest = readDigestName(digests.expect(DER.sequence));
  digests.end();
  const content = readContent(data.enter(DER.sequence), contentType);
  const certificates = elementsOf(data.expect(DER.context0).content).map(({ bytes }) => readCertificate(bytes));
  const signers = data.enter(DER.set);
  data.end();
  const signer = readSignerInfo(signers.enter(DER.sequence), certificates, { contentType, digest });
  signers.end();
  return { ...signer, certificates, ...(content === undefined ? {} : { content }) };
}

function readContent(info: DerReader, contentType: string): Uint8Array | undefined {
  requireEqual(info.objectId(), contentType);
  if (info.isAtEnd) {
    return undefined;
  }
  const wrapped = info.enter(DER.context0);
  info.end();
  const { content } = wrapped.expect(DER.octetString);
  wrapped.end();
  return content;
}

type SignerInfo = Omit<CmsSignature, 'certificates' | 'content'>;

type Stated = { readonly contentType: string; readonly digest: DigestName };

function readSignerInfo(info: DerReader, certificates: readonly Certificate[], stated: Stated): SignerInfo {
  requireBytes(info.expect(DER.integer).content, 1);
  const signer = signerAmong(certificates, info.enter(DER.sequence));
  requireEqual(readDigestName(info.expect(DER.sequence)), stated.digest);
  const attributes = info.expect(DER.context0);
  const scheme = readScheme(info.expect(DER.sequence), signer, stated);
  const signature = info.expect(DER.octetString).content;
  const unsigned = info.optional(DER.context1);
  info.end();
  return {
    signer,
    scheme,
    signature,
    // Signed as the SET OF that it is, not with the tag that it is sent under.
    signedAttributes: Uint8Array.of(DER.set, ...attributes.bytes.subarray(1)),
    ...readSignedAttributes(attributes.content, stated),
    ...(unsigned === undefined ? {} : { timestampToken: readUnsigned(unsigned.content) }),
  };
}

/** By issuer and serial number, which is how our signatures and RFC 3161 name the signer. */
function signerAmong(certificates: readonly Certificate[], identifier: DerReader): Certificate {
  const issuer = identifier.expect(DER.sequence).bytes;
  const serial = identifier.expect(DER.integer).bytes;
  identifier.end();
  const signer = certificates.find((one) => sameBytes(one.issuer, issuer) && sameBytes(one.serial, serial));
  if (signer === undefined) {
    throw new SignatureMalformed('lacks the certificate of its signer');
  }
  return signer;
}

/**
 * The signature's own algorithm: the combined identifier; in time stamps, which others make, also the one of the RSA key
 * (RFC 5754, 3.2). It is the one thing in there that can be written in two ways.
 */
function readScheme({ content }: DerElement, { publicKey }: Certificate, stated: Stated): SignatureScheme {
  const isPlainRsa = stated.contentType !== OID.data && new DerReader(content).objectId() === '1.2.840.113549.1.1.1';
  const scheme = isPlainRsa ? plainRsa(content, stated.digest) : schemeOf(content);
  const isOfKey = scheme.startsWith('RS') === (publicKey.kind === 'RSA');
  if (scheme === 'other' || !isOfKey || !scheme.endsWith(stated.digest.slice(-3))) {
    throw new SignatureMalformed('is of a kind that is not known here');
  }
  return scheme;
}

function plainRsa(content: Uint8Array, digest: DigestName): SignatureScheme {
  const algorithm = new DerReader(content);
  algorithm.objectId();
  algorithm.expect(DER.null);
  algorithm.end();
  return ({ 'SHA-256': 'RS256', 'SHA-384': 'RS384', 'SHA-512': 'RS512' } as const)[digest];
}

function readSignedAttributes(
  content: Uint8Array,
  { contentType, digest }: Stated,
): Pick<CmsSignature, 'messageDigest' | 'certificateDigest'> {
  const values = readAttributes(content);
  const valueOf = (type: string): DerReader => new DerReader(values.get(type) ?? new Uint8Array());
  requireEqual(valueOf(OID.contentType).objectId(), contentType);
  const messageDigest = { algorithm: digest, value: valueOf(OID.messageDigest).expect(DER.octetString).content };
  const certificate = values.get(OID.signingCertificateV2);
  return { messageDigest, ...(certificate === undefined ? {} : { certificateDigest: readEssCertId(certificate) }) };
}

/** Attributes by their type; each may come once and has one value. */
function readAttributes(content: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (const { tag, content: attribute } of elementsOf(content)) {
    const reader = new DerReader(attribute);
    const type = reader.objectId();
    const value = reader.enter(DER.set);
    reader.end();
    if (tag !== DER.sequence || values.has(type)) {
      throw new SignatureMalformed('says the same thing twice');
    }
    values.set(type, value.next().bytes);
    value.end();
  }
  return values;
}

/** SigningCertificateV2 (RFC 5035, 4): the digest of the first, which is the signer's; SHA-256 unless it says another. */
function readEssCertId(value: Uint8Array): Digest {
  const [first] = elementsOf(new DerReader(value).enter(DER.sequence).expect(DER.sequence).content);
  const id = new DerReader(first?.content ?? new Uint8Array());
  const stated = id.optional(DER.sequence);
  const algorithm = stated === undefined ? 'SHA-256' : readDigestName(stated);
  return { algorithm, value: id.expect(DER.octetString).content };
}

/** Only a time stamp may stand there, because nothing but its own signature protects it. */
function readUnsigned(content: Uint8Array): Uint8Array {
  const values = readAttributes(content);
  const token = values.get(OID.timestampToken);
  if (token === undefined || values.size > 1) {
    throw new SignatureMalformed('has attributes that nobody signed');
  }
  return token;
}

/** An AlgorithmIdentifier of a digest; parameters are absent or NULL (RFC 5754, 2). */
export function readDigestName({ content }: DerElement): DigestName {
  const algorithm = new DerReader(content);
  const id = algorithm.objectId();
  algorithm.optional(DER.null);
  algorithm.end();
  const name = id in DIGESTS ? DIGESTS[id as keyof typeof DIGESTS] : undefined;
  if (name === undefined) {
    throw new SignatureMalformed('uses a digest that is not known here');
  }
  return name;
}

function requireBytes(content: Uint8Array, value: number): void {
  if (content.length !== 1 || content[0] !== value) {
    throw new SignatureMalformed('is of another version');
  }
}

function requireEqual(found: string, wanted: string): void {
  if (found !== wanted) {
    throw new SignatureMalformed(`says ${found} where ${wanted} belongs`);
  }
}

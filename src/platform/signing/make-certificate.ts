import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { readCertificate } from '../../proof/index.js';
import { SIGNATURE_ALGORITHMS } from './algorithms.js';
import {
  asnTrue,
  bitString,
  context,
  integer,
  objectId,
  octetString,
  primitive,
  printable,
  sequence,
  setOf,
  time,
  unsigned,
  utf8,
} from './der.js';
import type { SigningKey } from './signing-key.js';

/** Who a certificate is about. Every part is optional but the common name. */
export type SubjectName = {
  readonly commonName: string;
  readonly organisation?: string;
  /** 统一社会信用代码; written as organizationIdentifier (ETSI EN 319 412-1, 5.1.4: national trade register). */
  readonly taxId?: string;
};

type Signer = Pick<SigningKey, 'algorithm' | 'sign'>;
type Validity = { readonly notBefore: Date; readonly notAfter: Date };
type Request = Validity & {
  readonly subject: SubjectName;
  readonly publicKey: KeyObject;
  /** 16 random bytes. */
  readonly serial: Uint8Array;
};

const COMMON_NAME = '2.5.4.3';
const COUNTRY = '2.5.4.6';
const ORGANISATION = '2.5.4.10';
const ORGANISATION_ID = '2.5.4.97';

/** What signs certificates and nothing else: a root, or what stands below `above` (DER), whose key `signer` is then. */
export function makeAuthority(signer: Signer, request: Request, above?: Uint8Array): Promise<Uint8Array> {
  const issuer = above === undefined ? nameOf(request.subject) : readCertificate(above).subject;
  return makeSigned(signer, issuer, request, [
    extension('2.5.29.19', sequence(asnTrue), 'critical'),
    // keyCertSign and cRLSign
    extension('2.5.29.15', bitString(Uint8Array.of(0x06), 1), 'critical'),
    extension('2.5.29.14', octetString(keyIdentifier(request.publicKey))),
    ...(above === undefined ? [] : [authorityKey(above)]),
  ]);
}

/** A certificate that documents are signed with, from the authority `signer` whose certificate is `authority` (DER). */
export function makeLeaf(signer: Signer, authority: Uint8Array, request: Request): Promise<Uint8Array> {
  return makeSigned(signer, readCertificate(authority).subject, request, [
    extension('2.5.29.19', sequence(), 'critical'),
    // digitalSignature and nonRepudiation
    extension('2.5.29.15', bitString(Uint8Array.of(0xc0), 6), 'critical'),
    extension('2.5.29.14', octetString(keyIdentifier(request.publicKey))),
    authorityKey(authority),
  ]);
}

/** A request for a certificate (PKCS#10, RFC 2986), to be sent to an authority. */
export async function makeCertificateRequest(
  signer: Signer,
  { subject, publicKey }: Pick<Request, 'subject' | 'publicKey'>,
): Promise<Uint8Array> {
  const info = sequence(integer(0), nameOf(subject), spkiOf(publicKey), context(0));
  return signed(signer, info);
}

function makeSigned(
  signer: Signer,
  issuer: Uint8Array,
  { subject, publicKey, serial, notBefore, notAfter }: Request,
  extensions: readonly Uint8Array[],
): Promise<Uint8Array> {
  const content = sequence(
    context(0, integer(2)),
    // Positive, and never shorter than it is: RFC 5280, 4.1.2.2.
    unsigned(Uint8Array.of(0x40 | ((serial[0] ?? 0) & 0x3f), ...serial.subarray(1))),
    SIGNATURE_ALGORITHMS[signer.algorithm],
    issuer,
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    spkiOf(publicKey),
    context(3, sequence(...extensions)),
  );
  return signed(signer, content);
}

async function signed(signer: Signer, content: Uint8Array): Promise<Uint8Array> {
  return sequence(content, SIGNATURE_ALGORITHMS[signer.algorithm], bitString(await signer.sign(content)));
}

function extension(id: string, value: Uint8Array, critical?: 'critical'): Uint8Array {
  return sequence(objectId(id), ...(critical === undefined ? [] : [asnTrue]), octetString(value));
}

/** Which key the certificate was signed with (RFC 5280, 4.2.1.1). */
function authorityKey(authority: Uint8Array): Uint8Array {
  const { spki } = readCertificate(authority).publicKey;
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return extension('2.5.29.35', sequence(primitive(0, keyIdentifier(key))));
}

function nameOf({ commonName, organisation, taxId }: SubjectName): Uint8Array {
  const parts: [string, Uint8Array][] = [
    [COUNTRY, printable('CN')],
    ...(organisation === undefined ? [] : ([[ORGANISATION, utf8(shortened(organisation))]] as [string, Uint8Array][])),
    ...(taxId === undefined ? [] : ([[ORGANISATION_ID, utf8(`NTRCN-${taxId}`)]] as [string, Uint8Array][])),
    [COMMON_NAME, utf8(shortened(commonName))],
  ];
  return sequence(...parts.map(([type, value]) => setOf(sequence(objectId(type), value))));
}

/** RFC 5280, appendix A: names have at most 64 characters. */
function shortened(text: string): string {
  return Array.from(text).slice(0, 64).join('');
}

function spkiOf(publicKey: KeyObject): Uint8Array {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** RFC 7093, 2, method 1: the first 160 bits of the SHA-256 of the key. */
function keyIdentifier(publicKey: KeyObject): Uint8Array {
  const spki = spkiOf(publicKey);
  return createHash('sha256').update(spki).digest().subarray(0, 20);
}

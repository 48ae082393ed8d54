import { readCertificate, type Certificate } from './certificate.js';
import { formatCaip10, parseCaip10 } from './document-address.js';
import { StatusListMalformed, StatusListNotBelieved } from './proof.errors.js';
import {
  parseStatusListId,
  STATUS_LIST_LENGTH,
  STATUS_SIZE,
  statusListId,
  type StatusListName,
} from './status-list.js';
import type { Subtle } from './verify-signature.js';

/** A signed list is `header.payload.signature` (JWS): the media type of VC-JOSE-COSE (W3C), and how it is signed. */
export const STATUS_LIST_MEDIA_TYPE = 'application/vc+jwt';
const TOKEN_TYPE = 'vc+jwt';
const DID_PREFIX = 'did:pkh:';

type StatusListParts = StatusListName & {
  /** Where the lists of this service are: `https://chopmark.example/v1/status-lists`. */
  readonly baseUrl: string;
  /** CAIP-2 chain reference of the store. */
  readonly chainId: number;
  readonly issuerName: string;
  /** The bits under gzip (RFC 1952). */
  readonly compressed: Uint8Array;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** How long a copy may be used without asking again. */
  readonly ttlMs: number;
};

/** Where a list is served. */
export function statusListUrl(baseUrl: string, name: StatusListName): string {
  return `${baseUrl}/${statusListId(name)}`;
}

/** The `BitstringStatusListCredential` (W3C Bitstring Status List v1.0, 2.2) of a list. A function of its argument. */
export function statusListCredential(parts: StatusListParts): object {
  const { baseUrl, chainId, store, issuerName, purpose, compressed, validFrom, validUntil, ttlMs } = parts;
  const id = statusListUrl(baseUrl, parts);
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: { id: `${DID_PREFIX}${formatCaip10({ chainId, address: store })}`, name: issuerName },
    validFrom: validFrom.toISOString(),
    validUntil: validUntil.toISOString(),
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      statusSize: STATUS_SIZE[purpose],
      encodedList: `u${toBase64Url(compressed)}`,
      ttl: ttlMs,
    },
  };
}

type TokenHeader = { readonly alg: 'ES256' | 'RS256'; readonly certificates: readonly Uint8Array[] };

/** What is signed, by the key of the first certificate; the token is this, a dot, and the signature in base64url. */
export function statusListSigningInput(credential: object, { alg, certificates }: TokenHeader): string {
  const header = { alg, typ: TOKEN_TYPE, cty: 'vc', x5c: certificates.map(toBase64) };
  return [header, credential].map((part) => toBase64Url(new TextEncoder().encode(JSON.stringify(part)))).join('.');
}

export function statusListToken(signingInput: string, signature: Uint8Array): string {
  return `${signingInput}.${toBase64Url(signature)}`;
}

/** Which list a token says it is; `openStatusList` checks whether that is so. */
export function claimedStatusListId(token: string): string | undefined {
  try {
    return textOf(jsonOf(token.split('.')[1] ?? '')['id'])
      .split('/')
      .at(-1);
  } catch {
    return undefined;
  }
}

/** A list as it was signed, whoever believes it. */
export type StatusList = StatusListName & {
  readonly bits: Uint8Array;
  readonly validFrom: Date;
  /** After this it says nothing any more of documents that it does not list as ended. */
  readonly validUntil: Date;
};

export type StatusListTools = {
  /** WebCrypto. */
  readonly subtle: Subtle;
  /** Undoes gzip; MUST refuse, by throwing, what becomes longer than `limit` bytes. */
  readonly gunzip: (compressed: Uint8Array, limit: number) => Promise<Uint8Array> | Uint8Array;
  /** Does the issuer whose store it is sign with these (DER, the signer's own first)? MAY throw: it is then not believed. */
  readonly isBelieved: (certificates: readonly Uint8Array[], store: string) => Promise<boolean> | boolean;
};

/**
 * Opens a signed list. Throws `StatusListMalformed` when it is none, and `StatusListNotBelieved` when its signature does
 * not hold, its certificate was not in force when it was signed, or the verifier does not believe the certificate.
 */
export async function openStatusList(token: string, tools: StatusListTools): Promise<StatusList> {
  const [header = '', payload = '', signature = '', ...rest] = token.trim().split('.');
  if (rest.length > 0 || signature === '') {
    throw new StatusListMalformed('is not a signed token of three parts');
  }
  const { alg, certificates, signer } = readHeader(header);
  const { name, validFrom, validUntil, compressed } = readPayload(payload);
  const data = new TextEncoder().encode(`${header}.${payload}`);
  if (!(await isTokenOf(tools.subtle, { alg, signer, data, signature: fromBase64Url(signature) }))) {
    throw new StatusListNotBelieved('has a signature that does not hold');
  }
  if (validFrom < signer.notBefore || validFrom > signer.notAfter) {
    throw new StatusListNotBelieved('was signed with a certificate that was not in force');
  }
  const isBelieved = async (): Promise<boolean> => tools.isBelieved(certificates, name.store);
  if (!(await isBelieved().catch(() => false))) {
    throw new StatusListNotBelieved('was signed by somebody who is not known as the issuer');
  }
  return { ...name, bits: await decompress(compressed, name, tools), validFrom, validUntil };
}

async function decompress(
  compressed: Uint8Array,
  { purpose }: StatusListName,
  { gunzip }: StatusListTools,
): Promise<Uint8Array> {
  const length = (STATUS_LIST_LENGTH * STATUS_SIZE[purpose]) / 8;
  const unzip = async (): Promise<Uint8Array> => gunzip(compressed, length);
  const bits = await unzip().catch(() => undefined);
  if (bits?.length !== length) {
    throw new StatusListMalformed(`does not have the ${length} bytes of a list for ${purpose}`);
  }
  return bits;
}

type Header = {
  readonly alg: 'ES256' | 'RS256';
  readonly certificates: readonly Uint8Array[];
  readonly signer: Certificate;
};

function readHeader(part: string): Header {
  const { alg, typ, x5c } = jsonOf(part);
  if ((alg !== 'ES256' && alg !== 'RS256') || typ !== TOKEN_TYPE) {
    throw new StatusListMalformed(`is not a ${TOKEN_TYPE} under ES256 or RS256`);
  }
  if (!Array.isArray(x5c) || x5c.length === 0) {
    throw new StatusListMalformed('does not bring the certificate of its signer');
  }
  const certificates = x5c.map((one) => fromBase64(textOf(one)));
  try {
    return { alg, certificates, signer: readCertificate(certificates[0] ?? new Uint8Array()) };
  } catch {
    throw new StatusListMalformed('brings a certificate that cannot be read');
  }
}

type Payload = {
  readonly name: StatusListName;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly compressed: Uint8Array;
};

function readPayload(part: string): Payload {
  const credential = jsonOf(part);
  const subject = recordOf(credential['credentialSubject']);
  const name = parseStatusListId(textOf(credential['id']).split('/').at(-1) ?? '');
  const isList =
    Array.isArray(credential['type']) &&
    credential['type'].includes('BitstringStatusListCredential') &&
    subject['type'] === 'BitstringStatusList';
  if (!isList || name === undefined || subject['statusPurpose'] !== name.purpose) {
    throw new StatusListMalformed('is not a BitstringStatusListCredential of this service');
  }
  requireIssuer(textOf(recordOf(credential['issuer'])['id']), name.store);
  const encoded = textOf(subject['encodedList']);
  if (!encoded.startsWith('u')) {
    throw new StatusListMalformed('is not written in multibase base64url');
  }
  const compressed = fromBase64Url(encoded.slice(1));
  return { name, compressed, validFrom: timeOf(credential, 'validFrom'), validUntil: timeOf(credential, 'validUntil') };
}

/** The name of the list and the issuer it states are of the same store, or one of them is not to be believed. */
function requireIssuer(id: string, store: string): void {
  const account = id.startsWith(DID_PREFIX) ? id.slice(DID_PREFIX.length) : '';
  let address = '';
  try {
    address = parseCaip10(account).address.toLowerCase();
  } catch {
    // Stays empty, and is no store's.
  }
  if (address !== store) {
    throw new StatusListMalformed('states another issuer than its name');
  }
}

/** ECDSA is r and s one after another (RFC 7518, 3.4), RSA as it is. */
async function isTokenOf(
  subtle: Subtle,
  { alg, signer, data, signature }: Omit<Header, 'certificates'> & { data: Uint8Array; signature: Uint8Array },
): Promise<boolean> {
  const { spki, kind } = signer.publicKey;
  if (kind !== (alg === 'ES256' ? 'P-256' : 'RSA')) {
    return false;
  }
  const algorithm =
    alg === 'ES256'
      ? { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  try {
    const key = await subtle.importKey('spki', Uint8Array.from(spki), algorithm, false, ['verify']);
    return await subtle.verify(algorithm, key, Uint8Array.from(signature), Uint8Array.from(data));
  } catch {
    // A key that is no point of its curve: nobody signed this.
    return false;
  }
}

type Json = Readonly<Record<string, unknown>>;

function jsonOf(part: string): Json {
  try {
    return recordOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part))));
  } catch {
    throw new StatusListMalformed('is not JSON in base64url');
  }
}

function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(credential: Json, name: 'validFrom' | 'validUntil'): Date {
  const time = new Date(textOf(credential[name]));
  if (Number.isNaN(time.getTime())) {
    throw new StatusListMalformed(`does not say "${name}"`);
  }
  return time;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new StatusListMalformed('has a part that is not base64');
  }
}

/** Refuses what is not written in its alphabet, padding included (RFC 7515, 2). */
function fromBase64Url(text: string): Uint8Array {
  if (!/^[\w-]*$/.test(text)) {
    throw new StatusListMalformed('has a part that is not base64url');
  }
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

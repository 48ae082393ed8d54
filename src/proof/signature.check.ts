import { toHex } from '../kernel/index.js';
import { signerNameOf, type Certificate } from './certificate.js';
import { readCms, type CmsSignature } from './cms.js';
import { sameBytes } from './der.js';
import { SignatureMalformed } from './proof.errors.js';
import { checkTimestamp } from './timestamp.js';
import { fails, holds, notApplicable, unknown, type Fact } from './verdict.js';
import { chainFrom, digestOfParts, hasDigest, isSignedBy, leadsTo, type Subtle } from './verify-signature.js';

/** Where a PDF says that its signature stands, as byte offsets in the file. */
export type SignaturePlace = {
  /** /ByteRange: two pairs of start and length. */
  readonly byteRange: readonly number[];
  /** Of the `<` of /Contents, and behind its `>`. */
  readonly contentsAt: number;
  readonly contentsEnd: number;
};

/** Whose signatures are believed. With neither, nothing can be said. */
export type SignatureTrust = {
  /** SHA-256 of the certificates that are registered with the issuer, lower-case hex. When given, it alone decides. */
  readonly registered?: readonly string[];
  /** DER of authorities: who signs with a certificate of theirs is believed, when nobody could say what is registered. */
  readonly authorities?: readonly Uint8Array[];
  /** DER of what certificates may be sent along with; believed for nothing. */
  readonly intermediates?: readonly Uint8Array[];
  /** When the document was issued: the certificate must have been in force. */
  readonly issuedAt?: Date;
};

/**
 * Is this file signed by its issuer, as a whole? `issued` is the issued revision and nothing behind it; `place` is null when
 * it has no signature. Never throws on bytes, whatever they are.
 */
export async function checkPdfSignature(
  issued: Uint8Array,
  place: SignaturePlace | null,
  trust: SignatureTrust,
  subtle: Subtle = globalThis.crypto.subtle,
): Promise<Fact> {
  if (place === null) {
    return notApplicable('signature', 'not-signed');
  }
  const { contentsAt, contentsEnd } = place;
  if (!coversAll(issued, place)) {
    return fails('signature', 'not-whole');
  }
  const cms = hexBytes(issued.subarray(contentsAt + 1, contentsEnd - 1));
  if (cms === null) {
    return fails('signature', 'malformed');
  }
  const signed = [issued.subarray(0, contentsAt), issued.subarray(contentsEnd)];
  return checkSignature(await digestOfParts(subtle, 'SHA-256', signed), cms, trust, subtle);
}

/** Everything but /Contents is signed: the range begins with the file, leaves out that value alone, and ends with the file. */
function coversAll(issued: Uint8Array, { byteRange, contentsAt, contentsEnd }: SignaturePlace): boolean {
  const expected = [0, contentsAt, contentsEnd, issued.length - contentsEnd];
  return (
    byteRange.length === 4 &&
    expected.every((value, index) => Number.isSafeInteger(value) && value >= 0 && byteRange[index] === value) &&
    contentsEnd > contentsAt + 1 &&
    issued[contentsAt] === 0x3c &&
    issued[contentsEnd - 1] === 0x3e
  );
}

/** Null when there is anything but pairs of lower-case digits, which is how they are written here. */
function hexBytes(digits: Uint8Array): Uint8Array | null {
  if (digits.length % 2 !== 0) {
    return null;
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const high = LOWER_HEX[digits[2 * index] ?? 0] ?? NO_DIGIT;
    const low = LOWER_HEX[digits[2 * index + 1] ?? 0] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT) {
      return null;
    }
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

const NO_DIGIT = 0xff;

/** By byte: what it is worth as a lower-case hexadecimal digit, or `NO_DIGIT`. */
const LOWER_HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(byte));
  return value < 0 ? NO_DIGIT : value;
});

/** The same over the SHA-256 of what is signed, and the bytes of the signature with the room behind it. */
export async function checkSignature(
  digest: Uint8Array,
  contents: Uint8Array,
  trust: SignatureTrust,
  subtle: Subtle = globalThis.crypto.subtle,
): Promise<Fact> {
  try {
    const cms = readCms(contents);
    return (await problemOf(cms, digest, subtle)) ?? (await judgeSigner(cms, trust, subtle));
  } catch (error) {
    if (error instanceof SignatureMalformed) {
      return fails('signature', 'malformed');
    }
    throw error;
  }
}

/** What is wrong with the signature itself, whoever made it. */
async function problemOf(cms: CmsSignature, digest: Uint8Array, subtle: Subtle): Promise<Fact | null> {
  const { signer, messageDigest, certificateDigest, signedAttributes: data, signature, scheme } = cms;
  if (cms.content !== undefined || messageDigest.algorithm !== 'SHA-256' || certificateDigest === undefined) {
    return fails('signature', 'malformed');
  }
  if (!sameBytes(messageDigest.value, digest)) {
    return fails('signature', 'digest-mismatch');
  }
  if (!(await hasDigest(subtle, signer.der, certificateDigest))) {
    return fails('signature', 'certificate-mismatch');
  }
  const isGenuine = await isSignedBy(subtle, { data, signature, scheme, by: signer.publicKey });
  return isGenuine ? null : fails('signature', 'not-genuine');
}

/** Whose signature it is. Throws `SignatureMalformed` when something was sent along that nothing vouches for. */
async function judgeSigner(cms: CmsSignature, trust: SignatureTrust, subtle: Subtle): Promise<Fact> {
  const { signer: leaf, certificates, scheme } = cms;
  const known = [...(trust.authorities ?? []), ...(trust.intermediates ?? [])];
  const chain = await chainFrom(subtle, { leaf, others: certificates.filter((one) => one !== leaf), known });
  if (chain === null) {
    return fails('signature', 'malformed');
  }
  const fingerprint = toHex(new Uint8Array(await subtle.digest('SHA-256', Uint8Array.from(leaf.der))));
  const signer = signerNameOf(leaf);
  const detail = { fingerprint, signer, algorithm: scheme, ...(await timestampOf(cms, known, subtle)) };
  if (!mayHaveSigned(leaf, trust.issuedAt)) {
    return fails('signature', 'certificate-not-in-force', detail);
  }
  const isKnown = await isBelieved(chain, fingerprint, trust, subtle);
  if (isKnown === null) {
    return unknown('signature', 'certificate-not-asked', detail);
  }
  return isKnown ? holds('signature', 'holds', detail) : fails('signature', 'certificate-unknown', detail);
}

async function timestampOf(
  { signature, timestampToken }: CmsSignature,
  known: readonly Uint8Array[],
  subtle: Subtle,
): Promise<{ timestamp?: string }> {
  if (timestampToken === undefined) {
    return {};
  }
  return { timestamp: (await checkTimestamp(timestampToken, signature, { subtle, known })).at.toISOString() };
}

/** Null when there is nothing to believe. */
async function isBelieved(
  chain: readonly Certificate[],
  fingerprint: string,
  { registered, authorities }: SignatureTrust,
  subtle: Subtle,
): Promise<boolean | null> {
  if (registered !== undefined) {
    return registered.includes(fingerprint);
  }
  return authorities === undefined ? null : leadsTo(subtle, chain, authorities);
}

function mayHaveSigned({ keyUsage, notBefore, notAfter }: Certificate, at: Date | undefined): boolean {
  return keyUsage?.signsDocuments !== false && (at === undefined || (at >= notBefore && at <= notAfter));
}

import { joinBytes } from '../kernel/index.js';
import { readCertificate, type Certificate, type PublicKey, type SignatureScheme } from './certificate.js';
import type { Digest, DigestName } from './cms.js';
import { DER, DerReader, sameBytes } from './der.js';
import { SignatureMalformed } from './proof.errors.js';

/** WebCrypto, as browsers and Node have it. */
export type Subtle = Pick<typeof globalThis.crypto.subtle, 'digest' | 'importKey' | 'verify'> & {
  /** `digest` of parts as if they were one. Without it they are put together, which takes their room again. */
  readonly digestOfParts?: (algorithm: DigestName, parts: readonly Uint8Array[]) => Promise<ArrayBuffer>;
};

/** The digest of parts that follow one another. */
export async function digestOfParts(
  subtle: Subtle,
  algorithm: DigestName,
  parts: readonly Uint8Array[],
): Promise<Uint8Array> {
  if (subtle.digestOfParts !== undefined) {
    return new Uint8Array(await subtle.digestOfParts(algorithm, parts));
  }
  return new Uint8Array(await subtle.digest(algorithm, joinBytes(parts)));
}

type Signed = {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  readonly scheme: SignatureScheme | 'other';
  readonly by: PublicKey;
};

const COORDINATE_BYTES = { 'P-256': 32, 'P-384': 48 } as const;

/** Is it a signature of this key over these bytes? False, too, for kinds of keys and signatures that are not known here. */
export async function isSignedBy(subtle: Subtle, { data, signature, scheme, by }: Signed): Promise<boolean> {
  if (scheme === 'other' || by.kind === 'other' || (by.kind === 'RSA') !== scheme.startsWith('RS')) {
    return false;
  }
  const hash = `SHA-${scheme.slice(2)}`;
  const algorithm =
    by.kind === 'RSA' ? { name: 'RSASSA-PKCS1-v1_5', hash } : { name: 'ECDSA', hash, namedCurve: by.kind };
  try {
    const raw = by.kind === 'RSA' ? signature : rawEcdsa(signature, COORDINATE_BYTES[by.kind]);
    const key = await subtle.importKey('spki', new Uint8Array(by.spki), algorithm, false, ['verify']);
    return await subtle.verify(algorithm, key, new Uint8Array(raw), new Uint8Array(data));
  } catch {
    // A key that is no point of its curve, numbers that do not fit: nobody signed this.
    return false;
  }
}

/** r and s, each `width` bytes, from their DER sequence. Throws `SignatureMalformed`. */
export function rawEcdsa(signature: Uint8Array, width: number): Uint8Array {
  const outer = new DerReader(signature);
  const numbers = outer.enter(DER.sequence);
  outer.end();
  const raw = new Uint8Array(2 * width);
  for (const place of [width, 2 * width]) {
    const digits = positive(numbers.expect(DER.integer).content);
    raw.set(digits, place - digits.length);
  }
  numbers.end();
  return raw;
}

/** Without the sign byte; refuses a number that could be written shorter. */
function positive(content: Uint8Array): Uint8Array {
  const [first = 0x80, second = 0] = content;
  if (first >= 0x80 || (first === 0 && second < 0x80)) {
    throw new SignatureMalformed('has a number that DER does not write');
  }
  return first === 0 ? content.subarray(1) : content;
}

export async function hasDigest(subtle: Subtle, bytes: Uint8Array, { algorithm, value }: Digest): Promise<boolean> {
  return sameBytes(new Uint8Array(await subtle.digest(algorithm, new Uint8Array(bytes))), value);
}

/**
 * The certificates from `leaf` upwards, each signed by the next one, which may sign certificates. Null when nothing vouches
 * for the bytes of one of `others`: it is no part of the chain, or it is the top and neither signed by itself nor one of
 * `known` or signed by one of them.
 */
export async function chainFrom(
  subtle: Subtle,
  { leaf, others, known }: { leaf: Certificate; others: readonly Certificate[]; known: readonly Uint8Array[] },
): Promise<readonly Certificate[] | null> {
  const chain = [leaf];
  const left = new Set(others);
  let top = leaf;
  for (let above = await issuerAmong(subtle, top, left); above !== undefined;) {
    left.delete(above);
    chain.push(above);
    top = above;
    above = await issuerAmong(subtle, top, left);
  }
  const isVouchedFor = top === leaf || (await isIssuedBy(subtle, top, top)) || (await leadsTo(subtle, chain, known));
  return left.size === 0 && isVouchedFor ? chain : null;
}

/** Does the chain end in one of these, or in what one of these signed? */
export async function leadsTo(
  subtle: Subtle,
  chain: readonly Certificate[],
  authorities: readonly Uint8Array[],
): Promise<boolean> {
  const top = chain[chain.length - 1];
  for (const authority of authorities.map((der) => readCertificate(der))) {
    if (top !== undefined && (sameBytes(top.der, authority.der) || (await isIssuedBy(subtle, top, authority)))) {
      return true;
    }
  }
  return false;
}

async function issuerAmong(
  subtle: Subtle,
  certificate: Certificate,
  others: ReadonlySet<Certificate>,
): Promise<Certificate | undefined> {
  for (const other of others) {
    if (await isIssuedBy(subtle, certificate, other)) {
      return other;
    }
  }
  return undefined;
}

type Answers = WeakMap<Uint8Array, WeakMap<Uint8Array, Promise<boolean>>>;

/**
 * Who signed whom, by the bytes of both, as it was found out; forgotten with the certificates. What one implementation of
 * WebCrypto has answered is nothing that another one said: each is asked for itself.
 */
const issuedBy = new WeakMap<Subtle, Answers>();

function isIssuedBy(subtle: Subtle, certificate: Certificate, authority: Certificate): Promise<boolean> {
  const answers: Answers = issuedBy.get(subtle) ?? new WeakMap();
  const known = answers.get(certificate.der) ?? new WeakMap<Uint8Array, Promise<boolean>>();
  const answer = known.get(authority.der) ?? askIssuedBy(subtle, certificate, authority);
  known.set(authority.der, answer);
  answers.set(certificate.der, known);
  issuedBy.set(subtle, answers);
  return answer;
}

async function askIssuedBy(subtle: Subtle, certificate: Certificate, authority: Certificate): Promise<boolean> {
  const maySign = authority.isAuthority && authority.keyUsage?.signsCertificates !== false;
  const { signedPart: data, signature, scheme } = certificate;
  return (
    maySign &&
    sameBytes(certificate.issuer, authority.subject) &&
    (await isSignedBy(subtle, { data, signature, scheme, by: authority.publicKey }))
  );
}

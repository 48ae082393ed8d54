import { OID, readCms, readDigestName, type CmsSignature, type Digest } from './cms.js';
import { DER, DerReader, timeOf } from './der.js';
import { SignatureMalformed } from './proof.errors.js';
import { chainFrom, hasDigest, isSignedBy, type Subtle } from './verify-signature.js';

/** What a time-stamping authority says (TSTInfo, RFC 3161, 2.4.2). */
export type Timestamp = {
  /** Of the bytes that existed at `at`. */
  readonly imprint: Digest;
  readonly at: Date;
  /** INTEGER, as bytes; absent when the authority was given none. */
  readonly nonce?: Uint8Array;
  readonly cms: CmsSignature;
};

/** Reads a token and judges nothing. Throws `SignatureMalformed`. */
export function readTimestamp(token: Uint8Array): Timestamp {
  const cms = readCms(token, OID.timestampInfo);
  const info = new DerReader(cms.content ?? new Uint8Array()).enter(DER.sequence);
  info.expect(DER.integer);
  info.objectId();
  const stamped = info.enter(DER.sequence);
  const algorithm = readDigestName(stamped.expect(DER.sequence));
  const imprint = { algorithm, value: stamped.expect(DER.octetString).content };
  info.expect(DER.integer);
  const at = timeOf(info.expect(DER.generalizedTime));
  info.optional(DER.sequence);
  info.optional(DER.boolean);
  const nonce = info.optional(DER.integer)?.content;
  return { imprint, at, cms, ...(nonce === undefined ? {} : { nonce }) };
}

/**
 * Reads a token and answers it when it is a sound time stamp over `stamped`, by the certificate inside it; whether that
 * authority is to be believed is the reader's to say. `known` are certificates (DER) that its chain may end in. Throws `SignatureMalformed` when it is not.
 */
export async function checkTimestamp(
  token: Uint8Array,
  stamped: Uint8Array,
  { subtle = globalThis.crypto.subtle, known = [] }: { subtle?: Subtle; known?: readonly Uint8Array[] } = {},
): Promise<Timestamp> {
  const timestamp = readTimestamp(token);
  const { content, ...cms } = timestamp.cms;
  const isSound =
    content !== undefined &&
    cms.timestampToken === undefined &&
    (await hasDigest(subtle, stamped, timestamp.imprint)) &&
    (await hasDigest(subtle, content, cms.messageDigest)) &&
    (await isSoundlySigned(cms, known, subtle));
  if (!isSound) {
    throw new SignatureMalformed('has a time stamp that is not one over it');
  }
  return timestamp;
}

async function isSoundlySigned(cms: CmsSignature, known: readonly Uint8Array[], subtle: Subtle): Promise<boolean> {
  const { signer: leaf, certificates, certificateDigest, scheme, signature, signedAttributes: data } = cms;
  const others = certificates.filter((one) => one !== leaf);
  return (
    certificateDigest !== undefined &&
    (await hasDigest(subtle, leaf.der, certificateDigest)) &&
    (await isSignedBy(subtle, { data, signature, scheme, by: leaf.publicKey })) &&
    (await chainFrom(subtle, { leaf, others, known })) !== null
  );
}

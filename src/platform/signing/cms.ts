import { createHash } from 'node:crypto';
import { readCertificate } from '../../proof/index.js';
import { SHA256, SIGNATURE_ALGORITHMS } from './algorithms.js';
import { context, element, integer, objectId, octetString, sequence, setOf } from './der.js';
import type { SigningKey } from './signing-key.js';
import type { TimestampAuthority } from './timestamp-authority.js';

const DATA = objectId('1.2.840.113549.1.7.1');
const SIGNED_DATA = objectId('1.2.840.113549.1.7.2');
const CONTENT_TYPE = objectId('1.2.840.113549.1.9.3');
const MESSAGE_DIGEST = objectId('1.2.840.113549.1.9.4');
const SIGNING_CERTIFICATE_V2 = objectId('1.2.840.113549.1.9.16.2.47');
const TIMESTAMP_TOKEN = objectId('1.2.840.113549.1.9.16.2.14');

/** What is the same in each signature. */
const VERSION = integer(1);
const ATTRIBUTE_OF_TYPE = attribute(CONTENT_TYPE, DATA);
const HEAD: readonly Uint8Array[] = [VERSION, setOf(SHA256), sequence(DATA)];

/** What is the same in each signature of one key. */
type Constants = { readonly certificates: Uint8Array; readonly signer: Uint8Array; readonly certificateId: Uint8Array };

const constantsOf = new WeakMap<SigningKey, Constants>();

/**
 * A detached CAdES signature of PAdES baseline level B-B (ETSI EN 319 142-1, 6.3), or B-T with `timestamp`: content type,
 * message digest and signing certificate are signed. The signing time is not among them: in a PDF it stands in the
 * signature dictionary. `messageDigest` is the SHA-256 of what is signed. Throws `CannotSignNow`.
 */
export async function makeCms(
  messageDigest: Uint8Array,
  key: SigningKey,
  timestamp?: TimestampAuthority,
): Promise<Uint8Array> {
  const constants = constantsFor(key);
  const attributes = [
    ATTRIBUTE_OF_TYPE,
    attribute(MESSAGE_DIGEST, octetString(messageDigest)),
    constants.certificateId,
  ];
  const signed = setOf(...attributes);
  const signature = await key.sign(signed);
  const token = timestamp === undefined ? [] : [await timestamp.stamp(signature)];
  const signerInfo = sequence(
    VERSION,
    constants.signer,
    SHA256,
    element(0xa0, contentOf(signed)),
    SIGNATURE_ALGORITHMS[key.algorithm],
    octetString(signature),
    ...token.map((bytes) => context(1, attribute(TIMESTAMP_TOKEN, bytes))),
  );
  return sequence(SIGNED_DATA, context(0, sequence(...HEAD, constants.certificates, setOf(signerInfo))));
}

function constantsFor(key: SigningKey): Constants {
  const known = constantsOf.get(key);
  if (known !== undefined) {
    return known;
  }
  const [own = new Uint8Array()] = key.certificates;
  const { issuer, serial } = readCertificate(own);
  const digest = createHash('sha256').update(own).digest();
  const constants = {
    certificates: context(0, ...key.certificates),
    signer: sequence(issuer, serial),
    // ESSCertIDv2 with its default, SHA-256 (RFC 5035, 4).
    certificateId: attribute(SIGNING_CERTIFICATE_V2, sequence(sequence(sequence(octetString(digest))))),
  };
  constantsOf.set(key, constants);
  return constants;
}

function attribute(type: Uint8Array, value: Uint8Array): Uint8Array {
  return sequence(type, setOf(value));
}

/** Without the tag and length in front. */
function contentOf(set: Uint8Array): Uint8Array {
  const lengthOctets = (set[1] ?? 0) < 0x80 ? 1 : 1 + ((set[1] ?? 0) & 0x7f);
  return set.subarray(1 + lengthOctets);
}

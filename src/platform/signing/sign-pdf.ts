import { createHash } from 'node:crypto';
import { readCertificate } from '../../proof/index.js';
import { makeCms } from './cms.js';
import { SignatureTooLong } from './signing.errors.js';
import type { SigningKey } from './signing-key.js';
import type { TimestampAuthority } from './timestamp-authority.js';
import { BYTE_RANGE_PLACEHOLDER, type SignaturePlaces, type UnsignedPdf } from './unsigned-pdf.js';

/** Small differences between certificates are not to give different templates. */
const ROOM_STEP = 256;
/** Everything but certificates, their issuer's name, signature and time stamp takes less. */
const FRAME_BYTES = 320;
/** An RSA signature of 4096 bits; ECDSA takes 72. */
const LONGEST_SIGNATURE = 512;
/** Tokens of public authorities, their certificates included, have up to 7 KB. */
const TIMESTAMP_BYTES = 8_192;

/** How many bytes a file has to keep for a signature of `key`: the same number for the same certificates. */
export function signatureRoom(key: SigningKey, { isStamped = false }: { readonly isStamped?: boolean } = {}): number {
  const certificates = key.certificates.reduce((sum, { length }) => sum + length, 0);
  const signature = key.algorithm === 'ES256' ? 72 : LONGEST_SIGNATURE;
  const { issuer } = readCertificate(key.certificates[0] ?? new Uint8Array());
  const needed = certificates + issuer.length + signature + FRAME_BYTES + (isStamped ? TIMESTAMP_BYTES : 0);
  return Math.ceil(needed / ROOM_STEP) * ROOM_STEP;
}

/**
 * The same file with /ByteRange and /Contents filled (ISO 32000-2, 12.8.1): everything but the value of /Contents is
 * signed. With a key that signs deterministically and without a time stamp, the same file gives the same bytes.
 * Takes the bytes over: what it answers are those of `unsigned`, which cannot be signed a second time. When it throws they are as
 * they were, and it can be tried again. Throws `SignatureTooLong` and `CannotSignNow`, and an ordinary error when the file has no places or they are not
 * where they are said to be.
 */
export async function signPdf(
  unsigned: UnsignedPdf,
  key: SigningKey,
  { timestamp }: { readonly timestamp?: TimestampAuthority | undefined } = {},
): Promise<Uint8Array> {
  if (unsigned.places === undefined) {
    throw new Error('The file keeps no place for a signature: copies are not signed');
  }
  const { buffer, byteOffset, length } = unsigned.bytes;
  const file = Buffer.from(buffer, byteOffset, length);
  const { byteRangeAt } = unsigned.places;
  const { contentsAt, contentsEnd } = checkedPlaces(file, unsigned.places);
  const range = `[0 ${contentsAt} ${contentsEnd} ${length - contentsEnd}]`;
  file.write(range.padEnd(BYTE_RANGE_PLACEHOLDER.length), byteRangeAt, 'latin1');
  try {
    const digest = createHash('sha256')
      .update(file.subarray(0, contentsAt))
      .update(file.subarray(contentsEnd))
      .digest();
    const cms = await makeCms(digest, key, timestamp);
    const room = (contentsEnd - contentsAt - 2) / 2;
    if (cms.length > room) {
      throw new SignatureTooLong(cms.length, room);
    }
    file.write(Buffer.from(cms).toString('hex'), contentsAt + 1, 'latin1');
    return file;
  } catch (error) {
    file.write(BYTE_RANGE_PLACEHOLDER, byteRangeAt, 'latin1');
    throw error;
  }
}

function checkedPlaces(
  file: Buffer,
  { byteRangeAt, contentsAt }: SignaturePlaces,
): { contentsAt: number; contentsEnd: number } {
  const byteRangeEnd = byteRangeAt + BYTE_RANGE_PLACEHOLDER.length;
  if (file.toString('latin1', byteRangeAt, byteRangeEnd) !== BYTE_RANGE_PLACEHOLDER) {
    throw new Error(`There is no placeholder for /ByteRange at byte ${byteRangeAt}`);
  }
  const contentsEnd = file.indexOf('>', contentsAt) + 1;
  const inside = file.subarray(contentsAt + 1, contentsEnd - 1);
  if (file[contentsAt] !== 0x3c || inside.length < 2 || inside.length % 2 !== 0 || !isZeros(inside)) {
    throw new Error(`There is no placeholder for /Contents at byte ${contentsAt}`);
  }
  return { contentsAt, contentsEnd };
}

/** Compared with what was compared before: looking at each digit took as long as all the rest here. */
let zeros = Buffer.alloc(0);

function isZeros(digits: Buffer): boolean {
  if (zeros.length !== digits.length) {
    zeros = Buffer.alloc(digits.length, '0');
  }
  return digits.equals(zeros);
}

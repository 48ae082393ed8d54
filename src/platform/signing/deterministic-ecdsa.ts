import { createECDH, createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { sequence, unsigned } from './der.js';

/** Order of the group of P-256 (FIPS 186-5; SP 800-186, 3.2.1.3). */
const ORDER = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;
const BYTES = 32;

/** What a signature is made of, before its s is the lower of two. */
type Parts = { readonly nonce: Buffer; readonly r: bigint; readonly s: bigint };

/**
 * ECDSA on P-256 with SHA-256 whose nonce follows from key and message (RFC 6979), so that the same document gets the same
 * signature. The point multiplication is OpenSSL's, in constant time; the arithmetic modulo the order is blinded by a random
 * factor that cancels out, because BigInt takes longer for some values than for others.
 */
export class DeterministicEcdsa {
  private readonly secret: bigint;
  private readonly secretBytes: Buffer;
  private readonly curve = createECDH('prime256v1');

  /** `key`: a private key on P-256. */
  constructor(key: KeyObject) {
    this.secretBytes = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
    this.secret = numberOf(this.secretBytes);
  }

  /**
   * The signature of SHA-256(`data`), as DER; of s and order − s it takes the lower. Throws when a fault has spoilt it: such a
   * signature would be anchored for ever, and with a second one for the same data gives the key away.
   */
  sign(data: Uint8Array): Uint8Array {
    const digest = digestOf(data);
    for (const nonce of nonces(this.secretBytes, digest)) {
      const r = this.xOfMultiple(nonce);
      const blind = randomFactor();
      const s = mod(blindedProduct(blind, { digest, r, secret: this.secret }) * inverse(mod(blind * numberOf(nonce))));
      if (r !== 0n && s !== 0n) {
        this.requireUnspoilt({ nonce, r, s }, data);
        return sequence(unsigned(bytesOf(r)), unsigned(bytesOf(s > ORDER / 2n ? ORDER - s : s)));
      }
    }
    throw new Error('The generator of nonces ended');
  }

  /**
   * Finds the same by other ways: r from the opposite of the nonce, whose multiple of the generator has the same x, and
   * s · k = z + r · d without a division, with the data hashed and the key read from its bytes once more. Whatever one fault
   * spoils (a multiplication, the inverse, the digest, a copy of the key) makes the two disagree; a spoilt nonce is a nonce
   * like another. To verify with the public key tells no more, and takes four times as long.
   */
  private requireUnspoilt({ nonce, r, s }: Parts, data: Uint8Array): void {
    const k = numberOf(nonce);
    const blind = randomFactor();
    const product = blindedProduct(blind, { digest: digestOf(data), r, secret: numberOf(this.secretBytes) });
    if (this.xOfMultiple(bytesOf(ORDER - k)) !== r || mod(s * mod(blind * k)) !== product) {
      throw new Error('A signature was spoilt while it was made');
    }
  }

  /** The x coordinate of `scalar` times the generator, modulo the order. */
  private xOfMultiple(scalar: Buffer): bigint {
    this.curve.setPrivateKey(scalar);
    return mod(numberOf(this.curve.getPublicKey().subarray(1, 1 + BYTES)));
  }
}

/** z + r · d, multiplied by `blind`. */
function blindedProduct(
  blind: bigint,
  { digest, r, secret }: { readonly digest: Buffer; readonly r: bigint; readonly secret: bigint },
): bigint {
  return mod(mod(blind * numberOf(digest)) + r * mod(blind * secret));
}

/** From 1 on. */
function randomFactor(): bigint {
  return mod(numberOf(randomBytes(BYTES))) | 1n;
}

function digestOf(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

/** RFC 6979, 3.2: HMAC-DRBG seeded with the key and the digest; almost always the first one serves. */
function* nonces(secret: Buffer, digest: Buffer): Generator<Buffer> {
  const seed = Buffer.concat([secret, bytesOf(mod(numberOf(digest)))]);
  let key: Buffer = Buffer.alloc(BYTES);
  let value: Buffer = Buffer.alloc(BYTES, 1);
  for (const step of [0, 1]) {
    key = hmac(key, value, Uint8Array.of(step), seed);
    value = hmac(key, value);
  }
  for (;;) {
    value = hmac(key, value);
    const candidate = numberOf(value);
    if (candidate > 0n && candidate < ORDER) {
      yield value;
    }
    key = hmac(key, value, Uint8Array.of(0));
    value = hmac(key, value);
  }
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const mac = createHmac('sha256', key);
  for (const part of parts) {
    mac.update(part);
  }
  return mac.digest();
}

/**
 * Extended Euclid by Lehmer's way (Knuth, The Art of Computer Programming, 4.5.2, algorithm L): the leading bits alone, which
 * a double holds, decide many steps, and those are then taken at once. `value` MUST NOT be 0.
 */
function inverse(value: bigint): bigint {
  let [a, b] = [ORDER, value];
  // a = x · value and b = y · value, modulo the order.
  let [x, y] = [0n, 1n];
  while (b !== 0n) {
    const [i, j, k, l] = stepsOf(a, b);
    [a, b] = [i * a + j * b, k * a + l * b];
    [x, y] = [i * x + j * y, k * x + l * y];
  }
  return mod(x);
}

type Steps = readonly [bigint, bigint, bigint, bigint];

/** So few that quotients of doubles are never rounded to the next whole number. */
const LEADING_BITS = 46;
const LARGEST_FACTOR = 2 ** 22;

/** Steps of Euclid's from a > b, as the matrix that takes them: as many as the leading bits are sure of, or the next one. */
function stepsOf(a: bigint, b: bigint): Steps {
  const shift = BigInt(Math.max(0, 4 * a.toString(16).length - LEADING_BITS));
  let [p, q] = [Number(a >> shift), Number(b >> shift)];
  let [i, j, k, l] = [1, 0, 0, 1];
  while (q + k !== 0 && q + l !== 0) {
    const quotient = Math.floor((p + i) / (q + k));
    const [nextK, nextL] = [i - quotient * k, j - quotient * l];
    const isSure = quotient === Math.floor((p + j) / (q + l));
    if (!isSure || Math.max(Math.abs(nextK), Math.abs(nextL)) > LARGEST_FACTOR) {
      break;
    }
    [i, j, k, l] = [k, l, nextK, nextL];
    [p, q] = [q, p - quotient * q];
  }
  return j === 0 ? [0n, 1n, 1n, -(a / b)] : [BigInt(i), BigInt(j), BigInt(k), BigInt(l)];
}

function mod(value: bigint): bigint {
  const rest = value % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * BYTES, '0'), 'hex');
}

import { createECDH, createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { sequence, unsigned } from './der.js';

/** Order of the group of P-256 (FIPS 186-5; SP 800-186, 3.2.1.3). */
const ORDER = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n;
const BYTES = 32;

/**
 * ECDSA on P-256 with SHA-256 whose nonce follows from key and message (RFC 6979), so that the same document gets the same
 * signature. The point multiplication is OpenSSL's, in constant time; the arithmetic modulo the order is blinded by a random
 * factor that cancels out, because BigInt takes longer for some values than for others.
 */
export class DeterministicEcdsa {
  private readonly secret: bigint;
  private readonly secretBytes: Buffer;

  /** `key`: a private key on P-256. */
  constructor(key: KeyObject) {
    this.secretBytes = Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
    this.secret = numberOf(this.secretBytes);
  }

  /** The signature of SHA-256(`data`), as DER; of s and order − s it takes the lower. */
  sign(data: Uint8Array): Uint8Array {
    const digest = createHash('sha256').update(data).digest();
    for (const nonce of nonces(this.secretBytes, digest)) {
      const r = mod(xOfMultiple(nonce));
      const s = this.proofOf(r, numberOf(nonce), numberOf(digest));
      if (r !== 0n && s !== 0n) {
        return sequence(unsigned(bytesOf(r)), unsigned(bytesOf(s > ORDER / 2n ? ORDER - s : s)));
      }
    }
    throw new Error('The generator of nonces ended');
  }

  /** s = (z + r·d) / k, with numerator and denominator multiplied by the same random number. */
  private proofOf(r: bigint, k: bigint, z: bigint): bigint {
    const blind = mod(numberOf(randomBytes(BYTES))) | 1n;
    const numerator = mod(mod(blind * z) + r * mod(blind * this.secret));
    return mod(numerator * inverse(mod(blind * k)));
  }
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

/** The x coordinate of `scalar` times the generator. */
function xOfMultiple(scalar: Buffer): bigint {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(scalar);
  return numberOf(curve.getPublicKey().subarray(1, 1 + BYTES));
}

/** Extended Euclid. */
function inverse(value: bigint): bigint {
  let [a, b] = [value, ORDER];
  let [x, y] = [1n, 0n];
  while (a !== 0n) {
    const quotient = b / a;
    [a, b] = [b - quotient * a, a];
    [x, y] = [y - quotient * x, x];
  }
  return mod(y);
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

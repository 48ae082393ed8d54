import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync, verify, type ECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DeterministicEcdsa } from './deterministic-ecdsa.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** RFC 6979, A.2.5: P-256 with SHA-256. */
const rfcKey = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    d: base64url('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721'),
    x: base64url('60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6'),
    y: base64url('7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299'),
  },
});
const RFC_VECTORS = [
  {
    message: 'sample',
    r: 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n,
    s: 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n,
  },
  {
    message: 'test',
    r: 0xf1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367n,
    s: 0x019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083n,
  },
];

describe('DeterministicEcdsa', () => {
  it.each(RFC_VECTORS)('signs "$message" as RFC 6979 does, with the lower s', ({ message, r, s }) => {
    const signature = new DeterministicEcdsa(rfcKey).sign(Buffer.from(message));
    expect(numbersOf(signature)).toEqual([r, s > ORDER / 2n ? ORDER - s : s]);
  });

  it('makes what OpenSSL accepts, the same each time and another for another message', () => {
    for (let round = 0; round < 200; round += 1) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const signer = new DeterministicEcdsa(privateKey);
      const message = Buffer.from(`发票 ${round}`);
      const signature = signer.sign(message);
      expect(verify('sha256', message, createPublicKey(privateKey), signature)).toBe(true);
      expect(new DeterministicEcdsa(privateKey).sign(message)).toEqual(signature);
      expect(signer.sign(Buffer.from('other'))).not.toEqual(signature);
    }
  });

  it('finds the inverse of whatever nonce comes: its own check passes', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signer = new DeterministicEcdsa(privateKey);
    const messages = Array.from({ length: 5_000 }, (_, index) => Buffer.from(`发票 ${index}`));
    expect(new Set(messages.map((message) => Buffer.from(signer.sign(message)).toString('hex'))).size).toBe(5_000);
  });

  it.each([
    ['one copy of the key', (signer: object) => Reflect.set(signer, 'secret', 5n)],
    ['the other copy', (signer: object) => Reflect.set(signer, 'secretBytes', Buffer.alloc(32, 7))],
    ['a multiplication', (signer: object) => Reflect.set(signer, 'curve', faultyCurve())],
  ])('throws rather than give away what a fault in %s has spoilt', (_, spoil) => {
    const signer = new DeterministicEcdsa(rfcKey);
    spoil(signer);
    expect(() => signer.sign(Buffer.from('sample'))).toThrow('spoilt');
  });

  it('notices data that changed while they were signed', () => {
    const signer = new DeterministicEcdsa(rfcKey);
    const data = Buffer.from('sample');
    const multiply = signer['xOfMultiple'].bind(signer);
    Reflect.set(signer, 'xOfMultiple', (scalar: Buffer) => {
      data[0] = 0;
      return multiply(scalar);
    });
    expect(() => signer.sign(data)).toThrow('spoilt');
  });
});

/** The first point that it finds has one bit wrong. */
function faultyCurve(): ECDH {
  const curve = createECDH('prime256v1');
  const point = curve.getPublicKey.bind(curve) as () => Buffer;
  let fault = 1;
  Reflect.set(curve, 'getPublicKey', () => {
    const bytes = point();
    bytes[9] = (bytes[9] ?? 0) ^ fault;
    fault = 0;
    return bytes;
  });
  return curve;
}

function numbersOf(der: Uint8Array): bigint[] {
  const bytes = Buffer.from(der);
  const rEnd = 4 + (bytes[3] ?? 0);
  return [bytes.subarray(4, rEnd), bytes.subarray(rEnd + 2)].map((part) => BigInt(`0x${part.toString('hex')}`));
}

function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

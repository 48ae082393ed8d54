import { createCipheriv, createPrivateKey, scryptSync, X509Certificate, type KeyObject } from 'node:crypto';
import type { IdSource } from '../../kernel/index.js';
import { integer, objectId, octetString, sequence } from './der.js';
import { CertificateRefused } from './signing.errors.js';

/** A key with its certificates as one PEM file holds them. */
export type KeyFile = { readonly privateKey?: KeyObject; readonly certificates: readonly Uint8Array[] };

/** RFC 7914, 2: cost, block size, parallelism. 16 MB, which is what OpenSSL opens without being asked. */
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;
const PBES2 = '1.2.840.113549.1.5.13';
const SCRYPT_ID = '1.3.6.1.4.1.11591.4.11';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';

/**
 * Key and certificates as PEM: the key as EncryptedPrivateKeyInfo (PKCS#8, RFC 5958) under PBES2 with scrypt and AES-256,
 * which `openssl pkey` reads as well; then the certificates, the key's own first.
 */
export function writeKeyFile({ privateKey, certificates }: KeyFile, passphrase: string, ids: IdSource): string {
  const key = privateKey === undefined ? [] : [pem('ENCRYPTED PRIVATE KEY', encrypted(privateKey, passphrase, ids))];
  return [...key, ...certificates.map((der) => pem('CERTIFICATE', der))].join('');
}

function encrypted(key: KeyObject, passphrase: string, ids: IdSource): Uint8Array {
  const [salt, iv] = [ids.bytes(16), ids.bytes(16)];
  const { N, r, p } = SCRYPT;
  const cipher = createCipheriv('aes-256-cbc', scryptSync(passphrase, salt, 32, { N, r, p }), iv);
  const plain = key.export({ format: 'der', type: 'pkcs8' });
  const derivation = sequence(objectId(SCRYPT_ID), sequence(octetString(salt), integer(N), integer(r), integer(p)));
  const encryption = sequence(objectId(AES_256_CBC), octetString(iv));
  return sequence(
    sequence(objectId(PBES2), sequence(derivation, encryption)),
    octetString(Buffer.concat([cipher.update(plain), cipher.final()])),
  );
}

/** Reads what `writeKeyFile` wrote, or what an operator put together. Throws `CertificateRefused`. */
export function readKeyFile(text: string, passphrase: string): KeyFile {
  const [key] = /-----BEGIN (?:ENCRYPTED |EC |RSA )?PRIVATE KEY-----[^-]+-----END [A-Z ]+-----/.exec(text) ?? [];
  const certificates = readCertificates(text);
  return { certificates, ...(key === undefined ? {} : { privateKey: openKey(key, passphrase) }) };
}

/** The certificates of a PEM file in their order, DER. Throws `CertificateRefused` when one of them is none. */
export function readCertificates(text: string): Uint8Array[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return found.map((one) => new X509Certificate(one).raw);
  } catch {
    throw new CertificateRefused('What stands between BEGIN CERTIFICATE and END CERTIFICATE is no certificate');
  }
}

function openKey(key: string, passphrase: string): KeyObject {
  try {
    return createPrivateKey({ key, passphrase });
  } catch {
    throw new CertificateRefused('The private key cannot be opened: it was altered, or the passphrase is another one');
  }
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

import { generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { DirectorySigningKeys } from './directory-signing-keys.js';
import type { KeyFile } from './key-file.js';
import { CertificateRefused } from './signing.errors.js';
import type { BareKey, SignatureAlgorithm, SigningKey } from './signing-key.js';
import { bareKey, softwareKey } from './software-key.js';

const RSA_BITS = 3_072;

/** The name of the file of a key whose certificate has not come yet. */
const waiting = (issuerId: string): string => `${issuerId}.next`;

/** Keys in files beside their certificates, encrypted. */
export class FileSigningKeys extends DirectorySigningKeys {
  override newKey(issuerId: string, algorithm: SignatureAlgorithm): Promise<BareKey> {
    const { privateKey, publicKey } =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
    this.directory.write(waiting(issuerId), { privateKey, certificates: [] });
    return Promise.resolve({ ...bareKey(privateKey), publicKey });
  }

  override async install(issuerId: string, certificates: readonly Uint8Array[], privateKey?: KeyObject): Promise<void> {
    const [own = new Uint8Array()] = certificates;
    const names = privateKey === undefined ? [waiting(issuerId), issuerId] : [];
    const files = await Promise.all(names.map((name) => this.directory.read(name)));
    const candidates = [privateKey, ...files.map((file) => file?.privateKey)].filter((key) => key !== undefined);
    const key = candidates.find((candidate) => new X509Certificate(own).checkPrivateKey(candidate));
    if (key === undefined) {
      throw new CertificateRefused(
        'The first certificate belongs to no key of this issuer: give its key, or ask for a certificate with "request-certificate"',
      );
    }
    softwareKey(key, certificates);
    this.directory.write(issuerId, { privateKey: key, certificates });
    this.directory.remove(waiting(issuerId));
  }

  protected override keyFor(_issuerId: string, { privateKey, certificates }: KeyFile): Promise<SigningKey | undefined> {
    return Promise.resolve(privateKey === undefined ? undefined : softwareKey(privateKey, certificates));
  }
}

import { X509Certificate, type KeyObject } from 'node:crypto';
import type { Clock } from '../../kernel/index.js';
import { DirectorySigningKeys } from './directory-signing-keys.js';
import type { KeyDirectory } from './key-directory.js';
import type { KeyFile } from './key-file.js';
import type { Pkcs11Token } from './pkcs11-token.js';
import { CertificateRefused, SigningKeyUnusable } from './signing.errors.js';
import type { BareKey, SignatureAlgorithm, SigningKey } from './signing-key.js';

/**
 * Keys in a hardware module; their certificates in files. A key pair's label (CKA_LABEL) is the issuer's id, and its CKA_ID
 * is its own; keys are made with the module's tools and never leave it.
 */
export class Pkcs11SigningKeys extends DirectorySigningKeys {
  constructor(
    directory: KeyDirectory,
    clock: Clock,
    private readonly token: Pkcs11Token,
  ) {
    super(directory, clock);
  }

  /** A key pair with the issuer's label that has no certificate here yet. Throws `SigningKeyUnusable` when there is none. */
  override async newKey(issuerId: string, algorithm: SignatureAlgorithm): Promise<BareKey> {
    const [own] = (await this.directory.read(issuerId))?.certificates ?? [];
    const keys = await this.token.keysOf(issuerId);
    const free = keys.find((key) => key.algorithm === algorithm && (own === undefined || !isOf(own, key)));
    if (free === undefined) {
      const reason = `the hardware module holds no ${algorithm} key pair with the label ${issuerId} that waits for a certificate; make one with its tools`;
      throw new SigningKeyUnusable(issuerId, reason);
    }
    return free;
  }

  override async install(issuerId: string, certificates: readonly Uint8Array[], privateKey?: KeyObject): Promise<void> {
    if (privateKey !== undefined) {
      throw new CertificateRefused('The keys are in a hardware module: bring this one there with its tools');
    }
    if ((await this.keyFor(issuerId, { certificates })) === undefined) {
      throw new CertificateRefused(
        `The first certificate belongs to no key pair with the label ${issuerId} in the hardware module`,
      );
    }
    this.directory.write(issuerId, { certificates });
  }

  protected override async keyFor(issuerId: string, { certificates }: KeyFile): Promise<SigningKey | undefined> {
    const [own = new Uint8Array()] = certificates;
    const key = (await this.token.keysOf(issuerId)).find((one) => isOf(own, one));
    return key === undefined ? undefined : { algorithm: key.algorithm, certificates, sign: key.sign };
  }
}

function isOf(certificate: Uint8Array, { publicKey }: BareKey): boolean {
  return new X509Certificate(certificate).publicKey.equals(publicKey);
}

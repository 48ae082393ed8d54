import { generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import type { Clock } from '../../kernel/index.js';
import { readCertificate } from '../../proof/index.js';
import type { KeyDirectory } from './key-directory.js';
import { CannotSignNow, CertificateRefused, SigningKeyMissing, SigningKeyUnusable } from './signing.errors.js';
import { SigningKeys, type BareKey, type SignatureAlgorithm, type SigningKey } from './signing-key.js';
import { bareKey, softwareKey } from './software-key.js';

/** How long a file is believed to be as it was. */
const LOOK_AGAIN_MS = 2_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const RSA_BITS = 3_072;

/** The name of the file of a key whose certificate has not come yet. */
const waiting = (issuerId: string): string => `${issuerId}.next`;

type Known = { readonly key: SigningKey; readonly state: string | null; readonly lookedAt: number };

/** Keys in files. A file that another process replaces is noticed after two seconds. */
export class FileSigningKeys extends SigningKeys {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly directory: KeyDirectory,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Throws `SigningKeyMissing`, or `SigningKeyUnusable` when the file cannot be opened or its certificate is not in force. */
  override async forIssuer(issuerId: string): Promise<SigningKey> {
    const now = this.clock.now();
    const key = await this.current(issuerId, now.getTime());
    requireInForce(issuerId, key, now);
    return key;
  }

  override async newKey(issuerId: string, algorithm: SignatureAlgorithm): Promise<BareKey> {
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

  private async current(issuerId: string, now: number): Promise<SigningKey> {
    const known = this.known.get(issuerId);
    if (known !== undefined && now - known.lookedAt < LOOK_AGAIN_MS) {
      return known.key;
    }
    try {
      const state = UUID.test(issuerId) ? await this.directory.stateOf(issuerId) : null;
      const isAsBefore = known !== undefined && known.state === state;
      const key = isAsBefore ? known.key : await this.load(issuerId, state);
      this.known.set(issuerId, { key, state, lookedAt: now });
      return key;
    } catch (error) {
      this.known.delete(issuerId);
      throw unusable(issuerId, error);
    }
  }

  private async load(issuerId: string, state: string | null): Promise<SigningKey> {
    const file = state === null ? null : await this.directory.read(issuerId);
    if (file?.privateKey === undefined || file.certificates.length === 0) {
      throw new SigningKeyMissing(issuerId);
    }
    return softwareKey(file.privateKey, file.certificates);
  }
}

/** What kept a key from being used, as an operator should read it. */
export function unusable(issuerId: string, error: unknown): Error {
  if (error instanceof CannotSignNow || !(error instanceof Error)) {
    return error as Error;
  }
  const isExpected = error instanceof CertificateRefused || 'code' in error;
  return isExpected ? new SigningKeyUnusable(issuerId, error.message) : error;
}

/** A signature made outside the time of its certificate is worth nothing, so none is made. Throws `SigningKeyUnusable`. */
export function requireInForce(issuerId: string, { certificates }: SigningKey, now: Date): void {
  const [own] = certificates;
  const { notBefore, notAfter } = readCertificate(own ?? new Uint8Array());
  if (now < notBefore || now > notAfter) {
    const days = `${notBefore.toISOString().slice(0, 10)} to ${notAfter.toISOString().slice(0, 10)}`;
    throw new SigningKeyUnusable(issuerId, `its certificate is in force from ${days} only; renew it`);
  }
}

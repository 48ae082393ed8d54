import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../kernel/index.js';
import { readCertificate } from '../../proof/index.js';
import type { KeyDirectory } from './key-directory.js';
import type { KeyFile } from './key-file.js';
import { CannotSignNow, CertificateRefused, SigningKeyMissing, SigningKeyUnusable } from './signing.errors.js';
import { SigningKeys, type BareKey, type SignatureAlgorithm, type SigningKey } from './signing-key.js';

/** How long a file is believed to be as it was. */
const LOOK_AGAIN_MS = 2_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Known = { readonly key: SigningKey; readonly state: string | null; readonly lookedAt: number };

/** Issuers' certificates in files of one directory. A file that another process replaces is noticed after two seconds. */
export abstract class DirectorySigningKeys extends SigningKeys {
  private readonly known = new Map<string, Known>();

  constructor(
    protected readonly directory: KeyDirectory,
    private readonly clock: Clock,
  ) {
    super();
  }

  abstract override newKey(issuerId: string, algorithm: SignatureAlgorithm): Promise<BareKey>;
  abstract override install(
    issuerId: string,
    certificates: readonly Uint8Array[],
    privateKey?: KeyObject,
  ): Promise<void>;

  /** The key that the first certificate of `file` belongs to; undefined when it is not here. */
  protected abstract keyFor(issuerId: string, file: KeyFile): Promise<SigningKey | undefined>;

  /** Throws `SigningKeyMissing`, or `SigningKeyUnusable` when the file cannot be opened or its certificate is not in force. */
  override async forIssuer(issuerId: string): Promise<SigningKey> {
    const now = this.clock.now();
    const key = await this.current(issuerId, now.getTime());
    requireInForce(issuerId, key, now);
    return key;
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
    const isComplete = file !== null && file.certificates.length > 0;
    const key = isComplete ? await this.keyFor(issuerId, file) : undefined;
    if (key === undefined) {
      throw new SigningKeyMissing(issuerId);
    }
    return key;
  }
}

/** What kept a key from being used, as an operator should read it. */
function unusable(issuerId: string, error: unknown): Error {
  if (error instanceof CannotSignNow || !(error instanceof Error)) {
    return error as Error;
  }
  const isExpected = error instanceof CertificateRefused || 'code' in error;
  return isExpected ? new SigningKeyUnusable(issuerId, error.message) : error;
}

/** A signature made outside the time of its certificate is worth nothing, so none is made. Throws `SigningKeyUnusable`. */
function requireInForce(issuerId: string, { certificates }: SigningKey, now: Date): void {
  const [own] = certificates;
  const { notBefore, notAfter } = readCertificate(own ?? new Uint8Array());
  if (now < notBefore || now > notAfter) {
    const days = `${notBefore.toISOString().slice(0, 10)} to ${notAfter.toISOString().slice(0, 10)}`;
    throw new SigningKeyUnusable(issuerId, `its certificate is in force from ${days} only; renew it`);
  }
}

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, IdSource } from '../../kernel/index.js';
import { readCertificate } from '../../proof/index.js';
import { readKeyFile, writeKeyFile, type KeyFile } from './key-file.js';
import { CannotSignNow, CertificateRefused, SigningKeyMissing, SigningKeyUnusable } from './signing.errors.js';
import { SigningKeys, type SigningKey } from './signing-key.js';
import { softwareKey } from './software-key.js';

/** How long a file is believed to be as it was. */
const LOOK_AGAIN_MS = 2_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** One PEM file for each issuer in one directory, which only the workers' account can read. */
export class KeyDirectory {
  constructor(
    readonly path: string,
    private readonly passphrase: string,
    private readonly ids: IdSource,
  ) {}

  /** Null when there is none. Throws `CertificateRefused` when it cannot be opened. */
  async read(name: string): Promise<KeyFile | null> {
    const text = await readFile(this.fileOf(name), 'utf8').catch(nullWhenMissing);
    return text === null ? null : readKeyFile(text, this.passphrase);
  }

  /** Replaces the file as a whole: a reader sees the one before, or this one. */
  write(name: string, file: KeyFile): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const target = this.fileOf(name);
    const half = `${target}.${this.ids.uuid()}`;
    writeFileSync(half, writeKeyFile(file, this.passphrase, this.ids), { mode: 0o600, flag: 'wx', flush: true });
    renameSync(half, target);
  }

  /** Tells one state of the file from another; null when there is none. */
  async stateOf(name: string): Promise<string | null> {
    const found = await stat(this.fileOf(name)).catch(nullWhenMissing);
    return found === null ? null : `${found.ino}:${found.mtimeMs}:${found.size}`;
  }

  private fileOf(name: string): string {
    return join(this.path, `${name}.pem`);
  }
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') {
    return null;
  }
  throw error;
}

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

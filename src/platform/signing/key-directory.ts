import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdSource } from '../../kernel/index.js';
import { readKeyFile, writeKeyFile, type KeyFile } from './key-file.js';

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

  remove(name: string): void {
    rmSync(this.fileOf(name), { force: true });
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

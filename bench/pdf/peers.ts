import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Committed; what is run is a copy beside the packages it needs, so that those are nobody's who does not run the bench. */
const SOURCES = join('bench', 'pdf', 'peers');
export const PEERS = join('.chopmark', 'bench-pdf', 'peers');

/** Throws what npm said when the packages cannot be installed. */
export function installPeers(): void {
  mkdirSync(PEERS, { recursive: true });
  cpSync(SOURCES, PEERS, { recursive: true });
  if (!isInstalled()) {
    console.log('Installing what ours is compared with …');
    const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: PEERS,
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new Error(`The peers of the bench could not be installed:\n${stderr}`);
    }
  }
}

/** Compares the versions that npm wrote down with those of the lock file. */
function isInstalled(): boolean {
  const present = join(PEERS, 'node_modules', '.package-lock.json');
  return existsSync(present) && versionsIn(present) === versionsIn(join(PEERS, 'package-lock.json'));
}

function versionsIn(lockFile: string): string {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Record<string, { version?: string }> };
  const versions = Object.entries(packages).filter(([path]) => path !== '');
  return JSON.stringify(versions.map(([path, { version }]) => [path, version]).sort());
}

export function versionOfPeer(packageName: string): string {
  const file = join(PEERS, 'node_modules', packageName, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findCommand } from './embedded/commands.js';
import { isRoot } from './embedded/postgres-account.js';

/** What the tests take from the system, and how to see that it is there, whoever put it there. */
const PRESENT = {
  'redis-server': () => findCommand('redis-server', 'valkey-server') !== null,
  'poppler-utils': () => ['pdftotext', 'pdfinfo', 'pdfsig'].every((name) => findCommand(name) !== null),
  qpdf: () => findCommand('qpdf') !== null,
  openssl: () => findCommand('openssl') !== null,
  'libnss3-tools': () => findCommand('certutil') !== null,
  opensc: () => findCommand('pkcs11-tool') !== null,
  softhsm2: () => findCommand('softhsm2-util') !== null,
  chromium: () => findCommand('chromium') !== null,
  // Java, Maven and Python run the checkers of PDFs that Debian does not have.
  'default-jdk-headless': () => findCommand('javac') !== null,
  maven: () => findCommand('mvn') !== null,
  'python3-venv': () => spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0,
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
} as const;

export type DebianPackage = keyof typeof PRESENT;
const TEST_PACKAGES = Object.keys(PRESENT) as DebianPackage[];

export function missingPackages(wanted: readonly DebianPackage[] = TEST_PACKAGES): DebianPackage[] {
  return wanted.filter((name) => !PRESENT[name]());
}

/**
 * Installs what is missing where that is possible (root on Debian) and tells what is missing still, aloud. With CI=true
 * nothing may be missing, because a skipped test there would go unseen.
 */
export function ensureDebianPackages(wanted: readonly DebianPackage[] = TEST_PACKAGES): DebianPackage[] {
  const absent = missingPackages(wanted);
  if (absent.length > 0 && isRoot() && findCommand('apt-get') !== null) {
    console.log(`Installing Debian packages: ${absent.join(', ')}`);
    withoutStartingServices(() => {
      aptGet('update');
      aptGet('install', '-y', '--no-install-recommends', ...absent);
    });
  }
  const stillMissing = missingPackages(wanted);
  if (stillMissing.length > 0 && process.env['CI'] === 'true') {
    throw new Error(`CI must have these Debian packages, and they could not be installed: ${stillMissing.join(', ')}`);
  }
  if (stillMissing.length > 0) {
    console.warn(
      `SKIPPED ALOUD: the tests that need ${stillMissing.join(', ')} (install: apt-get install -y ${stillMissing.join(' ')})`,
    );
  }
  return stillMissing;
}

/** Speaks only when it fails. */
function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0) {
    console.warn(`apt-get ${args.join(' ')} failed:\n${stdout.slice(-1_000)}${stderr}`);
  }
}

const POLICY = '/usr/sbin/policy-rc.d';

/** The package of a server would start it as a system service; 101 is Debian's word for "not allowed". */
function withoutStartingServices(work: () => void): void {
  if (existsSync(POLICY)) {
    work();
    return;
  }
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(POLICY, { force: true });
  }
}

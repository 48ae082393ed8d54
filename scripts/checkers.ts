import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findCommand, isExecutable } from './embedded/commands.js';

/**
 * Programs of others that judge our PDFs in the tests, and that Debian does not have: veraPDF and the European Commission's
 * Digital Signature Service (Maven), and pyHanko (PyPI). Their versions are pinned under `test/checkers`. They are kept in
 * the user's cache, in a folder named by the digest of what they are made from, so a change of a pin is another folder.
 */
export type Checker = 'java-checkers' | 'pyhanko';

type Recipe = {
  /** Relative to the root of the repository. */
  readonly madeFrom: string;
  readonly suffixes: readonly string[];
  /** Puts everything into `folder`; null when it did, otherwise what went wrong. */
  readonly make: (folder: string) => string | null;
  readonly isPresent: (folder: string) => boolean;
};

const JAVA = join('test', 'checkers', 'java');
const PYTHON = join('test', 'checkers', 'python');

const RECIPES: Readonly<Record<Checker, Recipe>> = {
  'java-checkers': {
    madeFrom: JAVA,
    suffixes: ['pom.xml', '.java'],
    make: (folder) => {
      const pom = join(JAVA, 'pom.xml');
      return runQuietly('mvn', ['-q', '-B', '-f', pom, `-Dcheckers.folder=${folder}`, 'package']);
    },
    isPresent: (folder) => existsSync(join(folder, 'jars')) && findCommand('java') !== null,
  },
  pyhanko: {
    madeFrom: PYTHON,
    suffixes: ['requirements.txt'],
    make: (folder) =>
      runQuietly('python3', ['-m', 'venv', folder]) ??
      runQuietly(pythonIn(folder), ['-m', 'pip', 'install', '-q', '-r', join(PYTHON, 'requirements.txt')]),
    isPresent: (folder) => isExecutable(pythonIn(folder)),
  },
};

const CHECKERS = Object.keys(RECIPES) as Checker[];

/** Where a checker is, or will be. */
export function checkerFolder(checker: Checker): string {
  const { madeFrom, suffixes } = RECIPES[checker];
  const hash = createHash('sha256');
  const files = readdirSync(madeFrom, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files.filter((name) => suffixes.some((suffix) => name.endsWith(suffix)))) {
    hash.update(`${file}\n`).update(readFileSync(join(madeFrom, file)));
  }
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'chopmark', 'checkers', `${checker}-${hash.digest('hex').slice(0, 16)}`);
}

/** The class path that starts the checkers on Java. */
export const checkersClassPath = (): string => join(checkerFolder('java-checkers'), 'jars', '*');

/** The Python that can import pyHanko. */
export const checkersPython = (): string => pythonIn(checkerFolder('pyhanko'));

export function missingCheckers(): Checker[] {
  return CHECKERS.filter((checker) => !RECIPES[checker].isPresent(checkerFolder(checker)));
}

/**
 * Installs what is missing where that is possible and tells what is missing still, aloud. With CI=true nothing may be
 * missing, because a skipped test there would go unseen.
 */
export function ensureCheckers(): Checker[] {
  const reasons = missingCheckers().map((checker) => [checker, install(checker)] as const);
  for (const [checker, reason] of reasons) {
    if (reason !== null) {
      console.warn(`${checker} could not be installed:\n${reason}`);
    }
  }
  const stillMissing = missingCheckers();
  if (stillMissing.length > 0 && process.env['CI'] === 'true') {
    throw new Error(`CI must have these checkers, and they could not be installed: ${stillMissing.join(', ')}`);
  }
  if (stillMissing.length > 0) {
    console.warn(`SKIPPED ALOUD: the tests that need ${stillMissing.join(', ')}`);
  }
  return stillMissing;
}

/** Made beside its place and moved there when it is whole: an interrupted installation leaves nothing that looks complete. */
function install(checker: Checker): string | null {
  const folder = checkerFolder(checker);
  console.log(`Installing ${checker} into ${folder}`);
  mkdirSync(join(folder, '..'), { recursive: true });
  const making = mkdtempSync(`${folder}.part-`);
  const failure = RECIPES[checker].make(making);
  if (failure === null && !RECIPES[checker].isPresent(folder)) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  }
  rmSync(making, { recursive: true, force: true });
  return failure;
}

function pythonIn(folder: string): string {
  return join(folder, 'bin', 'python');
}

function runQuietly(command: string, args: readonly string[]): string | null {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error !== undefined) {
    return error.message;
  }
  return status === 0 ? null : `${command} ended with ${status ?? 'a signal'}:\n${stdout.slice(-2_000)}${stderr}`;
}

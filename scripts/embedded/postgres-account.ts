import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** Who runs the server. Null: whoever runs us. Postgres refuses root, so root lends it another account. */
export type Account = { readonly uid: number; readonly gid: number } | null;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The account for a new server: `postgres` where the machine has one, or else `nobody`. */
export function defaultAccount(): Account {
  if (!isRoot()) {
    return null;
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: numberOf('-u', name), gid: numberOf('-g', name) };
    } catch {
      // This machine has no such account.
    }
  }
  throw new Error('Postgres does not run as root, and this machine has neither a `postgres` nor a `nobody` account.');
}

function numberOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** Existing data is served by its owner, whoever started the project first. */
export function accountOf(data: string, otherwise: Account): Account {
  if (!existsSync(data)) {
    return otherwise;
  }
  const { uid, gid } = statSync(data);
  if (isRoot()) {
    return uid === 0 ? otherwise : { uid, gid };
  }
  if (uid !== process.getuid?.()) {
    throw new Error(`${data} belongs to another user: start as that user, or move it away to begin anew.`);
  }
  return null;
}

/** Asks the system itself, because modes, owners and access lists all have a say. */
export function canEnter(account: Account, directory: string): boolean {
  return passesTest(account, '-x', directory);
}

export function canRead(account: Account, file: string): boolean {
  return passesTest(account, '-r', file);
}

function passesTest(account: Account, test: '-x' | '-r', path: string): boolean {
  return spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...account, cwd: '/' }).status === 0;
}

/** Runs a command to its end and gives what it said; throws with that when it fails. */
export function runAs(account: Account, command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' };
    const child = spawn(command, args, { ...account, cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) {
        resolve(said);
      } else {
        reject(new Error(`${command} failed (${code ?? 'killed'}): ${said.trim()}`));
      }
    });
  });
}

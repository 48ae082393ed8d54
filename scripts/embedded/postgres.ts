import { randomBytes } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { endWithParent } from './end-with-parent.js';
import { freePort } from './free-port.js';
import { runAs } from './postgres-account.js';
import { directoryForAccount, hasDatabase, postgresPlace, readPort, writeForAccount } from './postgres-place.js';
import type { PostgresPlace } from './postgres-place.js';
import { isRunning } from './process-identity.js';
import { waitUntil } from './wait-until.js';

export type PostgresOptions = {
  /** Kept from start to start. As root it may end up elsewhere: see `RunningPostgres.dataDirectory`. */
  readonly dataDirectory: string;
  /** Taken when it is free; otherwise the port of last time, otherwise any. */
  readonly port?: number;
  /** More server settings, such as `fsync: 'off'` for tests. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
};

export type RunningPostgres = {
  /** Superuser `chopmark`, owner of the database `chopmark`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDirectory: string;
  /** Fast shutdown: sessions are ended, nothing committed is lost. */
  stop(): Promise<void>;
};

const NAME = 'chopmark';
const SETTINGS = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200' };

/** Starts the server on its data, made at the first start; stops one that an earlier start has left behind. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log = () => undefined, settings = {} } = options;
  const place = postgresPlace(options.dataDirectory);
  await stopLeftoverServer(place, log);
  if (!hasDatabase(place)) {
    log('Making a new Postgres database');
    await initialise(place, settings['fsync'] === 'off');
  }
  const preferred = [...(options.port === undefined ? [] : [options.port]), ...readPort(place.portFile)];
  const port = await startServer(place, preferred, { ...SETTINGS, ...settings });
  writeFileSync(place.portFile, `${port}\n`);
  const pid = serverPid(place.data);
  if (pid === null) {
    throw new Error(`Postgres has started and ended again, see ${place.logFile}`);
  }
  const guard = endWithParent({ target: pid, signal: 'INT' });
  const password = readFileSync(place.passwordFile, 'utf8').trim();
  const url = `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`;
  await ensureDatabase(url);
  const stop = async (): Promise<void> => {
    await stopServer(place, pid);
    guard.release();
  };
  return { url, port, pid, dataDirectory: place.data, stop };
}

/** Made under another name and then renamed, so that a half-made database is never taken for a whole one. */
async function initialise(place: PostgresPlace, isThrowaway: boolean): Promise<void> {
  const password = randomBytes(24).toString('hex');
  writeFileSync(place.passwordFile, password, { mode: 0o600 });
  const unfinished = `${place.data}.unfinished`;
  const passwordForInitdb = `${place.data}.initdb-password`;
  rmSync(unfinished, { recursive: true, force: true });
  directoryForAccount(place.account, unfinished);
  writeForAccount(place.account, passwordForInitdb, password);
  try {
    await runAs(place.account, place.binaries.initdb, [
      ...['-D', unfinished, '--username', NAME, '--pwfile', passwordForInitdb],
      ...['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--auth=scram-sha-256'],
      ...['--no-instructions', ...(isThrowaway ? ['--no-sync'] : [])],
    ]);
  } finally {
    rmSync(passwordForInitdb, { force: true });
  }
  rmSync(place.data, { recursive: true, force: true });
  renameSync(unfinished, place.data);
}

const PASSING_TROUBLE = /pre-existing shared memory block|could not bind|Address already in use/;

/** Tries again when a port was snatched away, or while orphans of a killed server are still dying. */
async function startServer(
  place: PostgresPlace,
  preferred: readonly number[],
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort({ preferred });
    const flags = Object.entries({ ...settings, port: String(port) }).map(([name, value]) => `-c ${name}=${value}`);
    writeForAccount(place.account, place.logFile, '');
    try {
      const start = ['start', '-w', '-t', '60', '-D', place.data, '-l', place.logFile, '-o', flags.join(' ')];
      await runAs(place.account, place.binaries.pgCtl, start);
      return port;
    } catch (error) {
      const said = readFileSync(place.logFile, 'utf8').slice(-2_000);
      if (attempt === 10 || !PASSING_TROUBLE.test(said)) {
        throw new Error(`Postgres does not start: ${said}`, { cause: error });
      }
      await sleep(500);
    }
  }
}

/**
 * A pid file outlives SIGKILL, and Postgres refuses to start while its number belongs to anything, a zombie included.
 * Taking it away is safe only when no process of the killed server works in the data any more, so that is waited for.
 */
async function stopLeftoverServer(place: PostgresPlace, log: (line: string) => void): Promise<void> {
  const pid = serverPid(place.data);
  if (pid === null) {
    return;
  }
  if (isServerOf(pid, place.data)) {
    log('Stopping a Postgres that an earlier start has left behind');
    await stopServer(place, pid);
    return;
  }
  if (existsSync(PROCESSES)) {
    await waitUntil(
      `no process of an earlier Postgres works in ${place.data}`,
      () => workersIn(place.data).length === 0,
    );
    rmSync(join(place.data, 'postmaster.pid'), { force: true });
  }
}

function serverPid(data: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

const PROCESSES = '/proc/self/cwd';

/** A Postgres server works in its data directory. Where the system cannot tell, a running process is taken for it. */
function isServerOf(pid: number, data: string): boolean {
  return isRunning(pid) && (!existsSync(PROCESSES) || worksIn(String(pid), realpathSync(data)));
}

function workersIn(data: string): string[] {
  const directory = realpathSync(data);
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && worksIn(pid, directory));
}

function worksIn(pid: string, directory: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    return false;
  }
}

async function stopServer({ account, binaries, data }: PostgresPlace, pid: number): Promise<void> {
  try {
    await runAs(account, binaries.pgCtl, ['stop', '-w', '-t', '60', '-m', 'fast', '-D', data]);
  } catch (error) {
    if (isRunning(pid)) {
      throw error;
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const administration = new URL(url);
  administration.pathname = '/postgres';
  const client = new Client({ connectionString: administration.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [NAME]);
    if (rowCount === 0) {
      await client.query(`create database ${NAME}`);
    }
  } finally {
    await client.end();
  }
}

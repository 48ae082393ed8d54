import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres } from '../../../scripts/embedded/postgres.js';
import type { RunningPostgres } from '../../../scripts/embedded/postgres.js';
import { isRunning } from '../../../scripts/embedded/process-identity.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';

describe('the embedded Postgres', () => {
  let home: string;
  let dataDirectory: string;
  const started: RunningPostgres[] = [];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'chopmark-embedded-'));
    chmodSync(home, 0o711);
    dataDirectory = join(home, 'postgres');
  });

  afterEach(async () => {
    for (const server of started.splice(0)) {
      await server.stop();
    }
    rmSync(home, { recursive: true, force: true });
  });

  const start = async (port?: number): Promise<RunningPostgres> => {
    const server = await startPostgres({
      dataDirectory,
      settings: { fsync: 'off' },
      ...(port === undefined ? {} : { port }),
    });
    started.push(server);
    return server;
  };

  it('offers a superuser, 200 connections, UTF-8 and the extensions that we build on', async () => {
    const { url } = await start();
    const [row] = await query(
      url,
      `select current_user, current_database(), current_setting('is_superuser') as superuser,
              current_setting('max_connections') as connections, current_setting('server_encoding') as encoding,
              lower('É') as lowered, uuidv7() is not null as has_uuidv7,
              (select count(*)::int from pg_available_extensions where name in ('pgcrypto', 'pg_trgm')) as extensions`,
    );
    expect(row).toEqual({
      current_user: 'chopmark',
      current_database: 'chopmark',
      superuser: 'on',
      connections: '200',
      encoding: 'UTF8',
      lowered: 'é',
      has_uuidv7: true,
      extensions: 2,
    });
  });

  it('keeps data, password and port from start to start', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('keeps its password from everybody else', async () => {
    const { url } = await start();
    expect(statSync(join(home, 'postgres.password')).mode & 0o777).toBe(0o600);
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed');
  });

  it('moves to another port when its own is taken, and remembers that', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    const second = await start(first.port);
    squatter.close();
    expect(second.port).not.toBe(first.port);
    await second.stop();
    expect((await start()).port).toBe(second.port);
  });

  it('starts again after SIGKILL with all that was committed', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    await waitUntil('it is gone', () => !isRunning(first.pid));
    expect(existsSync(join(first.dataDirectory, 'postmaster.pid'))).toBe(true);
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts again when the number in a stale pid file belongs to another process today', async () => {
    const first = await start();
    const pidFile = join(first.dataDirectory, 'postmaster.pid');
    const stale = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, stale.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('stops a server that an earlier start has left behind, and takes over its data', async () => {
    const leftover = await start();
    await query(leftover.url, 'create table kept as select 42 as answer');
    const successor = await start();
    expect(isRunning(leftover.pid)).toBe(false);
    expect(await query(successor.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('begins anew when the first start was cut off before the database was whole', async () => {
    await (await start()).stop();
    rmSync(dataDirectory, { recursive: true });
    const { url } = await start();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  // A killed server ends the connection in its own way; what counts is the answer to the query.
  client.on('error', () => undefined);
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

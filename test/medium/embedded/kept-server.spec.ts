import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPostgres, type RunningPostgres } from '../../../scripts/embedded/postgres.js';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import { KeptServer } from '../../../scripts/launch/kept-server.js';

/** So long a server has to have run to be started again, and a little more. */
const LONG_ENOUGH_MS = 5_100;

describe('a server of npm start', () => {
  let home: string;
  let said: string[];
  let givenUp: number;
  let kept: KeptServer<RunningPostgres>;
  /** By something else, as soon as the server is gone. */
  let isPortWanted: boolean;
  let inTheWay: Server | undefined;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'chopmark-kept-'));
    chmodSync(home, 0o711);
    said = [];
    givenUp = 0;
    isPortWanted = false;
    kept = await KeptServer.start({
      name: 'PostgreSQL',
      start: async (port) => {
        if (port !== undefined && isPortWanted) {
          inTheWay = await occupy(port);
        }
        return startPostgres({ dataDirectory: join(home, 'postgres'), ...(port === undefined ? {} : { port }) });
      },
      say: (line) => said.push(line),
      giveUp: () => (givenUp += 1),
    });
  });

  afterEach(async () => {
    await kept.stop();
    inTheWay?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('is there again, where it was and with what it held, after it was killed', async () => {
    const { url, pid } = kept.server;
    await query(url, 'create table kept as select 7 as number');
    await pause(LONG_ENOUGH_MS);
    process.kill(pid, 'SIGKILL');
    await waitUntil('it runs again', () => kept.server.pid !== pid);
    expect(await query(url, 'select number from kept')).toEqual([{ number: 7 }]);
    expect(kept.server).toMatchObject({ url });
    expect(said.join(' ')).toMatch(/PostgreSQL \(process \d+\) ended by itself\. Starting PostgreSQL again …$/);
    expect(givenUp).toBe(0);
  });

  it('is given up, with a word why, when it ends soon after it was started', async () => {
    process.kill(kept.server.pid, 'SIGKILL');
    await waitUntil('it is given up', () => givenUp === 1);
    expect(said.at(-1)).toBe('It had only just been started, so it is not started again.');
  });

  it('is given up when something else has taken its place', async () => {
    const { port, pid } = kept.server;
    isPortWanted = true;
    await pause(LONG_ENOUGH_MS);
    process.kill(pid, 'SIGKILL');
    await waitUntil('it is given up', () => givenUp === 1);
    expect(said.at(-1)).toMatch(`PostgreSQL can not be had back: its port ${port} is in use by something else now`);
  });
});

async function occupy(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

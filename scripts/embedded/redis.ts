import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { startChild, stopLeftover } from './child.js';
import { findCommand } from './commands.js';
import { freePort } from './free-port.js';
import { waitUntil } from './wait-until.js';

export type RedisOptions = { readonly dataDirectory: string; readonly port?: number };
export type RunningRedis = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
};

/** A Redis or Valkey server on PATH, or null: no npm package ships one, and the product runs without. */
export function findRedis(): string | null {
  return findCommand('redis-server', 'valkey-server');
}

/** Jobs wait in here, so every write is logged and nothing is ever evicted. One server per data directory. */
export async function startRedis({ dataDirectory, port: preferred }: RedisOptions): Promise<RunningRedis> {
  const command = findRedis();
  if (command === null) {
    throw new Error('There is no redis-server or valkey-server on PATH: install one, or set REDIS_URL.');
  }
  const directory = resolve(dataDirectory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const recordFile = join(directory, 'redis.process.json');
  await stopLeftover(recordFile);
  const port = await freePort({ highest: 55_535, preferred: preferred === undefined ? [] : [preferred] });
  const logFile = join(directory, 'redis.log');
  const child = await startChild({
    command,
    args: serverArguments(directory, port),
    cwd: directory,
    output: { file: logFile },
    recordFile,
  });
  await waitUntil('Redis answers', () => answersPing(port), {
    hopeless: () => (child.ending() === null ? null : `it ended (${String(child.ending())}), see ${logFile}`),
  });
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid, stop: () => child.stop() };
}

function serverArguments(directory: string, port: number): string[] {
  const settings: Readonly<Record<string, string>> = {
    bind: '127.0.0.1',
    port: String(port),
    dir: directory,
    appendonly: 'yes',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/** PONG means loaded: while it still reads its log it answers `-LOADING`. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const answer = (isReady: boolean): void => {
      socket.destroy();
      resolve(isReady);
    };
    socket.setTimeout(1_000, () => {
      answer(false);
    });
    socket.once('data', (bytes) => {
      answer(bytes.toString().startsWith('+PONG'));
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}

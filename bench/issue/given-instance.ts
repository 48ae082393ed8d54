import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { postgresPlace } from '../../scripts/embedded/postgres-place.js';
import { runningPid } from '../../scripts/embedded/process-record.js';
import type { Instance } from '../../scripts/launch/instance.js';
import type { BenchInstance } from './instance.js';
import type { Part } from './process-usage.js';

/** An instance that `npm start` serves. Its worker draws while it is loaded, and stays as it is. */
export function openInstance(file: string): BenchInstance {
  const { baseUrl, rpcUrl, issuers } = JSON.parse(readFileSync(file, 'utf8')) as Instance;
  const home = dirname(file);
  return {
    baseUrl,
    rpcUrl,
    databaseUrl: process.env['DATABASE_URL'] ?? embeddedDatabase(home),
    parts: () => partsOf(home),
    issuers: (count) => {
      if (count > issuers.length) {
        console.log(`(This instance has ${issuers.length} issuers; asked for ${count}.)`);
      }
      return Promise.resolve(issuers.slice(0, count));
    },
    worker: null,
    profiler: null,
    stop: () => Promise.resolve(),
  };
}

function embeddedDatabase(home: string): string {
  const { passwordFile, portFile } = postgresPlace(join(home, 'postgres'));
  if (!existsSync(passwordFile)) {
    throw new Error(`Set DATABASE_URL: the checks read the database of the instance, and ${home} does not hold it.`);
  }
  const [password, port] = [passwordFile, portFile].map((file) => readFileSync(file, 'utf8').trim());
  return `postgres://chopmark:${password ?? ''}@127.0.0.1:${port ?? ''}/chopmark`;
}

/** The processes that run on this machine under this home; what runs elsewhere is not measured. */
function partsOf(home: string): Part[] {
  const records = {
    Redis: join(home, 'redis', 'redis.process.json'),
    anvil: join(home, 'chain.json.process.json'),
    API: join(home, 'main.pid'),
    worker: join(home, 'worker.pid'),
  };
  const parts = Object.entries(records).map(([name, file]) => ({ name, pid: runningPid(file) }));
  return [{ name: 'Postgres', pid: postmasterOf(home) }, ...parts].flatMap(({ name, pid }) =>
    pid === null ? [] : [{ name, pid }],
  );
}

function postmasterOf(home: string): number | null {
  try {
    return Number.parseInt(
      readFileSync(join(postgresPlace(join(home, 'postgres')).data, 'postmaster.pid'), 'utf8'),
      10,
    );
  } catch {
    return null;
  }
}

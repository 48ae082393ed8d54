import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { missingPackages } from '../../scripts/debian-packages.js';
import { startAnvil } from '../../scripts/embedded/anvil.js';
import { startPostgres } from '../../scripts/embedded/postgres.js';
import { findRedis, startRedis } from '../../scripts/embedded/redis.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser of a Postgres of this run; take a database of your own with `freshDatabase`. */
    databaseUrl: string;
    /** Null when this machine has no Redis; CI always has one. */
    redisUrl: string | null;
    chainRpcUrl: string;
    chainId: number;
    /** Debian packages that are not there (`qpdf`, `chromium`, …): skip what needs them, by name. */
    missingPackages: string[];
  }
}

type Service = { stop(): Promise<void> };
type Services = {
  readonly provided: import('vitest').ProvidedContext;
  readonly stopAll: () => Promise<void>;
};

/** Vitest loads this file once for each project; the services belong to the whole run. */
const registry = globalThis as { chopmarkTestServices?: { users: number; starting: Promise<Services> } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (registry.chopmarkTestServices ??= { users: 0, starting: startServices() });
  shared.users += 1;
  const { provided, stopAll } = await shared.starting;
  project.provide('databaseUrl', provided.databaseUrl);
  project.provide('redisUrl', provided.redisUrl);
  project.provide('chainRpcUrl', provided.chainRpcUrl);
  project.provide('chainId', provided.chainId);
  project.provide('missingPackages', provided.missingPackages);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) {
      delete registry.chopmarkTestServices;
      await stopAll();
    }
  };
}

async function startServices(): Promise<Services> {
  const home = mkdtempSync(join(tmpdir(), 'chopmark-test-'));
  // The account that root lends to Postgres passes through here.
  chmodSync(home, 0o711);
  const running: Service[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.stop()));
    rmSync(home, { recursive: true, force: true });
  };
  const keep = async <Running extends Service>(starting: Promise<Running>): Promise<Running> => {
    const service = await starting;
    running.push(service);
    return service;
  };
  try {
    const [postgres, redis, anvil] = await Promise.all([
      keep(startPostgres({ dataDirectory: join(home, 'postgres'), settings: FORGETFUL })),
      hasRedis() ? keep(startRedis({ dataDirectory: join(home, 'redis') })) : null,
      keep(startAnvil()),
    ]);
    const provided = {
      databaseUrl: postgres.url,
      redisUrl: redis?.url ?? null,
      chainRpcUrl: anvil.url,
      chainId: anvil.chainId,
      missingPackages: missingPackages(),
    };
    return { provided, stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Nothing here outlives the run, so nothing waits for a disk. */
const FORGETFUL = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

function hasRedis(): boolean {
  if (findRedis() !== null) {
    return true;
  }
  if (process.env['CI'] === 'true') {
    throw new Error('CI must have a redis-server: without it the tests of the Redis backend would pass unseen.');
  }
  console.warn('\n  SKIPPED ALOUD: no redis-server or valkey-server on PATH, so all that needs Redis is skipped.\n');
  return false;
}

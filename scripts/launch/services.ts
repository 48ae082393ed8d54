import { join } from 'node:path';
import { startAnvil } from '../embedded/anvil.js';
import { startPostgres } from '../embedded/postgres.js';
import { findRedis, startRedis } from '../embedded/redis.js';
import type { Say } from './say.js';

export type Services = {
  readonly databaseUrl: string;
  /** Empty: BullMQ keeps its jobs in Postgres. */
  readonly redisUrl: string;
  readonly chainRpcUrl: string;
  readonly chainIsEmbedded: boolean;
  /** In the reverse order of starting. */
  readonly stop: () => Promise<void>;
};

type Stoppable = { stop(): Promise<void> };

/** Starts the servers that no URL was given for. */
export async function startServices(home: string, environment: NodeJS.ProcessEnv, say: Say): Promise<Services> {
  const running: Stoppable[] = [];
  const keep = <Service extends Stoppable>(service: Service): Service => {
    running.push(service);
    return service;
  };
  const stop = async (): Promise<void> => {
    for (const service of running.reverse()) {
      await service.stop();
    }
  };
  try {
    const databaseUrl = environment['DATABASE_URL'] ?? (await embeddedPostgres(home, say, keep));
    const redisUrl = environment['REDIS_URL'] ?? (await embeddedRedis(home, say, keep));
    const given = environment['CHAIN_RPC_URL'];
    const chainRpcUrl = given ?? (await embeddedChain(home, say, keep));
    return { databaseUrl, redisUrl, chainRpcUrl, chainIsEmbedded: given === undefined, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Keep = <Service extends Stoppable>(service: Service) => Service;

async function embeddedPostgres(home: string, say: Say, keep: Keep): Promise<string> {
  const { url, port } = keep(await startPostgres({ dataDirectory: join(home, 'postgres'), port: 55_432 }));
  say(`PostgreSQL   embedded, 127.0.0.1:${port}`);
  return url;
}

async function embeddedRedis(home: string, say: Say, keep: Keep): Promise<string> {
  if (findRedis() === null) {
    say('Job queue    in PostgreSQL (no redis-server or valkey-server on PATH)');
    return '';
  }
  const { url, port } = keep(await startRedis({ dataDirectory: join(home, 'redis'), port: 55_379 }));
  say(`Job queue    Redis, 127.0.0.1:${port}`);
  return url;
}

async function embeddedChain(home: string, say: Say, keep: Keep): Promise<string> {
  const { url, chainId, port } = keep(await startAnvil({ stateFile: join(home, 'chain.json'), port: 8_545 }));
  say(`EVM chain    anvil, chain id ${chainId}, 127.0.0.1:${port}`);
  return url;
}

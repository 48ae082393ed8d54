import { join } from 'node:path';
import { startAnvil } from '../embedded/anvil.js';
import { startPostgres } from '../embedded/postgres.js';
import { findRedis, startRedis } from '../embedded/redis.js';
import { KeptServer } from './kept-server.js';
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

/** Where they keep their things, and whom they tell. */
type Household = { readonly home: string; readonly say: Say; readonly giveUp: () => void };
type Stoppable = { stop(): Promise<void> };
type Keep = <Service extends Stoppable>(service: Service) => Service;

/** Starts the servers that no URL was given for. `giveUp` is called when one has ended and can not be had back. */
export async function startServices(household: Household, environment: NodeJS.ProcessEnv): Promise<Services> {
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
    const databaseUrl = environment['DATABASE_URL'] ?? (await embeddedPostgres(household, keep));
    const redisUrl = environment['REDIS_URL'] ?? (await embeddedRedis(household, keep));
    const given = environment['CHAIN_RPC_URL'];
    const chainRpcUrl = given ?? (await embeddedChain(household, keep));
    return { databaseUrl, redisUrl, chainRpcUrl, chainIsEmbedded: given === undefined, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function embeddedPostgres({ home, ...told }: Household, keep: Keep): Promise<string> {
  const start = (port = 55_432) => startPostgres({ dataDirectory: join(home, 'postgres'), port });
  const { server } = keep(await KeptServer.start({ name: 'PostgreSQL', start, ...told }));
  told.say(`PostgreSQL   embedded, 127.0.0.1:${server.port}`);
  return server.url;
}

async function embeddedRedis({ home, ...told }: Household, keep: Keep): Promise<string> {
  if (findRedis() === null) {
    told.say('Job queue    in PostgreSQL (no redis-server or valkey-server on PATH)');
    return '';
  }
  const start = (port = 55_379) => startRedis({ dataDirectory: join(home, 'redis'), port });
  const { server } = keep(await KeptServer.start({ name: 'Redis', start, ...told }));
  told.say(`Job queue    Redis, 127.0.0.1:${server.port}`);
  return server.url;
}

async function embeddedChain({ home, ...told }: Household, keep: Keep): Promise<string> {
  const start = (port = 8_545) => startAnvil({ stateFile: join(home, 'chain.json'), port });
  const { server } = keep(await KeptServer.start({ name: 'anvil', start, ...told }));
  told.say(`EVM chain    anvil, chain id ${server.chainId}, 127.0.0.1:${server.port}`);
  return server.url;
}

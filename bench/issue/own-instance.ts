import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, OperatorDesk } from '../../src/composition/index.js';
import { loadSettings } from '../../src/platform/config/index.js';
import { startAnvil } from '../../scripts/embedded/anvil.js';
import { startChild, type Child } from '../../scripts/embedded/child.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { startPostgres } from '../../scripts/embedded/postgres.js';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { findRedis, startRedis } from '../../scripts/embedded/redis.js';
import { fundKeys } from '../../scripts/launch/chain-keys.js';
import { waitForHealth } from '../../scripts/launch/processes.js';
import { keepSecrets } from '../../scripts/launch/secrets.js';
import type { BenchInstance, BenchIssuer, WorkerControl } from './instance.js';
import { inventedIssuer } from './parties.js';
import type { Part } from './process-usage.js';
import { profilerOf, PROFILE_HOOK } from './profiler.js';

const SHUTDOWN_MS = 15_000;

type Server = { readonly pid: number; stop(): Promise<void> };

/** What has been started, to be stopped in the reverse order. */
class Household {
  readonly home = mkdtempSync(join(tmpdir(), 'chopmark-bench-'));
  private readonly members: { name: string; server: Server }[] = [];
  private readonly rooms = [this.home];

  constructor() {
    // The account that Postgres runs under when we are root has to pass through.
    chmodSync(this.home, 0o711);
  }

  add<S extends Server>(name: string, server: S): S {
    this.members.push({ name, server });
    return server;
  }

  async remove(server: Server): Promise<void> {
    const index = this.members.findIndex((member) => member.server === server);
    if (index !== -1) {
      this.members.splice(index, 1);
      await server.stop();
    }
  }

  alsoDelete(path: string): void {
    this.rooms.push(path);
  }

  parts(): Part[] {
    return this.members.map(({ name, server }) => ({ name, pid: server.pid }));
  }

  async end(): Promise<void> {
    for (const { server } of this.members.splice(0).reverse()) {
      await server.stop();
    }
    for (const room of this.rooms) {
      rmSync(room, { recursive: true, force: true });
    }
  }
}

/** Starts everything in a folder that is thrown away: Postgres as durable as ever, Redis when it is there, anvil, the API. */
export async function startOwnInstance(options: { readonly profile: boolean }): Promise<BenchInstance> {
  const household = new Household();
  try {
    return await furnish(household, options.profile);
  } catch (error) {
    await household.end();
    throw error;
  }
}

async function furnish(household: Household, profile: boolean): Promise<BenchInstance> {
  const { home } = household;
  const postgres = household.add('Postgres', await startPostgres({ dataDirectory: join(home, 'postgres') }));
  household.alsoDelete(postgres.dataDirectory);
  const redis =
    findRedis() === null ? null : household.add('Redis', await startRedis({ dataDirectory: join(home, 'redis') }));
  const anvil = household.add('anvil', await startAnvil({ stateFile: join(home, 'chain.json') }));
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const secrets = keepSecrets(join(home, 'secrets.json'));
  const environment = {
    DATABASE_URL: postgres.url,
    REDIS_URL: redis?.url ?? '',
    CHAIN_RPC_URL: anvil.url,
    CHAIN_ID: String(anvil.chainId),
    CHAIN_CONFIRMATIONS: '1',
    CHAIN_RELAYER_KEY: secrets.relayerKey,
    CHAIN_ADMIN_KEY: secrets.adminKey,
    MASTER_KEY: secrets.masterKey,
    SIGNING_KEY_DIRECTORY: join(home, 'signing-keys'),
    ANCHOR_BATCH_MAX_AGE_MS: '2000',
    PUBLIC_BASE_URL: baseUrl,
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const settings = loadSettings(environment);
  await migrate(settings.databaseUrl);
  await fundKeys(settings.chainRpcUrls[0] ?? '', [settings.chainAdminKey, settings.chainRelayerKey]);
  const inherited = { ...process.env, ...environment };

  const start = startApp(home);
  const api = household.add('API', await start('main', profile ? ['--import', PROFILE_HOOK] : [], inherited));
  await waitForHealth({ ...api, name: 'main', logFile: join(home, 'main.log') }, baseUrl);
  return {
    baseUrl,
    rpcUrl: anvil.url,
    databaseUrl: postgres.url,
    parts: () => household.parts(),
    issuers: issuerOffice(settings),
    worker: workerControl(household, (env) => start('worker', [], { ...inherited, ...env })),
    profiler: profile ? profilerOf(api.pid, join(home, 'api.cpuprofile')) : null,
    stop: () => household.end(),
  };
}

function startApp(home: string) {
  return (name: 'main' | 'worker', nodeOptions: readonly string[], env: NodeJS.ProcessEnv): Promise<Child> =>
    startChild({
      command: process.execPath,
      args: ['--enable-source-maps', ...nodeOptions, join('dist', 'src', `${name}.js`)],
      env: { ...env, CHOPMARK_PROFILE: join(home, 'api.cpuprofile') },
      output: { file: join(home, `${name}.log`) },
    });
}

function workerControl(household: Household, start: (env: NodeJS.ProcessEnv) => Promise<Child>): WorkerControl {
  let running: Server | null = null;
  const stop = async (): Promise<void> => {
    if (running !== null) {
      await household.remove(running);
      running = null;
    }
  };
  return {
    start: async ({ render, environment }) => {
      await stop();
      const port = await freePort();
      const child = await start({ ...environment, RENDER_ENABLED: String(render), WORKER_METRICS_PORT: String(port) });
      running = household.add('worker', { pid: child.pid, stop: () => child.stop(SHUTDOWN_MS) });
      await waitUntil('the worker answers', async () => (await fetch(`http://127.0.0.1:${port}/health/live`)).ok, {
        hopeless: () => child.ending(),
      });
    },
    stop,
  };
}

/** Admits as many issuers as are asked for, new ones each time: their series begin at 1. */
function issuerOffice(settings: Parameters<typeof OperatorDesk.open>[0]) {
  let admitted = 0;
  return async (count: number): Promise<BenchIssuer[]> => {
    const desk = await OperatorDesk.open(settings);
    try {
      const issuers: BenchIssuer[] = [];
      for (let index = 0; index < count; index += 1) {
        admitted += 1;
        const { id } = await desk.addIssuer(inventedIssuer(admitted));
        await desk.makeCertificate(id);
        issuers.push({ id, apiKey: await desk.createKey('issuer', id, 'bench') });
      }
      return issuers;
    } finally {
      await desk.close();
    }
  };
}

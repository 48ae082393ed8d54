import { join } from 'node:path';
import { Pool } from 'pg';
import { freePort } from '../../scripts/embedded/free-port.js';
import { findRedis } from '../../scripts/embedded/redis.js';
import { keepSecrets } from '../../scripts/launch/secrets.js';
import { RpcProxy } from './rpc-proxy.js';
import { DurablePostgres, ForgetfulRedis, UnsteadyChain } from './services.js';
import { SupervisedApp } from './supervised-app.js';

type Stoppable = { stop(): Promise<void> };
export type Environment = Readonly<Record<string, string>>;

const WORKERS = 2;
/** More than the deepest reorganisation. */
const CONFIRMATIONS = 8;

/** What can be broken, each part by itself. */
export class Parts {
  postgres!: DurablePostgres;
  redis: ForgetfulRedis | undefined;
  chain!: UnsteadyChain;
  proxy!: RpcProxy;
  api!: SupervisedApp;
  workers: readonly SupervisedApp[] = [];
  /** As the superuser, whom row-level security does not bind. */
  database!: Pool;
  private readonly running: Stoppable[] = [];

  async startServices(home: string, seed: number): Promise<Environment> {
    this.postgres = this.keep(await DurablePostgres.in(home));
    this.redis = findRedis() === null ? undefined : this.keep(await ForgetfulRedis.in(home));
    this.chain = this.keep(await UnsteadyChain.in(home));
    this.proxy = this.keep(await RpcProxy.before(this.chain.url, seed));
    this.database = new Pool({ connectionString: this.postgres.url, max: 2 });
    this.database.on('error', () => undefined);
    this.keep({ stop: () => this.database.end() });
    return this.environment(home, await freePort());
  }

  startApps(home: string, environment: Environment): void {
    const inherited = { PATH: process.env['PATH'], ...environment };
    const make = (name: SupervisedApp['name']): SupervisedApp => this.keep(new SupervisedApp(name, home, inherited));
    this.api = make('api');
    this.workers = Array.from({ length: WORKERS }, (_, index) => make(`worker-${index + 1}`));
    for (const app of [this.api, ...this.workers]) {
      app.start();
    }
  }

  async stop(): Promise<void> {
    for (const part of this.running.splice(0).reverse()) {
      await part.stop();
    }
  }

  private keep<Part extends Stoppable>(part: Part): Part {
    this.running.push(part);
    return part;
  }

  private environment(home: string, port: number): Environment {
    const secrets = keepSecrets(join(home, 'secrets.json'));
    return {
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redis?.url ?? '',
      CHAIN_RPC_URL: this.proxy.url,
      CHAIN_ID: String(this.chain.chainId),
      CHAIN_CONFIRMATIONS: String(CONFIRMATIONS),
      CHAIN_TIMEOUT_MS: '2000',
      CHAIN_RELAYER_KEY: secrets.relayerKey,
      CHAIN_ADMIN_KEY: secrets.adminKey,
      MASTER_KEY: secrets.masterKey,
      SIGNING_KEY_DIRECTORY: join(home, 'signing-keys'),
      ANCHOR_BATCH_MAX_AGE_MS: '800',
      ANCHOR_POLL_MS: '300',
      PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
      PORT: String(port),
      LOG_LEVEL: 'info',
    };
  }
}

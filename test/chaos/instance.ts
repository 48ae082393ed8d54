import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { fundKeys } from '../../scripts/launch/chain-keys.js';
import { inventedIssuer } from '../../bench/issue/parties.js';
import { migrate, OperatorDesk } from '../../src/composition/index.js';
import { loadSettings } from '../../src/platform/config/index.js';
import { Parts, type Environment } from './parts.js';

export type ChaosIssuer = { readonly id: string; readonly store: string; readonly apiKey: string };

const ISSUERS = 2;

/** A whole installation of real processes in a folder of its own: API, two workers, Postgres, Redis, chain, and the wire to it. */
export class ChaosInstance {
  private constructor(
    readonly home: string,
    readonly environment: Environment,
    readonly issuers: readonly ChaosIssuer[],
    readonly parts: Parts,
  ) {}

  static async start(seed: number): Promise<ChaosInstance> {
    const home = mkdtempSync(join(tmpdir(), 'chopmark-chaos-'));
    // The account that Postgres runs under when we are root has to pass through.
    chmodSync(home, 0o711);
    const parts = new Parts();
    try {
      const environment = await parts.startServices(home, seed);
      const issuers = await admitIssuers(environment);
      await parts.chain.bury();
      const instance = new ChaosInstance(home, environment, issuers, parts);
      parts.startApps(home, environment);
      await instance.waitUntilUp();
      return instance;
    } catch (error) {
      await parts.stop();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  get baseUrl(): string {
    return this.environment['PUBLIC_BASE_URL'] ?? '';
  }

  async waitUntilUp(): Promise<void> {
    await waitUntil(
      'the instance is ready',
      async () => {
        const answer = await fetch(`${this.baseUrl}/health/ready`, { signal: AbortSignal.timeout(5_000) });
        return ((await answer.json()) as { status: string }).status === 'ready';
      },
      { timeoutMs: 120_000, intervalMs: 200 },
    );
  }

  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.parts.database.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** `keep`: the logs stay, for whoever wants to know why. */
  async stop({ keep }: { readonly keep: boolean }): Promise<void> {
    await this.parts.stop();
    if (!keep) {
      rmSync(this.home, { recursive: true, force: true });
      rmSync(this.parts.postgres.dataDirectory, { recursive: true, force: true });
    }
  }
}

async function admitIssuers(environment: Environment): Promise<readonly ChaosIssuer[]> {
  const settings = loadSettings(environment);
  await migrate(settings.databaseUrl);
  await fundKeys(settings.chainRpcUrls[0] ?? '', [settings.chainAdminKey, settings.chainRelayerKey]);
  const desk = await OperatorDesk.open(settings);
  try {
    const issuers: ChaosIssuer[] = [];
    for (let index = 1; index <= ISSUERS; index += 1) {
      const { id, store } = await desk.addIssuer(inventedIssuer(index));
      await desk.makeCertificate(id);
      issuers.push({ id, store, apiKey: await desk.createKey('issuer', id, 'chaos') });
    }
    return issuers;
  } finally {
    await desk.close();
  }
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { inject } from 'vitest';
import { waitUntil } from '../../scripts/embedded/wait-until.js';
import { fundKeys, rpcTo } from '../../scripts/launch/chain-keys.js';
import { migrate, OperatorDesk, startApi, startWorker } from '../../src/composition/index.js';
import { loadSettings, type Settings } from '../../src/platform/config/index.js';
import { makeDataSource } from '../../src/platform/database/index.js';
import { ApiCaller } from './api-caller.js';
import { templateDatabase } from './databases.js';
import { readSample } from './invoice-request.js';

type Environment = Readonly<Record<string, string>>;
type IssuerParty = Parameters<OperatorDesk['addIssuer']>[0];
export type PartyName =
  'traffic' | 'hospital' | 'yunfan' | 'tingtao' | 'xuelu' | 'hemu' | 'parking' | 'chenghu' | 'loudi';
export type TestIssuer = { readonly id: string; readonly store: string; readonly apiKey: string };
export type Running = { readonly app: NestFastifyApplication; readonly url: string; stop(): Promise<void> };

/** How far every anchor has to be: each state counts as those before it, too. */
const REACHED = {
  anchored: ['anchored', 'confirmed', 'final'],
  confirmed: ['confirmed', 'final'],
  final: ['final'],
} as const;

/**
 * A database and chain keys of one's own on real servers, with as many API and worker processes as a test starts, inside
 * this process or as children. Close it in `afterAll`: it stops what still runs.
 */
export class TestInstance {
  private readonly running = new Set<Running>();

  private constructor(
    /** As a process would be given it. */
    readonly environment: Environment,
    readonly settings: Settings,
    /** Acts as the superuser, whom row-level security does not bind. */
    private readonly owner: DataSource,
    private readonly drop: () => Promise<void>,
  ) {}

  /** `overrides` are environment variables; those of the services are the shared ones of the run. */
  static async make(overrides: Environment = {}): Promise<TestInstance> {
    const database = await (await templateDatabase('migrated', migrate)).clone();
    const home = mkdtempSync(join(tmpdir(), 'chopmark-instance-'));
    const key = (): string => randomBytes(32).toString('hex');
    const environment = {
      DATABASE_URL: database.url,
      // Threads run built code; these instances run the sources.
      RENDER_THREADS: '-1',
      // So do the pages' scripts: who wants them builds them.
      WEB_DIRECTORY: 'not-built',
      QUEUE_PREFIX: `{test-${database.url.slice(-32)}}`,
      CHAIN_RPC_URL: inject('chainRpcUrl'),
      CHAIN_ID: String(inject('chainId')),
      CHAIN_RELAYER_KEY: key(),
      CHAIN_ADMIN_KEY: key(),
      CHAIN_CONFIRMATIONS: '1',
      MASTER_KEY: key(),
      SIGNING_KEY_DIRECTORY: join(home, 'signing-keys'),
      PORT: '0',
      ANCHOR_BATCH_MAX_AGE_MS: '100',
      ANCHOR_POLL_MS: '100',
      LOG_LEVEL: 'silent',
      ...overrides,
    };
    const settings = loadSettings(environment);
    await fundKeys(settings.chainRpcUrls[0] ?? '', [settings.chainAdminKey, settings.chainRelayerKey]);
    const owner = await makeDataSource({ url: database.url, role: 'owner', poolSize: 2 }).initialize();
    return new TestInstance(environment, settings, owner, async () => {
      rmSync(home, { recursive: true, force: true });
      await database.drop();
    });
  }

  async startApi(overrides: Environment = {}): Promise<Running> {
    return this.keep(await startApi(loadSettings({ ...this.environment, ...overrides })));
  }

  async startWorker(overrides: Environment = {}): Promise<Running> {
    return this.keep(await startWorker(loadSettings({ ...this.environment, ...overrides })));
  }

  /** Admits one of the sample parties with its store on the chain, and gives it a key. */
  async addIssuer(party: PartyName = 'tingtao'): Promise<TestIssuer> {
    const { issuers } = readSample('parties.json') as { issuers: Record<PartyName, IssuerParty> };
    const { name, taxId, regionCode, taxBureau, domain } = issuers[party];
    return this.atDesk(async (desk) => {
      const issuer = await desk.addIssuer({ name, taxId, regionCode, taxBureau, domain, mandate: 'sample' });
      await desk.makeCertificate(issuer.id);
      return { id: issuer.id, store: issuer.store, apiKey: await desk.createKey('issuer', issuer.id, 'test') };
    });
  }

  async atDesk<Answer>(work: (desk: OperatorDesk) => Promise<Answer>): Promise<Answer> {
    const desk = await OperatorDesk.open(this.settings);
    try {
      return await work(desk);
    } finally {
      await desk.close();
    }
  }

  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.owner.query(sql, parameters);
  }

  /** The single value of a query that answers one row with one column. */
  async value(sql: string, parameters: unknown[] = []): Promise<unknown> {
    const [row = {}] = await this.query<Record<string, unknown>>(sql, parameters);
    return Object.values(row)[0];
  }

  async codeAt(address: string): Promise<unknown> {
    return rpcTo(this.settings.chainRpcUrls[0] ?? '')('eth_getCode', address, 'latest');
  }

  /** Rows of every table, to show that a refused request stored nothing. */
  async rowCounts(): Promise<Record<string, number>> {
    const tables = await this.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
    );
    const counts = tables.map(async ({ name }) => [name, Number(await this.value(`select count(*) from ${name}`))]);
    return Object.fromEntries((await Promise.all(counts)) as [string, number][]);
  }

  async waitUntilRendered(timeoutMs = 30_000): Promise<void> {
    const left = 'select count(*) = 0 from documents where rendered_at is null';
    await waitUntil('all is drawn', async () => (await this.value(left)) === true, { timeoutMs });
  }

  /** Every document drawn, every event's leaf fixed, every leaf in a batch, every batch at least `state` on the chain. */
  async waitUntilAnchored(state: keyof typeof REACHED = 'anchored', timeoutMs = 60_000): Promise<void> {
    const isDone = `select (select count(*) = 0 from documents where rendered_at is null)
      and (select count(*) = 0 from document_events where leaf is null)
      and (select count(*) = 0 from anchor_leaves where batch_id is null)
      and (select count(*) = 0 from anchors where state <> all($1))
      and (select count(*) > 0 from anchors)`;
    await waitUntil(`all is ${state}`, async () => (await this.value(isDone, [REACHED[state]])) === true, {
      timeoutMs,
    });
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((running) => running.stop()));
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.owner.destroy();
    await this.drop();
  }

  private async keep(app: NestFastifyApplication): Promise<Running> {
    let stopping: Promise<void> | undefined;
    const running = { app, url: await app.getUrl(), stop: () => (stopping ??= app.close()) };
    this.running.add(running);
    return running;
  }
}

/** A caller that holds the issuer's key. */
export function callerOf({ url }: { readonly url: string }, { apiKey }: { readonly apiKey: string }): ApiCaller {
  return new ApiCaller(url, apiKey);
}

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { inject } from 'vitest';
import { KindsModule } from '../../../src/composition/kinds.module.js';
import { migrate } from '../../../src/composition/migrations.js';
import { PlatformModule } from '../../../src/composition/platform.module.js';
import { SigningModule } from '../../../src/composition/signing.module.js';
import {
  acceptNdjson,
  ImportsApiModule,
  ImportsWorkerModule,
  ProcessImportHandler,
} from '../../../src/documents/index.js';
import {
  IdentityAdministrationModule,
  IdentityModule,
  ISSUER_SCOPES,
  ManageKeys,
  RegisterIssuer,
  type IssuerId,
} from '../../../src/identity/index.js';
import { Settings } from '../../../src/platform/config/index.js';
import { makeDataSource, type DatabaseRole } from '../../../src/platform/database/index.js';
import { AccessGuard, ProblemFilter } from '../../../src/platform/http/index.js';
import { OutboxRelay } from '../../../src/platform/outbox/index.js';
import { JobRunner } from '../../../src/platform/queue/index.js';
import type { InvoiceRequest } from '../../../src/invoices/index.js';
import { templateDatabase } from '../../support/databases.js';
import { invoiceRequest, readSample } from '../../support/invoice-request.js';

export type TestIssuer = { readonly id: IssuerId; readonly apiKey: string };

/** An API and a worker on a database of their own. The worker does a job when told to, unless `startWorker` was called. */
export type ImportWorld = {
  readonly baseUrl: string;
  readonly handler: ProcessImportHandler;
  /** As the owner of the tables, whom row-level security would bind too: a superuser. */
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  registerIssuer(name: string): Promise<TestIssuer>;
  startWorker(): void;
  close(): Promise<void>;
};

@Module({})
class TestModule {
  static api(settings: Settings): DynamicModule {
    return {
      module: TestModule,
      imports: [PlatformModule.for(settings, 'chopmark_api'), KindsModule, IdentityModule, ImportsApiModule],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }

  static worker(settings: Settings, role: DatabaseRole = 'chopmark_worker'): DynamicModule {
    return {
      module: TestModule,
      imports: [
        PlatformModule.for(settings, role),
        SigningModule,
        KindsModule,
        ImportsWorkerModule,
        IdentityAdministrationModule,
      ],
      providers: [OutboxRelay, JobRunner],
    };
  }
}

export async function importWorld(redisUrl = ''): Promise<ImportWorld> {
  const database = await (await templateDatabase('migrated', migrate)).clone();
  const settings = settingsFor(database.url, redisUrl);
  const api = await NestFactory.create<NestFastifyApplication>(
    TestModule.api(settings),
    new FastifyAdapter({ forceCloseConnections: 'idle' }),
    {
      logger: false,
      abortOnError: false,
    },
  );
  acceptNdjson(api.getHttpAdapter().getInstance());
  await api.listen(0, '127.0.0.1');
  const worker = await NestFactory.createApplicationContext(TestModule.worker(settings), {
    logger: false,
    abortOnError: false,
  });
  const owner = await makeDataSource({ url: database.url, role: 'owner', poolSize: 2 }).initialize();
  return {
    baseUrl: await api.getUrl(),
    handler: worker.get(ProcessImportHandler),
    query: (sql, parameters) => owner.query(sql, parameters),
    registerIssuer: async (name) => {
      const parties = readSample('parties.json') as {
        issuers: Record<string, Parameters<RegisterIssuer['execute']>[0]>;
      };
      const { taxId, regionCode, taxBureau, domain, ...party } = parties.issuers[
        name
      ] as (typeof parties.issuers)[string];
      const request = { name: party.name, taxId, regionCode, taxBureau, domain, mandate: 'sample' as const };
      const id = await worker.get(RegisterIssuer, { strict: false }).execute(request);
      const keys = worker.get(ManageKeys, { strict: false });
      const apiKey = await keys.create({ ownerId: id, ownerKind: 'issuer', label: 'test', scopes: ISSUER_SCOPES });
      return { id, apiKey };
    },
    startWorker: () => {
      worker.get(JobRunner).start([worker.get(ProcessImportHandler)]);
      worker.get(OutboxRelay).start();
    },
    close: async () => {
      await api.close();
      await worker.close();
      await owner.destroy();
      await database.drop();
    },
  };
}

function settingsFor(databaseUrl: string, redisUrl: string): Settings {
  return Object.assign(new Settings(), {
    databaseUrl,
    redisUrl,
    databasePoolSize: 4,
    queuePrefix: `{test-${databaseUrl.slice(-32)}}`,
    masterKey: '11'.repeat(32),
    chainRpcUrls: [inject('chainRpcUrl')],
    signingKeyDirectory: join(tmpdir(), 'chopmark-import-world-has-no-keys'),
    chainId: inject('chainId'),
    chainRelayerKey: `0x${'22'.repeat(32)}`,
    chainAdminKey: `0x${'33'.repeat(32)}`,
    logLevel: 'silent',
  });
}

export function ndjson(rows: readonly (InvoiceRequest | string)[]): string {
  return rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n') + '\n';
}

/** Right rows that differ. */
export function manyRows(count: number): InvoiceRequest[] {
  return Array.from({ length: count }, (_, index) => invoiceRequest({ remark: `第${index + 1}行` }));
}

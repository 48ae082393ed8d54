import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, IdSource, SystemClock } from '../kernel/index.js';
import { ChainClient, Chains } from '../platform/chain/index.js';
import { Settings } from '../platform/config/index.js';
import { makeDataSource, UnitOfWork, type DatabaseRole } from '../platform/database/index.js';
import { Logger, Metrics } from '../platform/observability/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { JobQueues } from '../platform/queue/index.js';
import { IssuerKeys, RandomIdSource } from '../platform/vault/index.js';
import { chainsOf } from './chains.js';

/** Closes the connections after everything that uses them has stopped. */
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) {
      await this.dataSource.destroy();
    }
  }
}

/** What every feature stands on, for a process that acts as `role` in the database. */
@Global()
@Module({})
export class PlatformModule {
  static for(settings: Settings, role: DatabaseRole): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Settings, useValue: settings },
        { provide: Clock, useClass: SystemClock },
        { provide: IdSource, useClass: RandomIdSource },
        {
          provide: DataSource,
          useFactory: () =>
            makeDataSource({ url: settings.databaseUrl, role, poolSize: settings.databasePoolSize }).initialize(),
        },
        {
          provide: DatabaseShutdown,
          useFactory: (source: DataSource) => new DatabaseShutdown(source),
          inject: [DataSource],
        },
        { provide: Chains, useFactory: () => chainsOf(settings) },
        { provide: ChainClient, useFactory: (chains: Chains) => chains.primary.client, inject: [Chains] },
        UnitOfWork,
        Outbox,
        Logger,
        Metrics,
        IssuerKeys,
        JobQueues,
      ],
      exports: [
        Settings,
        Clock,
        IdSource,
        DataSource,
        Chains,
        ChainClient,
        UnitOfWork,
        Outbox,
        Logger,
        Metrics,
        IssuerKeys,
        JobQueues,
      ],
    };
  }
}

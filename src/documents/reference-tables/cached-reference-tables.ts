import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/index.js';
import { Logger } from '../../platform/observability/index.js';
import { ReferenceTable, ReferenceTables, type ReferenceTableName } from './reference-table.js';
import { ReferenceTablesRepository } from './reference-tables.repository.js';

/** For so long a process may still judge by the version before. */
const REFRESH_MS = 2_000;

/**
 * The tables as this process knows them. A look at their version numbers every two seconds tells whether to read one
 * anew; when the database does not answer, the last known tables serve on.
 */
@Injectable()
export class CachedReferenceTables extends ReferenceTables implements OnModuleInit, OnApplicationShutdown {
  private tables = new Map<ReferenceTableName, ReferenceTable>();
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReferenceTablesRepository,
    private readonly logger: Logger,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => void this.refreshQuietly(), REFRESH_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.refreshing?.catch(() => undefined);
  }

  override table(name: ReferenceTableName): ReferenceTable {
    const table = this.tables.get(name);
    if (table === undefined) {
      throw new Error(`The reference table ${name} was not read`);
    }
    return table;
  }

  /** Reads what has changed. One at a time: a later caller waits for the reading under way and then reads again. */
  async refresh(): Promise<void> {
    await this.refreshing?.catch(() => undefined);
    this.refreshing = this.readChanged();
    await this.refreshing;
  }

  private async refreshQuietly(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.logger.warn('reference-tables.not-read', { reason: (error as Error).name });
    }
  }

  private readChanged(): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const tables = new Map(this.tables);
      for (const [name, version] of await this.repository.versions(tx)) {
        if (tables.get(name)?.version !== version) {
          tables.set(name, new ReferenceTable(name, version, await this.repository.rowsOf(tx, name, version)));
        }
      }
      this.tables = tables;
    });
  }
}

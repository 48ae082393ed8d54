import { DataSource, type DataSourceOptions } from 'typeorm';

/** The API sees one issuer at a time; workers see all; the owner migrates. */
export type DatabaseRole = 'chopmark_api' | 'chopmark_worker' | 'owner';

export type DatabaseConnection = {
  readonly url: string;
  readonly role: DatabaseRole;
  readonly poolSize: number;
};

type Contents = Pick<DataSourceOptions, 'entities' | 'migrations'>;

/**
 * Makes a data source whose every connection acts as `role`. Row-level security does not bind owners and superusers,
 * so the API and the workers never act as the login role itself.
 */
export function makeDataSource({ url, role, poolSize }: DatabaseConnection, contents: Contents = {}): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    extra: {
      application_name: role,
      ...(role === 'owner' ? {} : { options: `-c role=${role}` }),
    },
    ...contents,
  });
}

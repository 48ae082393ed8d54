import type { QueryRunner } from 'typeorm';

/** What the driver answers with; TypeORM hides it behind `unknown`. */
type PgClient = { query(query: { name?: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }> };

/**
 * An open transaction. Only `UnitOfWork` makes one, and repositories take it as their first argument,
 * so writing outside the transaction by mistake does not compile.
 */
export class Tx {
  private readonly onCommit: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    private readonly preparedStatements: boolean,
  ) {}

  /** For what must only be told of work that is stored: counters, not more work. MUST NOT throw. */
  afterCommit(tell: () => void): void {
    this.onCommit.push(tell);
  }

  /** Called by `UnitOfWork` alone. */
  committed(): void {
    this.onCommit.forEach((tell) => {
      tell();
    });
  }

  /** Runs one statement. `bytea` comes back as `Buffer`, `bigint` as string, `timestamptz` as `Date`. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = (await this.runner.connect()) as PgClient;
    const { rows } = await client.query({ text: sql, values: [...parameters] });
    return rows as Row[];
  }

  /** The same, parsed and planned once per connection under `name`: for statements that run thousands of times. */
  async prepared<Row>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    if (!this.preparedStatements) {
      return this.query<Row>(sql, parameters);
    }
    const client = (await this.runner.connect()) as PgClient;
    const { rows } = await client.query({ name, text: sql, values: [...parameters] });
    return rows as Row[];
  }
}

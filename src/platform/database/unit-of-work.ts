import { Injectable } from '@nestjs/common';
import { escapeLiteral } from 'pg';
import { DataSource, type QueryRunner } from 'typeorm';
import { Settings } from '../config/index.js';
import { DatabaseUnavailable } from './database.errors.js';
import { Tx } from './tx.js';

export type UnitOfWorkOptions = {
  /** The issuer whose rows may be seen and written (row-level security). Workers act for all and leave it out. */
  readonly issuerId?: string;
};

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const ATTEMPTS = 4;
/** Not the codes of sockets (`EPIPE`), nor our own. */
const SQL_STATE = /^[0-9FHPX][0-9A-Z]{4}$/;

/** The SQLSTATE of a database error, wherever the driver or TypeORM put it. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  return typeof code === 'string' && SQL_STATE.test(code) ? code : sqlState(driverError);
}

/** The only maker of transactions. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Settings,
  ) {}

  /**
   * Runs `work` in one transaction and commits, or rolls back when it throws.
   * `work` is run again after a deadlock or a serialisation failure: it MUST touch nothing but the database.
   *
   * Throws `DatabaseUnavailable` when the connection is missing or lost. If it was lost while committing, nobody here knows
   * whether the work is stored: doing it again is safe only where doing it twice is.
   */
  async run<T>(work: (tx: Tx) => Promise<T>, options: UnitOfWorkOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, options);
      } catch (error) {
        const state = sqlState(error);
        const isTransient = state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED;
        if (!isTransient || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>, { issuerId }: UnitOfWorkOptions): Promise<T> {
    const runner = await this.connect();
    try {
      const tx = new Tx(runner, this.settings.databasePreparedStatements);
      await tx.query(issuerId === undefined ? 'begin' : beginFor(issuerId));
      const result = await work(tx);
      await tx.query('commit');
      tx.committed();
      return result;
    } catch (error) {
      throw (await canRollBack(runner)) ? error : new DatabaseUnavailable(error);
    } finally {
      await runner.release();
    }
  }

  private async connect(): Promise<QueryRunner> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.connect();
      return runner;
    } catch (error) {
      await runner.release();
      throw new DatabaseUnavailable(error);
    }
  }
}

/** In one message, for a round trip less in each transaction; parameters would make it two, and a function answer a row. */
function beginFor(issuerId: string): string {
  return `begin; set local app.issuer = ${escapeLiteral(issuerId)}`;
}

/** A failed rollback means that the connection is gone, and with it the transaction. */
async function canRollBack(runner: QueryRunner): Promise<boolean> {
  try {
    await runner.query('rollback');
    return true;
  } catch {
    return false;
  }
}

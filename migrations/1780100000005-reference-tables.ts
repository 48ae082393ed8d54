import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sampleRows } from '../src/documents/reference-tables/sample-tables.js';

/**
 * Tables of codes and rates with validity dates. They belong to no tenant: every process reads them, and only what the
 * operator asks of the API writes them. A row says from which version on it is part of its table, and until which.
 */
export class ReferenceTables1780100000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reference_tables (
        name text primary key,
        version integer not null check (version >= 1),
        changed_at timestamptz not null
      )`);
    await runner.query(`
      create table reference_rows (
        table_name text not null references reference_tables (name),
        code text not null,
        valid_from date not null,
        valid_to date check (valid_to >= valid_from),
        data jsonb not null,
        is_sample boolean not null,
        version integer not null,
        replaced_in integer check (replaced_in > version),
        primary key (table_name, code, valid_from, version)
      )`);
    await runner.query(`grant select on reference_tables, reference_rows to chopmark_api, chopmark_worker`);
    await runner.query(`grant update (version, changed_at) on reference_tables to chopmark_api`);
    await runner.query(`grant insert, update (replaced_in) on reference_rows to chopmark_api`);
    await this.fillWithSamples(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reference_rows');
    await runner.query('drop table reference_tables');
  }

  private async fillWithSamples(runner: QueryRunner): Promise<void> {
    for (const [name, rows] of Object.entries(sampleRows)) {
      await runner.query(`insert into reference_tables (name, version, changed_at) values ($1, 1, now())`, [name]);
      await runner.query(
        `insert into reference_rows (table_name, code, valid_from, valid_to, data, is_sample, version)
         select $1, code, "validFrom", "validTo", data, true, 1
         from jsonb_to_recordset($2::jsonb) as row (code text, "validFrom" date, "validTo" date, data jsonb)`,
        [name, JSON.stringify(rows)],
      );
    }
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = ['receipt_claims', 'receipt_write_offs', 'receipt_tickets'] as const;

/** Receipts: what each stands for alone, which bill takes which back, tickets, and the kinds that operators register. */
export class Receipts1780100000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table receipt_claims (
        issuer_id uuid not null references issuers (id),
        claim text not null,
        is_held boolean not null default true,
        primary key (issuer_id, claim)
      )`);
    await runner.query(`
      create table receipt_write_offs (
        issuer_id uuid not null,
        document_id uuid not null,
        write_off_id uuid not null,
        primary key (issuer_id, document_id, write_off_id),
        unique (issuer_id, write_off_id),
        foreign key (issuer_id, document_id) references documents (issuer_id, id),
        foreign key (issuer_id, write_off_id) references documents (issuer_id, id)
      )`);
    await runner.query(`
      create table receipt_tickets (
        issuer_id uuid not null,
        document_id uuid not null,
        ticket_no text not null,
        state text not null check (state in ('used', 'refunded')),
        at timestamptz not null,
        gate text,
        primary key (issuer_id, document_id, ticket_no),
        foreign key (issuer_id, document_id) references documents (issuer_id, id)
      )`);
    // No issuer's: kinds are the whole installation's.
    await runner.query(`
      create table receipt_kinds (
        name text not null,
        version integer not null check (version > 0),
        configuration json not null,
        created_at timestamptz not null,
        primary key (name, version)
      )`);
    await runner.query(`grant select, insert, update, delete on receipt_kinds to chopmark_worker`);
    await runner.query(`grant select, insert on receipt_kinds to chopmark_api`);
    await protectRows(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['receipt_kinds', ...TENANT_TABLES]) {
      await runner.query(`drop table ${table}`);
    }
  }
}

async function protectRows(runner: QueryRunner): Promise<void> {
  for (const table of TENANT_TABLES) {
    await runner.query(`grant select, insert, update, delete on ${table} to chopmark_worker`);
    await runner.query(`grant select, insert, update on ${table} to chopmark_api`);
    await runner.query(`alter table ${table} enable row level security, force row level security`);
    await runner.query(`
      create policy own_rows on ${table} to chopmark_api
      using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
    await runner.query(`create policy all_rows on ${table} to chopmark_worker using (true)`);
  }
}

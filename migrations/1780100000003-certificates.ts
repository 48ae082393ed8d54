import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['property_registers', 'property_units', 'property_certificates', 'property_burdens'];

/** The property register: units, whose certificates mirror them, and what burdens them. */
export class Certificates1780100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table property_registers (
        issuer_id uuid primary key references issuers (id),
        place text not null
      )`);
    await runner.query(`
      create table property_units (
        issuer_id uuid not null references issuers (id),
        unit_no text not null check (length(unit_no) = 28),
        version bigint not null default 0,
        primary key (issuer_id, unit_no)
      )`);
    await runner.query(`
      create table property_certificates (
        issuer_id uuid not null,
        document_id uuid not null,
        unit_no text not null,
        is_current boolean not null default true,
        predecessor_id uuid,
        primary key (issuer_id, document_id),
        foreign key (issuer_id, document_id) references documents (issuer_id, id),
        foreign key (issuer_id, unit_no) references property_units (issuer_id, unit_no),
        foreign key (issuer_id, predecessor_id) references property_certificates (issuer_id, document_id)
      )`);
    // The invariant of the register: a unit has one certificate in force at most.
    await runner.query(`
      create unique index property_certificates_one_current on property_certificates (issuer_id, unit_no) where is_current`);
    await createBurdens(runner);
    await protect(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) {
      await runner.query(`drop table ${table}`);
    }
  }
}

async function createBurdens(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table property_burdens (
      issuer_id uuid not null,
      id uuid not null,
      unit_no text not null,
      kind text not null check (kind in ('mortgage', 'seizure', 'notice', 'objection')),
      position integer not null check (position > 0),
      state text not null check (state in ('active', 'waiting', 'ended')),
      proof_id uuid,
      forbids_transfer boolean not null default false,
      court_document_no text,
      lapses_on date,
      primary key (issuer_id, id),
      unique (issuer_id, unit_no, kind, position),
      foreign key (issuer_id, unit_no) references property_units (issuer_id, unit_no),
      foreign key (issuer_id, proof_id) references documents (issuer_id, id),
      check ((kind = 'seizure') = (proof_id is null)),
      check ((kind = 'seizure') = (court_document_no is not null)),
      check ((kind = 'objection') = (lapses_on is not null)),
      check (state <> 'waiting' or kind = 'seizure')
    )`);
  await runner.query(`
    create unique index property_burdens_one_seizure on property_burdens (issuer_id, unit_no)
    where kind = 'seizure' and state = 'active'`);
  await runner.query(`create index property_burdens_by_proof on property_burdens (issuer_id, proof_id)`);
}

async function protect(runner: QueryRunner): Promise<void> {
  for (const table of TABLES) {
    await runner.query(`grant select, insert, update, delete on ${table} to chopmark_worker`);
    await runner.query(`grant select, insert, update on ${table} to chopmark_api`);
    await runner.query(`alter table ${table} enable row level security, force row level security`);
    await runner.query(`
      create policy own_rows on ${table} to chopmark_api
      using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
    await runner.query(`create policy all_rows on ${table} to chopmark_worker using (true)`);
  }
}

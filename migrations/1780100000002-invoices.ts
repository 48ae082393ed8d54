import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANT_TABLES = [
  'invoice_remainders',
  'invoice_uses',
  'red_confirmations',
  'invoice_allowances',
  'invoice_number_blocks',
] as const;

const CURRENT_TENANT = `(select nullif(current_setting('app.issuer', true), '')::uuid)`;

/** What red-letter invoices leave of blue ones, the slips that allow them, and how much an issuer may issue. */
export class Invoices1780100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReds(runner);
    await createLimits(runner);
    await protectRows(runner);
    await createLocators(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function locate_red_confirmations(text), locate_red_confirmation(uuid)');
    for (const table of TENANT_TABLES) {
      await runner.query(`drop table ${table}`);
    }
    await runner.query('drop sequence red_confirmation_numbers');
    await runner.query('alter table number_series drop column last_serial');
  }
}

async function createReds(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table invoice_remainders (
      issuer_id uuid not null,
      document_id uuid not null,
      line_no integer not null check (line_no > 0),
      remaining_amount bigint not null check (remaining_amount >= 0),
      remaining_tax bigint not null check (remaining_tax >= 0),
      remaining_quantity numeric check (remaining_quantity >= 0),
      primary key (issuer_id, document_id, line_no),
      foreign key (issuer_id, document_id) references documents (issuer_id, id)
    )`);
  await runner.query(`
    create table invoice_uses (
      issuer_id uuid not null,
      document_id uuid not null,
      use text not null check (use in ('deduction', 'booking')),
      confirmed_at timestamptz not null,
      primary key (issuer_id, document_id),
      foreign key (issuer_id, document_id) references documents (issuer_id, id)
    )`);
  await runner.query(`create sequence red_confirmation_numbers maxvalue 9999999999`);
  await runner.query(`
    create table red_confirmations (
      issuer_id uuid not null,
      id uuid not null,
      document_id uuid not null,
      number text not null check (number ~ '^[0-9]{20}$'),
      uuid text not null check (uuid ~ '^[0-9a-f]{32}$'),
      buyer_tax_id text,
      initiator text not null check (initiator in ('seller', 'buyer')),
      status text not null check (status ~ '^(0[1-9]|1[0-3])$'),
      reason_code text not null check (reason_code in ('01', '02', '03', '04')),
      lines jsonb,
      entered_at timestamptz not null,
      confirmed_at timestamptz,
      red_document_id uuid,
      primary key (issuer_id, id),
      unique (issuer_id, number),
      foreign key (issuer_id, document_id) references documents (issuer_id, id),
      foreign key (issuer_id, red_document_id) references documents (issuer_id, id),
      check (red_document_id is null or status in ('01', '04'))
    )`);
  await runner.query(`create index red_confirmations_by_id on red_confirmations (id)`);
  await runner.query(`create index red_confirmations_by_buyer on red_confirmations (buyer_tax_id, id)`);
}

async function createLimits(runner: QueryRunner): Promise<void> {
  await runner.query(`alter table number_series add column last_serial bigint`);
  await runner.query(`
    create table invoice_number_blocks (
      issuer_id uuid not null,
      series text not null,
      first_serial bigint not null,
      last_serial bigint not null check (last_serial >= first_serial),
      scheme text not null,
      drawn_at timestamptz not null,
      primary key (issuer_id, series, first_serial),
      foreign key (issuer_id, series) references number_series (issuer_id, series)
    )`);
  await runner.query(`
    create table invoice_allowances (
      issuer_id uuid primary key references issuers (id),
      monthly_total bigint not null check (monthly_total >= 0),
      month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
      used bigint not null default 0 check (used >= 0),
      last_fitted boolean not null default true
    )`);
}

async function protectRows(runner: QueryRunner): Promise<void> {
  const tables = TENANT_TABLES.join(', ');
  await runner.query(`grant select, insert, update, delete on ${tables} to chopmark_worker`);
  await runner.query(`grant select, insert, update on ${tables} to chopmark_api`);
  await runner.query(`grant usage on sequence red_confirmation_numbers to chopmark_api, chopmark_worker`);
  for (const table of TENANT_TABLES) {
    await runner.query(`alter table ${table} enable row level security, force row level security`);
    await runner.query(`create policy own_rows on ${table} to chopmark_api using (issuer_id = ${CURRENT_TENANT})`);
    await runner.query(`create policy all_rows on ${table} to chopmark_worker using (true)`);
  }
}

/** The other side of a slip is no tenant of its row: these answer whose it is. */
async function createLocators(runner: QueryRunner): Promise<void> {
  await runner.query(`grant usage, create on schema public to chopmark_locator`);
  await runner.query(`grant select (issuer_id, id, buyer_tax_id) on red_confirmations to chopmark_locator`);
  await runner.query(`create policy locate on red_confirmations for select to chopmark_locator using (true)`);
  await runner.query(`
    create function locate_red_confirmation(slip uuid) returns table (issuer_id uuid, buyer_tax_id text)
    language sql stable security definer set search_path = public
    as $$ select r.issuer_id, r.buyer_tax_id from red_confirmations r where r.id = slip $$`);
  await runner.query(`
    create function locate_red_confirmations(buyer text) returns table (issuer_id uuid, id uuid)
    language sql stable security definer set search_path = public
    as $$ select r.issuer_id, r.id from red_confirmations r where r.buyer_tax_id = buyer order by r.id desc limit 100 $$`);
  for (const name of ['locate_red_confirmation(uuid)', 'locate_red_confirmations(text)']) {
    await runner.query(`alter function ${name} owner to chopmark_locator`);
    await runner.query(`revoke all on function ${name} from public`);
    await runner.query(`grant execute on function ${name} to chopmark_api, chopmark_worker`);
  }
  await runner.query(`revoke create on schema public from chopmark_locator`);
}

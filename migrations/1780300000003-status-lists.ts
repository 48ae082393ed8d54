import type { MigrationInterface, QueryRunner } from 'typeorm';

const ENDS = `case when e.type = 'revoked' then 1 when e.type = 'red-lettered' then 2 when e.type = 'written-off' then 3
  when e.type = 'last-ticket-refunded' then 4 when e.type in ('superseded', 'transferred', 'changed') then 5
  when e.type = 'corrected' then 6 when e.type = 'reissued' then 7 when e.type = 'cancelled' then 8
  when e.type = 'released' and d.kind = 'certificate.property-proof' then 8 when e.type = 'lapsed' then 9 end`;

/** Every document has a number with its issuer, under which the issuer's status lists tell that it is out of force. */
export class StatusLists1780300000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await numberDocuments(runner);
    await createTables(runner);
    for (const table of ['status_counters', 'document_ends', 'status_lists', 'status_list_versions']) {
      await protect(runner, table);
    }
    await createLocator(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function locate_status_list(text)');
    await runner.query('drop table status_list_versions, status_lists, document_ends, status_counters');
    await runner.query('drop index documents_by_status_index');
    await runner.query('alter table documents drop column status_index');
  }
}

async function numberDocuments(runner: QueryRunner): Promise<void> {
  await runner.query('alter table documents add column status_index integer');
  await runner.query(`
    update documents d set status_index = numbered.status_index
    from (select issuer_id, id, row_number() over (partition by issuer_id order by issued_at, id) - 1 as status_index
          from documents) as numbered
    where d.issuer_id = numbered.issuer_id and d.id = numbered.id`);
  await runner.query('alter table documents alter column status_index set not null');
  await runner.query('create unique index documents_by_status_index on documents (issuer_id, status_index)');
  await runner.query(`
    create table status_counters (
      issuer_id uuid primary key,
      next_index integer not null check (next_index >= 0)
    )`);
  await runner.query(`
    insert into status_counters select issuer_id, max(status_index) + 1 from documents group by issuer_id`);
}

async function createTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table document_ends (
      issuer_id uuid not null,
      status_index integer not null,
      value smallint not null check (value between 1 and 15),
      listed boolean not null default false,
      primary key (issuer_id, status_index)
    )`);
  await runner.query(`
    insert into document_ends (issuer_id, status_index, value)
    select distinct on (d.issuer_id, d.status_index) d.issuer_id, d.status_index, ${ENDS}
    from documents d join document_events e on e.issuer_id = d.issuer_id and e.document_id = d.id
    where ${ENDS} is not null order by d.issuer_id, d.status_index, e.seq desc`);
  await runner.query(`create index document_ends_to_list on document_ends (issuer_id, status_index) where not listed`);
  await runner.query(`
    create table status_lists (
      issuer_id uuid not null,
      purpose text not null check (purpose in ('revocation', 'message')),
      number integer not null,
      id text not null unique,
      version integer not null,
      token text not null,
      valid_from timestamptz not null,
      valid_until timestamptz not null,
      primary key (issuer_id, purpose, number)
    )`);
  await runner.query(`create index status_lists_by_age on status_lists (valid_from)`);
  await runner.query(`
    create table status_list_versions (
      issuer_id uuid not null,
      purpose text not null,
      number integer not null,
      version integer not null,
      leaf bytea not null check (length(leaf) = 32),
      first_at timestamptz not null,
      last_until timestamptz not null,
      primary key (issuer_id, purpose, number, version),
      foreign key (issuer_id, purpose, number) references status_lists (issuer_id, purpose, number)
    )`);
}

async function protect(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`grant select, insert, update, delete on ${table} to chopmark_worker`);
  await runner.query(`grant select, insert, update on ${table} to chopmark_api`);
  await runner.query(`alter table ${table} enable row level security, force row level security`);
  await runner.query(`
    create policy own_rows on ${table} to chopmark_api
    using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
  await runner.query(`create policy all_rows on ${table} to chopmark_worker using (true)`);
}

/** Whoever asks for a list knows its id, and no issuer. */
async function createLocator(runner: QueryRunner): Promise<void> {
  await runner.query(`grant chopmark_locator to current_user`);
  await runner.query(`grant create on schema public to chopmark_locator`);
  await runner.query(`grant select (issuer_id, id) on status_lists to chopmark_locator`);
  await runner.query(`create policy locate on status_lists for select to chopmark_locator using (true)`);
  await runner.query(`
    create function locate_status_list(list text) returns uuid
    language sql stable security definer set search_path = public
    as $$ select s.issuer_id from status_lists s where s.id = list $$`);
  await runner.query(`alter function locate_status_list(text) owner to chopmark_locator`);
  await runner.query(`revoke all on function locate_status_list(text) from public`);
  await runner.query(`grant execute on function locate_status_list(text) to chopmark_api, chopmark_worker`);
  await runner.query(`revoke create on schema public from chopmark_locator`);
}

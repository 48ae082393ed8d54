import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one issuer: the API sees and writes only those of the issuer it acts for. */
const TENANT_TABLES = [
  'number_series',
  'documents',
  'document_events',
  'document_files',
  'idempotency_keys',
  'imports',
  'import_rows',
  'anchor_leaves',
  'anchor_batches',
  'anchor_tiles',
  'anchors',
] as const;

/** Tables that say who the tenants are, with the column that does. The API reads only the row it acts for. */
const IDENTITY_TABLES = { issuers: 'id', claimants: 'id', api_keys: 'owner_id' } as const;

const CURRENT_TENANT = `(select nullif(current_setting('app.issuer', true), '')::uuid)`;

/**
 * The first schema. The issuer stands first in every primary and unique key of an issuer's rows, so that the tables can
 * be distributed by it later without change.
 */
export class TheSpine1780000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createRoles(runner);
    await createIdentity(runner);
    await createDocuments(runner);
    await createImports(runner);
    await createBatches(runner);
    await createChain(runner);
    await protectRows(runner);
    await createLocators(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function locate_document(bytea), locate_document_file(bytea)');
    for (const table of [
      'anchor_transactions',
      'chain_senders',
      'anchors',
      'anchor_tiles',
      'anchor_leaves',
      'anchor_batches',
      'import_rows',
      'imports',
      'outbox',
      'idempotency_keys',
      'document_files',
      'document_events',
      'documents',
      'number_series',
      'api_keys',
      'claimants',
      'issuers',
    ]) {
      await runner.query(`drop table ${table}`);
    }
    // The roles stay: they belong to the server, and other databases on it may use them.
  }
}

async function createRoles(runner: QueryRunner): Promise<void> {
  for (const role of ['chopmark_api', 'chopmark_worker']) {
    await runner.query(`
      do $$ begin
        create role ${role} nologin noinherit nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end $$`);
    await runner.query(`grant ${role} to current_user`);
    await runner.query(`grant usage on schema public to ${role}`);
  }
}

async function createIdentity(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table issuers (
      id uuid primary key,
      name text not null,
      tax_id text not null unique,
      region_code text not null,
      tax_bureau text not null,
      domain text not null,
      mandate text not null check (mandate in ('sample', 'state')),
      number_block integer generated always as identity unique,
      store_address bytea not null unique check (length(store_address) = 20),
      wrapped_key bytea not null,
      created_at timestamptz not null
    )`);
  await runner.query(`
    create table claimants (
      id uuid primary key,
      name text not null,
      tax_id text not null unique,
      created_at timestamptz not null
    )`);
  await runner.query(`
    create table api_keys (
      owner_id uuid not null,
      id uuid not null,
      owner_kind text not null check (owner_kind in ('issuer', 'claimant', 'operator')),
      label text not null,
      secret_hash bytea not null check (length(secret_hash) = 32),
      scopes text[] not null,
      created_at timestamptz not null,
      revoked_at timestamptz,
      primary key (owner_id, id)
    )`);
}

async function createDocuments(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table number_series (
      issuer_id uuid not null references issuers (id),
      series text not null,
      next_serial bigint not null default 1 check (next_serial >= 1),
      primary key (issuer_id, series)
    )`);
  await runner.query(`
    create table documents (
      issuer_id uuid not null references issuers (id),
      id uuid not null,
      kind text not null,
      number text not null,
      series text not null,
      serial bigint not null,
      issued_at timestamptz not null,
      doc_id bytea not null check (length(doc_id) = 32),
      document_address bytea not null check (length(document_address) = 20),
      wrapped_secret bytea not null,
      core_cipher bytea not null,
      rendered_at timestamptz,
      render_failures integer not null default 0,
      render_error text,
      primary key (issuer_id, id),
      unique (issuer_id, series, serial)
    )`);
  await runner.query(`create index documents_by_address on documents (document_address)`);
  await runner.query(`create index documents_to_render on documents (issuer_id, id) where rendered_at is null`);
  await runner.query(`
    create table document_events (
      issuer_id uuid not null,
      document_id uuid not null,
      seq integer not null check (seq >= 0),
      type text not null,
      at timestamptz not null,
      previous_leaf bytea check (length(previous_leaf) = 32),
      leaf bytea check (length(leaf) = 32),
      payload_cipher bytea,
      primary key (issuer_id, document_id, seq),
      foreign key (issuer_id, document_id) references documents (issuer_id, id)
    )`);
  await runner.query(`
    create table document_files (
      issuer_id uuid not null,
      document_id uuid not null,
      revision text not null check (revision in ('issued', 'anchored')),
      sha256 bytea not null check (length(sha256) = 32),
      size integer not null,
      cipher bytea not null,
      stored_at timestamptz not null,
      primary key (issuer_id, document_id, revision),
      foreign key (issuer_id, document_id) references documents (issuer_id, id)
    )`);
  // Compressed and encrypted already: do not try again.
  await runner.query(`alter table document_files alter column cipher set storage external`);
  await runner.query(`create index document_files_by_sha256 on document_files (sha256)`);
  await runner.query(`
    create table idempotency_keys (
      issuer_id uuid not null references issuers (id),
      key text not null,
      request_hash bytea not null check (length(request_hash) = 32),
      document_id uuid not null,
      created_at timestamptz not null,
      primary key (issuer_id, key)
    )`);
  await runner.query(`
    create table outbox (
      id bigint generated always as identity primary key,
      topic text not null,
      payload jsonb not null,
      created_at timestamptz not null default now()
    )`);
}

async function createImports(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table imports (
      issuer_id uuid not null references issuers (id),
      id uuid not null,
      kind text not null,
      mode text not null check (mode in ('all-or-nothing', 'per-row')),
      state text not null check (state in ('queued', 'checking', 'issuing', 'done', 'refused')),
      total integer not null check (total > 0),
      next_line integer not null default 1,
      issued integer not null default 0,
      failed integer not null default 0,
      idempotency_key text,
      request_hash bytea not null check (length(request_hash) = 32),
      wrapped_secret bytea,
      created_at timestamptz not null,
      started_at timestamptz,
      checked_at timestamptz,
      finished_at timestamptz,
      primary key (issuer_id, id),
      unique (issuer_id, idempotency_key),
      check (issued + failed <= total),
      check ((finished_at is not null) = (state in ('done', 'refused'))),
      check ((wrapped_secret is null) = (finished_at is not null))
    )`);
  await runner.query(`create index imports_unfinished on imports (issuer_id, id) where finished_at is null`);
  await runner.query(`
    create table import_rows (
      issuer_id uuid not null,
      import_id uuid not null,
      line integer not null check (line > 0),
      request_cipher bytea,
      document_id uuid,
      errors jsonb,
      primary key (issuer_id, import_id, line),
      foreign key (issuer_id, import_id) references imports (issuer_id, id),
      foreign key (issuer_id, document_id) references documents (issuer_id, id),
      check (document_id is null or (errors is null and request_cipher is null))
    )`);
  await runner.query(`alter table import_rows alter column request_cipher set storage external`);
}

async function createBatches(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table anchor_batches (
      issuer_id uuid not null references issuers (id),
      id uuid not null,
      sequence bigint generated always as identity,
      size integer not null check (size > 0),
      depth integer not null,
      root bytea not null check (length(root) = 32),
      sealed_at timestamptz not null,
      primary key (issuer_id, id),
      unique (issuer_id, root)
    )`);
  await runner.query(`
    create table anchor_leaves (
      issuer_id uuid not null references issuers (id),
      leaf bytea not null check (length(leaf) = 32),
      position bigint generated always as identity,
      submitted_at timestamptz not null,
      batch_id uuid,
      leaf_index integer,
      primary key (issuer_id, leaf),
      check ((batch_id is null) = (leaf_index is null)),
      foreign key (issuer_id, batch_id) references anchor_batches (issuer_id, id) deferrable initially deferred
    )`);
  await runner.query(`create index anchor_leaves_open on anchor_leaves (issuer_id, position) where batch_id is null`);
  await runner.query(`
    create table anchor_tiles (
      issuer_id uuid not null,
      batch_id uuid not null,
      level integer not null,
      tile_index integer not null,
      hashes bytea not null,
      primary key (issuer_id, batch_id, level, tile_index),
      foreign key (issuer_id, batch_id) references anchor_batches (issuer_id, id)
    )`);
  await runner.query(`alter table anchor_tiles alter column hashes set storage external`);
}

async function createChain(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table chain_senders (
      chain_id bigint not null,
      address bytea not null check (length(address) = 20),
      next_nonce bigint not null default 0,
      primary key (chain_id, address)
    )`);
  await runner.query(`
    create table anchor_transactions (
      chain_id bigint not null,
      sender bytea not null check (length(sender) = 20),
      nonce bigint not null,
      attempt integer not null,
      hash bytea not null check (length(hash) = 32),
      raw bytea not null,
      max_fee_per_gas numeric(78) not null,
      max_priority_fee_per_gas numeric(78) not null,
      state text not null check (state in ('stored', 'mined', 'reverted', 'replaced')),
      created_at timestamptz not null,
      broadcast_at timestamptz,
      primary key (chain_id, sender, nonce, attempt),
      unique (chain_id, hash),
      foreign key (chain_id, sender) references chain_senders (chain_id, address)
    )`);
  await runner.query(`
    create table anchors (
      issuer_id uuid not null,
      batch_id uuid not null,
      chain_id bigint not null,
      state text not null check (state in ('pending', 'submitted', 'anchored', 'confirmed', 'final')),
      sender bytea,
      nonce bigint,
      transaction_hash bytea,
      block_number bigint,
      block_hash bytea,
      block_time timestamptz,
      gas_used bigint,
      roots_in_transaction integer,
      last_error text,
      updated_at timestamptz not null,
      primary key (issuer_id, batch_id, chain_id),
      foreign key (issuer_id, batch_id) references anchor_batches (issuer_id, id),
      check (state <> 'submitted' or (sender is not null and nonce is not null)),
      check (state in ('pending', 'submitted') or (block_number is not null and block_hash is not null))
    )`);
  await runner.query(`create index anchors_unfinished on anchors (chain_id, state) where state <> 'final'`);
}

async function protectRows(runner: QueryRunner): Promise<void> {
  await runner.query(`grant select, insert, update, delete on all tables in schema public to chopmark_worker`);
  await runner.query(`grant usage on all sequences in schema public to chopmark_worker, chopmark_api`);
  await runner.query(`grant select, insert, update on ${TENANT_TABLES.join(', ')} to chopmark_api`);
  await runner.query(`grant select on ${Object.keys(IDENTITY_TABLES).join(', ')} to chopmark_api`);
  await runner.query(`grant insert on outbox to chopmark_api`);
  await runner.query(`grant select on schema_migrations to chopmark_api, chopmark_worker`);
  const columns = [...TENANT_TABLES.map((table) => [table, 'issuer_id'] as const), ...Object.entries(IDENTITY_TABLES)];
  for (const [table, column] of columns) {
    await runner.query(`alter table ${table} enable row level security, force row level security`);
    await runner.query(`create policy own_rows on ${table} to chopmark_api using (${column} = ${CURRENT_TENANT})`);
    await runner.query(`create policy all_rows on ${table} to chopmark_worker using (true)`);
  }
}

/** A stranger asks with an address or a file's digest and no issuer: these two answer whose it is, and nothing else. */
async function createLocators(runner: QueryRunner): Promise<void> {
  await runner.query(`
    do $$ begin
      create role chopmark_locator nologin noinherit nobypassrls;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  await runner.query(`grant chopmark_locator to current_user`);
  await runner.query(`grant usage, create on schema public to chopmark_locator`);
  await runner.query(`grant select (issuer_id, id, document_address) on documents to chopmark_locator`);
  await runner.query(`grant select (issuer_id, document_id, sha256) on document_files to chopmark_locator`);
  await runner.query(`create policy locate on documents for select to chopmark_locator using (true)`);
  await runner.query(`create policy locate on document_files for select to chopmark_locator using (true)`);
  await runner.query(`
    create function locate_document(address bytea) returns table (issuer_id uuid, document_id uuid)
    language sql stable security definer set search_path = public
    as $$ select d.issuer_id, d.id from documents d where d.document_address = address $$`);
  await runner.query(`
    create function locate_document_file(digest bytea) returns table (issuer_id uuid, document_id uuid)
    language sql stable security definer set search_path = public
    as $$ select f.issuer_id, f.document_id from document_files f where f.sha256 = digest $$`);
  for (const name of ['locate_document(bytea)', 'locate_document_file(bytea)']) {
    await runner.query(`alter function ${name} owner to chopmark_locator`);
    await runner.query(`revoke all on function ${name} from public`);
    await runner.query(`grant execute on function ${name} to chopmark_api, chopmark_worker`);
  }
  await runner.query(`revoke create on schema public from chopmark_locator`);
}

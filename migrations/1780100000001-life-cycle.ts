import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents have a status, events after the first wait for their leaves, and revocations for the chain. */
export class LifeCycle1780100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table documents add column status text not null default 'issued'`);
    await runner.query(`alter table document_events add column leaf_failures integer not null default 0`);
    // The leaf of event 0 comes with the PDF: only later events wait here, so issuing does not pay for this index.
    await runner.query(`
      create index document_events_to_fix on document_events (issuer_id, document_id, seq) where leaf is null and seq > 0`);
    await runner.query(`
      create table document_revocations (
        issuer_id uuid not null,
        document_id uuid not null,
        chain_id bigint not null,
        state text not null check (state in ('pending', 'submitted', 'revoked')),
        requested_at timestamptz not null,
        sender bytea check (length(sender) = 20),
        nonce bigint,
        seen_block bigint,
        revoked_at timestamptz,
        last_error text,
        tried_at timestamptz,
        primary key (issuer_id, document_id, chain_id),
        foreign key (issuer_id, document_id) references documents (issuer_id, id),
        check (state <> 'submitted' or (sender is not null and nonce is not null)),
        check ((state = 'revoked') = (revoked_at is not null))
      )`);
    await runner.query(`
      create index document_revocations_open on document_revocations (chain_id, requested_at) where state <> 'revoked'`);
    await runner.query(`grant select, insert, update, delete on document_revocations to chopmark_worker`);
    await runner.query(`grant select, insert, update on document_revocations to chopmark_api`);
    await runner.query(`alter table document_revocations enable row level security, force row level security`);
    await runner.query(`
      create policy own_rows on document_revocations to chopmark_api
      using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
    await runner.query(`create policy all_rows on document_revocations to chopmark_worker using (true)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table document_revocations');
    await runner.query('drop index document_events_to_fix');
    await runner.query('alter table document_events drop column leaf_failures');
    await runner.query('alter table documents drop column status');
  }
}

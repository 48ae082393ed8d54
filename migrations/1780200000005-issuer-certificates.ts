import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The certificates that issuers sign their documents with. Rows are added and retired, never altered or removed. */
export class IssuerCertificates1780200000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table issuer_certificates (
        issuer_id uuid not null references issuers (id),
        fingerprint bytea not null check (length(fingerprint) = 32),
        certificates bytea[] not null check (cardinality(certificates) > 0),
        algorithm text not null check (algorithm in ('ES256', 'RS256')),
        not_before timestamptz not null,
        not_after timestamptz not null,
        registered_at timestamptz not null,
        retired_at timestamptz,
        primary key (issuer_id, fingerprint)
      )`);
    await runner.query(`grant select, insert, update (retired_at) on issuer_certificates to chopmark_worker`);
    await runner.query(`grant select on issuer_certificates to chopmark_api`);
    await runner.query(`alter table issuer_certificates enable row level security, force row level security`);
    await runner.query(`
      create policy own_rows on issuer_certificates to chopmark_api
      using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
    await runner.query(`create policy all_rows on issuer_certificates to chopmark_worker using (true)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table issuer_certificates');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may do what with an issuer's store: its address is derived from both, so they are as much of the issuer as the
 * address is. Issuers from before have none written down; the settings of a process tell theirs, or nobody does.
 */
export class StoreRoles1780200000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table issuers
        add column store_admin bytea check (length(store_admin) = 20),
        add column store_relayer bytea check (length(store_relayer) = 20),
        add constraint issuers_store_roles check ((store_admin is null) = (store_relayer is null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table issuers drop column store_admin, drop column store_relayer');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mirror or an auditor knows a batch by its id or by the root it saw on a chain, and no issuer. */
export class PublicBatches1780300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index anchor_batches_by_id on anchor_batches (id)`);
    await runner.query(`create index anchor_batches_by_root on anchor_batches (root)`);
    await runner.query(`grant chopmark_locator to current_user`);
    await runner.query(`grant create on schema public to chopmark_locator`);
    await runner.query(`grant select (issuer_id, id, root) on anchor_batches to chopmark_locator`);
    await runner.query(`create policy locate on anchor_batches for select to chopmark_locator using (true)`);
    await runner.query(`
      create function locate_batch(batch uuid, batch_root bytea) returns table (issuer_id uuid, batch_id uuid)
      language sql stable security definer set search_path = public
      as $$ select b.issuer_id, b.id from anchor_batches b where b.id = batch or b.root = batch_root order by b.id $$`);
    await runner.query(`alter function locate_batch(uuid, bytea) owner to chopmark_locator`);
    await runner.query(`revoke all on function locate_batch(uuid, bytea) from public`);
    await runner.query(`grant execute on function locate_batch(uuid, bytea) to chopmark_api, chopmark_worker`);
    await runner.query(`revoke create on schema public from chopmark_locator`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function locate_batch(uuid, bytea)`);
    await runner.query(`drop policy locate on anchor_batches`);
    await runner.query(`revoke select (issuer_id, id, root) on anchor_batches from chopmark_locator`);
    await runner.query(`drop index anchor_batches_by_root`);
    await runner.query(`drop index anchor_batches_by_id`);
  }
}

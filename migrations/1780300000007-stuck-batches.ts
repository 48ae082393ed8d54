import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operators are nobody's tenants: what is stuck is told to them for all issuers, and nothing else is. */
export class StuckBatches1780300000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`grant chopmark_locator to current_user`);
    await runner.query(`grant create on schema public to chopmark_locator`);
    await runner.query(`grant select (size, sealed_at) on anchor_batches to chopmark_locator`);
    await runner.query(
      `grant select (issuer_id, batch_id, chain_id, state, last_error, sender, nonce) on anchors to chopmark_locator`,
    );
    await runner.query(`create policy locate on anchors for select to chopmark_locator using (true)`);
    await runner.query(
      `grant select (chain_id, sender, nonce, attempt, hash, max_fee_per_gas, max_priority_fee_per_gas, created_at, broadcast_at)
       on anchor_transactions to chopmark_locator`,
    );
    await runner.query(`
      create function stuck_anchors(sealed_before timestamptz, most integer)
      returns table (issuer_id uuid, batch_id uuid, chain_id bigint, state text, size integer, sealed_at timestamptz,
        last_error text, hash bytea, nonce bigint, attempt integer, max_fee_per_gas numeric,
        max_priority_fee_per_gas numeric, created_at timestamptz, broadcast_at timestamptz)
      language sql stable security definer set search_path = public
      as $$
        select a.issuer_id, a.batch_id, a.chain_id, a.state, b.size, b.sealed_at, a.last_error, t.hash, t.nonce, t.attempt,
               t.max_fee_per_gas, t.max_priority_fee_per_gas, t.created_at, t.broadcast_at
        from anchors a
        join anchor_batches b on b.issuer_id = a.issuer_id and b.id = a.batch_id
        left join lateral (
          select t.* from (select chain_id, sender, nonce, attempt, hash, max_fee_per_gas, max_priority_fee_per_gas, created_at,
                                  broadcast_at from anchor_transactions) as t
          where t.chain_id = a.chain_id and t.sender = a.sender and t.nonce = a.nonce order by t.attempt desc limit 1
        ) as t on true
        where a.state in ('pending', 'submitted') and b.sealed_at <= sealed_before
        order by b.sealed_at, a.chain_id limit most $$`);
    await runner.query(`alter function stuck_anchors(timestamptz, integer) owner to chopmark_locator`);
    await runner.query(`revoke all on function stuck_anchors(timestamptz, integer) from public`);
    await runner.query(
      `grant execute on function stuck_anchors(timestamptz, integer) to chopmark_api, chopmark_worker`,
    );
    await runner.query(`revoke create on schema public from chopmark_locator`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function stuck_anchors(timestamptz, integer)`);
    await runner.query(
      `revoke select (chain_id, sender, nonce, attempt, hash, max_fee_per_gas, max_priority_fee_per_gas, created_at, broadcast_at)
       on anchor_transactions from chopmark_locator`,
    );
    await runner.query(`drop policy locate on anchors`);
    await runner.query(
      `revoke select (issuer_id, batch_id, chain_id, state, last_error, sender, nonce) on anchors from chopmark_locator`,
    );
    await runner.query(`revoke select (size, sealed_at) on anchor_batches from chopmark_locator`);
  }
}

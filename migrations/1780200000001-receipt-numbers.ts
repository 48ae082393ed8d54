import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the first samples of the tables did not have; installations that began with later samples have them already. */
const FURTHER_SAMPLES = [
  ['fiscal-categories', '0201', '2020-01-01', { name: '停车收费票据', english: 'parking' }],
  ['fiscal-categories', '0202', '2020-01-01', { name: '充电收费票据', english: 'charging' }],
  ['fiscal-categories', '0501', '2020-01-01', { name: '景区门票票据', english: 'scenic spots' }],
  ['id-types', '118', '2019-01-01', { name: '士兵证', english: 'soldier id' }],
  ['id-types', '119', '2019-01-01', { name: '军士证', english: 'sergeant id' }],
  ['id-types', '120', '2019-01-01', { name: '军队文职人员证', english: 'civilian staff of the army' }],
  ['id-types', '122', '2019-01-01', { name: '武警文职人员证', english: 'civilian staff of the armed police' }],
] as const;

/**
 * Numbers of receipts are unique under their code whoever issues them: a counter for each code, which belongs to no issuer
 * and moves only forward, and the ranges that each issuer has drawn from it.
 */
export class ReceiptNumbers1780200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCounter(runner);
    await createRanges(runner);
    await continueBehindOldNumbers(runner);
    await addSamples(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function draw_shared_serials(text, bigint, bigint)');
    await runner.query('drop table number_ranges');
    await runner.query('drop table shared_series');
  }
}

async function createCounter(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table shared_series (
      series text primary key,
      next_serial bigint not null check (next_serial > 0)
    )`);
  await runner.query(`grant select, insert, update on shared_series to chopmark_locator`);
  await runner.query(`grant usage, create on schema public to chopmark_locator`);
  await runner.query(`
    create function draw_shared_serials(drawn_from text, count bigint, at_least bigint) returns bigint
    language sql volatile strict security definer set search_path = public
    as $$
      insert into shared_series as s (series, next_serial) values (drawn_from, greatest(at_least, 1) + greatest(count, 1))
      on conflict (series) do update set next_serial = greatest(s.next_serial, at_least) + greatest(count, 1)
      returning next_serial - greatest(count, 1)
    $$`);
  await runner.query(`alter function draw_shared_serials(text, bigint, bigint) owner to chopmark_locator`);
  await runner.query(`revoke all on function draw_shared_serials(text, bigint, bigint) from public`);
  await runner.query(
    `grant execute on function draw_shared_serials(text, bigint, bigint) to chopmark_api, chopmark_worker`,
  );
  await runner.query(`revoke create on schema public from chopmark_locator`);
}

async function createRanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    create table number_ranges (
      issuer_id uuid not null references issuers (id),
      series text not null,
      first_serial bigint not null check (first_serial > 0),
      last_serial bigint not null check (last_serial >= first_serial),
      drawn_at timestamptz not null,
      primary key (issuer_id, series, last_serial)
    )`);
  await runner.query(`grant select, insert, update, delete on number_ranges to chopmark_worker`);
  await runner.query(`grant select, insert, update on number_ranges to chopmark_api`);
  await runner.query(`alter table number_ranges enable row level security, force row level security`);
  await runner.query(`
    create policy own_rows on number_ranges to chopmark_api
    using (issuer_id = (select nullif(current_setting('app.issuer', true), '')::uuid))`);
  await runner.query(`create policy all_rows on number_ranges to chopmark_worker using (true)`);
}

/** Until now each issuer counted from 1: all of them go on behind the largest number that any of them has used. */
async function continueBehindOldNumbers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    insert into shared_series (series, next_serial)
    select series, max(next_serial) from number_series where series ~ '^[0-9]{8}$' group by series`);
}

async function addSamples(runner: QueryRunner): Promise<void> {
  for (const [table, code, validFrom, data] of FURTHER_SAMPLES) {
    await runner.query(
      `with succeeded as (
         update reference_tables set version = version + 1, changed_at = now()
         where name = $1 and not exists (select from reference_rows where table_name = $1 and code = $2)
         returning version)
       insert into reference_rows (table_name, code, valid_from, data, is_sample, version)
       select $1, $2, $3::date, $4::jsonb, true, version from succeeded`,
      [table, code, validFrom, JSON.stringify(data)],
    );
  }
}

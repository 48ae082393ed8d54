import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sampleRows } from '../src/documents/reference-tables/sample-tables.js';

/**
 * Easements; terms after which a seizure or an advance notice lapses as an objection does; and the calendar of public
 * holidays that such terms are counted by. An objection that was taken to court has no term any more.
 */
export class TermsOfBurdens1780200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table property_burdens
        add column term_days integer check (term_days >= 0),
        add column dominant_unit_no text check (length(dominant_unit_no) = 28),
        drop constraint property_burdens_kind_check,
        drop constraint property_burdens_check2,
        add constraint property_burdens_kind_check
          check (kind in ('mortgage', 'seizure', 'notice', 'objection', 'easement')),
        add constraint property_burdens_lapse_check
          check (lapses_on is null or (kind in ('seizure', 'notice', 'objection') and state <> 'waiting')),
        add constraint property_burdens_term_check check (term_days is null or kind = 'seizure'),
        add constraint property_burdens_easement_check check ((kind = 'easement') = (dominant_unit_no is not null))`);
    await runner.query(`
      create index property_burdens_by_lapse on property_burdens (lapses_on, issuer_id)
      where state = 'active' and lapses_on is not null`);
    await runner.query(`
      create index property_burdens_by_dominant_unit on property_burdens (issuer_id, dominant_unit_no)
      where dominant_unit_no is not null`);
    await this.addHolidays(runner);
  }

  /** Fails while there are burdens that the columns before cannot hold: nothing is thrown away. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from reference_rows where table_name = 'holidays'`);
    await runner.query(`delete from reference_tables where name = 'holidays'`);
    await runner.query('drop index property_burdens_by_lapse, property_burdens_by_dominant_unit');
    await runner.query(`
      alter table property_burdens
        drop constraint property_burdens_easement_check,
        drop constraint property_burdens_term_check,
        drop constraint property_burdens_lapse_check,
        drop constraint property_burdens_kind_check,
        add constraint property_burdens_kind_check check (kind in ('mortgage', 'seizure', 'notice', 'objection')),
        add constraint property_burdens_check2 check ((kind = 'objection') = (lapses_on is not null)),
        drop column dominant_unit_no,
        drop column term_days`);
  }

  /** A database made today has them from the migration that made the tables. */
  private async addHolidays(runner: QueryRunner): Promise<void> {
    const added = (await runner.query(
      `insert into reference_tables (name, version, changed_at) values ('holidays', 1, now())
       on conflict do nothing returning name`,
    )) as unknown[];
    if (added.length === 0) {
      return;
    }
    await runner.query(
      `insert into reference_rows (table_name, code, valid_from, valid_to, data, is_sample, version)
       select 'holidays', code, "validFrom", "validTo", data, true, 1
       from jsonb_to_recordset($1::jsonb) as row (code text, "validFrom" date, "validTo" date, data jsonb)`,
      [JSON.stringify(sampleRows.holidays)],
    );
  }
}

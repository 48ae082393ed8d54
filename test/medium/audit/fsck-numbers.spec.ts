import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Issued } from '../../support/api-caller.js';
import { type AuditWorld, makeAuditWorld, settle } from './audit-world.js';

let world: AuditWorld;
let issued: Issued[];

beforeAll(async () => {
  world = await makeAuditWorld();
  issued = (await world.caller.issueMany(4)).sort((left, right) => (left.number < right.number ? -1 : 1));
  await settle(world.instance);
});
afterAll(() => world.close());

describe('fsck, of the numbers of an issuer,', () => {
  it('tells the serials of a gap, at either end of a series too', async () => {
    const findings = await world.whileDamaged(
      ['documents', 'number_series'],
      `delete from documents where id in ('${issued[0]?.id ?? ''}', '${issued[2]?.id ?? ''}');
       update number_series set next_serial = next_serial + 2`,
      () => world.fsck(),
    );
    const gaps = findings.filter(({ code }) => code === 'series.gap').map(({ detail }) => detail?.split(', ')[1]);
    expect(gaps).toEqual(['serials 1 to 1', 'serials 3 to 3', 'serials 5 to 6']);
  });

  it('tells a remembered request whose document is gone', async () => {
    const ghost = '00000000-0000-7000-8000-000000000001';
    const sql = `insert into idempotency_keys (issuer_id, key, request_hash, document_id, created_at)
      values ('${world.issuer.id}', 'k', decode(repeat('00', 32), 'hex'), '${ghost}', now())`;
    const findings = await world.whileDamaged(['idempotency_keys'], sql, () => world.fsck());
    expect(findings.map(({ code, documentId }) => [code, documentId])).toEqual([['idempotency.dangling', ghost]]);
  });

  it('tells all of them, however many there are', async () => {
    const copies = 1_201;
    const copied = `insert into documents select (jsonb_populate_record(d, jsonb_build_object(
        'id', '00000000-0000-7000-8000-' || lpad(n::text, 12, '0'), 'serial', 10 + 2 * n,
        'document_address', '\\x' || lpad(n::text, 40, '0'), 'status_index', 1000 + n))).*
      from documents d, generate_series(1, ${copies}) n where d.id = '${issued[0]?.id ?? ''}';
      insert into idempotency_keys (issuer_id, key, request_hash, document_id, created_at)
      select '${world.issuer.id}', 'k' || n, decode(repeat('00', 32), 'hex'),
        ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, now() from generate_series(1, ${copies}) n`;
    const given = `${copied}; update number_series set next_serial = 1000000`;
    const counts = async (sql: string): Promise<Record<string, number>> => {
      const tables = ['documents', 'idempotency_keys', 'number_series'];
      const findings = await world.whileDamaged(tables, sql, () => world.fsck());
      const codes = ['series.gap', 'series.behind', 'number.duplicate', 'idempotency.dangling'];
      return Object.fromEntries(codes.map((code) => [code, findings.filter((one) => one.code === code).length]));
    };
    const alike = { 'number.duplicate': copies, 'idempotency.dangling': copies };
    // Before, between and behind the copies; those that were never given out leave none.
    expect(await counts(given)).toEqual({ 'series.gap': copies + 1, 'series.behind': 0, ...alike });
    expect(await counts(copied)).toEqual({ 'series.gap': 0, 'series.behind': copies, ...alike });
  });
});

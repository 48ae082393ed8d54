import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataSource, UnitOfWork } from '../../../src/platform/database/index.js';
import { callerOf, TestInstance, type TestIssuer } from '../../support/running-instance.js';

/** Belong to nobody in particular; what the API may do with each of them is said here. */
const COMMON_TABLES: Readonly<Record<string, readonly string[]>> = {
  anchor_transactions: [],
  chain_senders: [],
  outbox: ['INSERT'],
  receipt_kinds: ['INSERT', 'SELECT'],
  reference_rows: ['INSERT', 'SELECT'],
  reference_tables: ['SELECT'],
  schema_migrations: ['SELECT'],
  shared_series: [],
};
/** The tables that say who the tenants are, by the column that does; all others by `issuer_id`. The API only reads them. */
const IDENTITY: Readonly<Record<string, string>> = {
  issuers: 'id',
  claimants: 'id',
  api_keys: 'owner_id',
  issuer_certificates: 'issuer_id',
};

let instance: TestInstance;
let api: DataSource;
let asApi: UnitOfWork;
let mine: TestIssuer;
let theirs: TestIssuer;
let tenantTables: { table: string; owner: string }[];

beforeAll(async () => {
  instance = await TestInstance.make();
  [mine, theirs] = [await instance.addIssuer('tingtao'), await instance.addIssuer('yunfan')];
  const running = await instance.startApi();
  const worker = await instance.startWorker();
  for (const issuer of [mine, theirs]) {
    await callerOf(running, issuer).issue(undefined, randomUUID());
  }
  await instance.waitUntilAnchored();
  await worker.stop();
  await addRows();
  await addInvoiceRows();
  api = await makeDataSource({ url: instance.settings.databaseUrl, role: 'chopmark_api', poolSize: 2 }).initialize();
  asApi = new UnitOfWork(api, instance.settings);
  const tables = await instance.query<{ table: string }>(
    "select tablename as table from pg_tables where schemaname = 'public' order by tablename",
  );
  tenantTables = tables
    .filter(({ table }) => COMMON_TABLES[table] === undefined)
    .map(({ table }) => ({ table, owner: IDENTITY[table] ?? 'issuer_id' }));
});
afterAll(async () => {
  await api.destroy();
  await instance.close();
});

/** Nothing of this needs to be processed here: what counts is that each issuer has a row in each table. */
async function addRows(): Promise<void> {
  for (const { id } of [mine, theirs]) {
    const importId = randomUUID();
    await instance.query(
      `insert into imports (issuer_id, id, kind, mode, state, total, request_hash, wrapped_secret, created_at)
       values ($1, $2, 'invoice.vat', 'per-row', 'queued', 1, sha256('x'), 'x', now())`,
      [id, importId],
    );
    await instance.query('insert into import_rows (issuer_id, import_id, line) values ($1, $2, 1)', [id, importId]);
    await instance.query(`insert into claimants (id, name, tax_id, created_at) values ($1, 'x', $2, now())`, [id, id]);
    await instance.query(
      `insert into document_revocations (issuer_id, document_id, chain_id, state, requested_at)
       select issuer_id, id, 1, 'pending', now() from documents where issuer_id = $1 limit 1`,
      [id],
    );
    await addStatusRows(id);
    await addRegisterRows(id);
    await instance.query(`insert into number_ranges values ($1, '44010326', 1, 2, now())`, [id]);
    await instance.query(`insert into receipt_claims (issuer_id, claim) values ($1, 'x')`, [id]);
    await instance.query(
      `insert into receipt_write_offs (issuer_id, document_id, write_off_id)
       select issuer_id, id, id from documents where issuer_id = $1 limit 1`,
      [id],
    );
    await instance.query(
      `insert into receipt_tickets (issuer_id, document_id, ticket_no, state, at)
       select issuer_id, id, 'x', 'used', now() from documents where issuer_id = $1 limit 1`,
      [id],
    );
  }
}

async function addStatusRows(issuerId: string): Promise<void> {
  await instance.query('insert into document_ends (issuer_id, status_index, value) values ($1, 0, 1)', [issuerId]);
  // The worker may have made the lists by now.
  await instance.query(
    `insert into status_lists (issuer_id, purpose, number, id, version, token, valid_from, valid_until)
     values ($1, 'message', 7, $2, 1, 'x', now(), now())`,
    [issuerId, `${issuerId}-message-7`],
  );
  await instance.query(
    `insert into status_list_versions (issuer_id, purpose, number, version, leaf, first_at, last_until)
     values ($1, 'message', 7, 1, sha256('x'), now(), now())`,
    [issuerId],
  );
}

async function addRegisterRows(issuerId: string): Promise<void> {
  const unitNo = '431302001005GB00012F00030602';
  await instance.query(`insert into property_registers (issuer_id, place) values ($1, '娄底市')`, [issuerId]);
  await instance.query('insert into property_units (issuer_id, unit_no) values ($1, $2)', [issuerId, unitNo]);
  await instance.query(
    `insert into property_certificates (issuer_id, document_id, unit_no)
     select issuer_id, id, $2 from documents where issuer_id = $1 limit 1`,
    [issuerId, unitNo],
  );
  await instance.query(
    `insert into property_burdens (issuer_id, id, unit_no, kind, position, state, court_document_no)
     values ($1, $2, $3, 'seizure', 1, 'active', 'x')`,
    [issuerId, randomUUID(), unitNo],
  );
}

/** What red-letter invoices and limits leave behind, for each issuer's one document. */
async function addInvoiceRows(): Promise<void> {
  const ofDocuments = 'select issuer_id, id from documents';
  await instance.query(`insert into invoice_remainders select issuer_id, id, 1, 1, 1 from (${ofDocuments}) as d`);
  await instance.query(`insert into invoice_uses select issuer_id, id, 'booking', now() from (${ofDocuments}) as d`);
  await instance.query(
    `insert into red_confirmations (issuer_id, id, document_id, number, uuid, initiator, status, reason_code, entered_at)
     select issuer_id, id, id, repeat('0', 20), repeat('0', 32), 'seller', '02', '01', now() from (${ofDocuments}) as d`,
  );
  await instance.query(
    `insert into invoice_allowances (issuer_id, monthly_total, month) select id, 1, '2026-01' from issuers`,
  );
  await instance.query(
    `insert into invoice_number_blocks (issuer_id, series, first_serial, last_serial, scheme, drawn_at)
     select issuer_id, series, 1, 2, 'shudian', now() from number_series`,
  );
}

const grantsOf = async (table: string): Promise<string[]> => {
  const rows = await instance.query<{ privilege: string }>(
    `select privilege_type as privilege from information_schema.role_table_grants
     where grantee = 'chopmark_api' and table_name = $1 order by 1`,
    [table],
  );
  return rows.map(({ privilege }) => privilege);
};

describe('row-level security', () => {
  it('takes whatever stands for an issuer as a text, never as SQL', async () => {
    const sql = `x'; update outbox set topic = 'x'; set local app.issuer = '${theirs.id}`;
    for (const issuerId of [sql, String.raw`\'x`, '']) {
      const told = await asApi.run((tx) => tx.query(`select current_setting('app.issuer') as issuer`), { issuerId });
      expect(told).toEqual([{ issuer: issuerId }]);
    }
  });

  it('is forced on every table that has tenants, with a policy for the API and one for workers', async () => {
    const unprotected = await instance.query<{ table: string }>(
      `select c.relname as table from pg_class c
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not (c.relname = any($1))
         and not (c.relrowsecurity and c.relforcerowsecurity
           and exists (select from pg_policy p where p.polrelid = c.oid and 'chopmark_api'::regrole = any(p.polroles))
           and exists (select from pg_policy p where p.polrelid = c.oid and 'chopmark_worker'::regrole = any(p.polroles)))`,
      [Object.keys(COMMON_TABLES)],
    );
    expect(unprotected).toEqual([]);
  });

  it('leaves out only tables without tenants, and the API has no more than its share of those', async () => {
    for (const [table, grants] of Object.entries(COMMON_TABLES)) {
      expect(`${table}: ${(await grantsOf(table)).join(' ')}`).toBe(`${table}: ${grants.join(' ')}`);
      const columns = await instance.query(
        "select 1 from information_schema.columns where table_name = $1 and column_name in ('issuer_id', 'owner_id')",
        [table],
      );
      expect(columns).toEqual([]);
    }
  });

  it('has something to hide in this test: both issuers have rows in every tenant table', async () => {
    for (const { table, owner } of tenantTables) {
      const owners = await instance.value(`select count(distinct ${owner}) from ${table} where ${owner} in ($1, $2)`, [
        mine.id,
        theirs.id,
      ]);
      expect(`${table}: ${String(owners)}`).toBe(`${table}: 2`);
    }
  });

  it('shows the API its own issuer and nothing of another, in every tenant table', async () => {
    for (const { table, owner } of tenantTables) {
      const seen = await asApi.run((tx) => tx.query<{ owner: string }>(`select ${owner} as owner from ${table}`), {
        issuerId: mine.id,
      });
      expect(`${table}: ${[...new Set(seen.map((row) => row.owner))].join(' ')}`).toBe(`${table}: ${mine.id}`);
    }
  });

  it('shows nothing at all when no issuer is set', async () => {
    for (const { table } of tenantTables) {
      const seen = await asApi.run((tx) => tx.query(`select 1 from ${table}`));
      expect(`${table}: ${seen.length}`).toBe(`${table}: 0`);
    }
  });

  it('lets the API change no row of another issuer, nor give one of its own away', async () => {
    for (const { table, owner } of tenantTables.filter((each) => IDENTITY[each.table] === undefined)) {
      const change = `update ${table} set ${owner} = ${owner} where ${owner} = $1 returning 1`;
      const changed = await asApi.run((tx) => tx.query(change, [theirs.id]), { issuerId: mine.id });
      expect(`${table}: ${changed.length}`).toBe(`${table}: 0`);
      const give = `update ${table} set ${owner} = $1`;
      await expect(
        asApi.run((tx) => tx.query(give, [theirs.id]), { issuerId: mine.id }),
        table,
      ).rejects.toThrow(/row-level security/);
    }
  });

  it('lets the API insert no row for another issuer', async () => {
    for (const { table, owner } of tenantTables.filter((each) => IDENTITY[each.table] === undefined)) {
      const columns = await instance.query<{ name: string }>(
        `select column_name as name from information_schema.columns where table_name = $1 and is_identity = 'NO'`,
        [table],
      );
      const names = columns.map(({ name }) => name);
      // A copy of its own row in the other's name: nothing but the policy is in its way before keys are looked at.
      const values = names.map((name) => (name === owner ? '$1::uuid' : name));
      const insert = `insert into ${table} (${names.join(',')}) select ${values.join(',')} from ${table}`;
      await expect(
        asApi.run((tx) => tx.query(insert, [theirs.id]), { issuerId: mine.id }),
        table,
      ).rejects.toThrow(/row-level security/);
    }
  });

  it('lets the API neither delete nor touch who the tenants are', async () => {
    for (const { table } of tenantTables) {
      const allowed = IDENTITY[table] === undefined ? ['INSERT', 'SELECT', 'UPDATE'] : ['SELECT'];
      expect(`${table}: ${(await grantsOf(table)).join(' ')}`).toBe(`${table}: ${allowed.join(' ')}`);
    }
  });
});

describe('the locators', () => {
  it('answer a stranger whose document it is, by address, digest or number, and nothing but ids', async () => {
    const [document] = await instance.query<{ id: string; number: string; document_address: Buffer; sha256: Buffer }>(
      'select d.id, d.number, d.document_address, f.sha256 from documents d join document_files f on f.document_id = d.id where d.issuer_id = $1',
      [theirs.id],
    );
    const found = await asApi.run(async (tx) => [
      ...(await tx.query('select * from locate_document($1)', [document?.document_address])),
      ...(await tx.query('select * from locate_document_file($1)', [document?.sha256])),
      ...(await tx.query('select * from locate_document_number($1)', [document?.number])),
    ]);
    expect(found).toEqual(Array(3).fill({ issuer_id: theirs.id, document_id: document?.id }));
  });

  it('run as a role that can read only the columns they need', async () => {
    const columns = await instance.query<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.column_privileges
       where grantee = 'chopmark_locator' and privilege_type = 'SELECT' order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      'anchor_batches.id',
      'anchor_batches.issuer_id',
      'anchor_batches.root',
      'anchor_batches.sealed_at',
      'anchor_batches.size',
      'anchor_transactions.attempt',
      'anchor_transactions.broadcast_at',
      'anchor_transactions.chain_id',
      'anchor_transactions.created_at',
      'anchor_transactions.hash',
      'anchor_transactions.max_fee_per_gas',
      'anchor_transactions.max_priority_fee_per_gas',
      'anchor_transactions.nonce',
      'anchor_transactions.sender',
      'anchors.batch_id',
      'anchors.chain_id',
      'anchors.issuer_id',
      'anchors.last_error',
      'anchors.nonce',
      'anchors.sender',
      'anchors.state',
      'document_files.document_id',
      'document_files.issuer_id',
      'document_files.sha256',
      'documents.document_address',
      'documents.id',
      'documents.issuer_id',
      'documents.number',
      'red_confirmations.buyer_tax_id',
      'red_confirmations.id',
      'red_confirmations.issuer_id',
      'shared_series.next_serial',
      'shared_series.series',
      'status_lists.id',
      'status_lists.issuer_id',
    ]);
  });
});

describe("the application's roles", () => {
  it('are no superusers, cannot pass by row-level security, cannot log in and own no table', async () => {
    const roles = await instance.query(
      `select rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb,
              (select count(*)::int from pg_class c where c.relowner = r.oid and relkind = 'r') as tables
       from pg_roles r where rolname like 'chopmark\\_%' order by rolname`,
    );
    const powerless = {
      rolsuper: false,
      rolbypassrls: false,
      rolcanlogin: false,
      rolcreaterole: false,
      rolcreatedb: false,
    };
    expect(roles).toEqual(
      ['chopmark_api', 'chopmark_locator', 'chopmark_worker'].map((rolname) => ({ rolname, ...powerless, tables: 0 })),
    );
  });

  it('are what the connections of the API act as from their first statement', async () => {
    expect(await api.query('select current_user::text as role')).toEqual([{ role: 'chopmark_api' }]);
  });
});

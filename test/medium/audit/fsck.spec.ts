import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/platform/config/index.js';
import type { Issued } from '../../support/api-caller.js';
import {
  type AuditWorld,
  flipped,
  fourInvoices,
  fsckIn,
  makeAuditWorld,
  makeLists,
  settle,
  unbound,
} from './audit-world.js';

let world: AuditWorld;
let issued: Issued[];
const document = (index: number): Issued =>
  issued[index] ??
  (() => {
    throw new Error('not issued');
  })();

beforeAll(async () => {
  world = await makeAuditWorld();
  issued = await fourInvoices(world);
});
afterAll(() => world.close());

/** `code document`, or the code alone when no document is named. */
async function told(tables: readonly string[], sql: string): Promise<string[]> {
  const name = new Map(issued.map(({ id }, index) => [id, `#${index}`]));
  const findings = await world.whileDamaged(tables, sql, () => world.fsck());
  expect(findings.every(({ issuerId }) => issuerId === world.issuer.id)).toBe(true);
  return findings
    .map(({ code, documentId }) => (documentId === undefined ? code : `${code} ${name.get(documentId) ?? documentId}`))
    .sort();
}

const of = (index: number, column = 'document_id'): string => `where ${column} = '${document(index).id}'`;

describe('fsck', () => {
  it('finds nothing on an instance that nobody has touched, and is the same run twice', async () => {
    expect(await world.fsck()).toEqual([]);
    expect(await world.fsck({ sample: 2 })).toEqual([]);
    expect(await world.fsck({ since: new Date(Date.now() + 60_000) })).toEqual([]);
  });

  const flips: readonly [string, string, () => string, () => string[]][] = [
    ['content', 'documents', () => `set ${flipped('core_cipher')} ${of(1, 'id')}`, () => ['document.core-broken #1']],
    [
      'secret',
      'documents',
      () => `set ${flipped('wrapped_secret')} ${of(1, 'id')}`,
      () => ['document.secret-broken #1'],
    ],
    ['docId', 'documents', () => `set ${flipped('doc_id')} ${of(1, 'id')}`, () => ['document.docid-wrong #1']],
    [
      'address',
      'documents',
      () => `set ${flipped('document_address', 3)} ${of(1, 'id')}`,
      () => ['document.address-wrong #1'],
    ],
    ['status', 'documents', () => `set status = 'issued' ${of(3, 'id')}`, () => ['document.status-wrong #3']],
    ['kind', 'documents', () => `set kind = 'certificate.property' ${of(1, 'id')}`, () => ['document.kind-wrong #1']],
    [
      'time of issue',
      'documents',
      () => `set issued_at = issued_at - interval '1 day' ${of(1, 'id')}`,
      () => ['document.time-wrong #1', 'event.first-wrong #1'],
    ],
    [
      'number, made equal to another one',
      'documents',
      () => `set number = '${document(0).number}' ${of(1, 'id')}`,
      () => ['document.number-wrong #1', 'number.duplicate #1'],
    ],
    ['serial', 'documents', () => `set serial = 40 ${of(1, 'id')}`, () => ['series.behind #1', 'series.gap']],
    ['PDF', 'document_files', () => `set ${flipped('cipher', 500)} ${of(1)}`, () => ['file.broken #1']],
    ['SHA-256 of the PDF', 'document_files', () => `set ${flipped('sha256')} ${of(1)}`, () => ['file.digest-wrong #1']],
    ['leaf of event 0', 'document_events', () => `set ${flipped('leaf')} ${of(1)}`, () => ['event.leaf-wrong #1']],
    [
      'leaf of event 0 that another event names',
      'document_events',
      () => `set ${flipped('leaf')} ${of(3)} and seq = 0`,
      // What the store says of this leaf was asked for under another one: both sides are told.
      () => ['event.leaf-wrong #3', 'revocation.not-on-chain #3', 'revocation.unknown'],
    ],
    [
      'leaf of a later event',
      'document_events',
      () => `set ${flipped('leaf')} ${of(3)} and seq = 1`,
      () => ['event.leaf-wrong #3'],
    ],
    [
      'leaf before',
      'document_events',
      () => `set ${flipped('previous_leaf')} ${of(3)} and seq = 1`,
      () => ['event.previous-leaf-wrong #3'],
    ],
    [
      'payload of an event',
      'document_events',
      () => `set ${flipped('payload_cipher')} ${of(3)} and seq = 1`,
      () => ['event.payload-broken #3'],
    ],
    [
      'time of an event',
      'document_events',
      () => `set at = at + interval '1 second' ${of(3)} and seq = 1`,
      () => ['event.leaf-wrong #3'],
    ],
  ];
  it.each(flips)('tells a changed %s, and of which document', async (_, table, change, expected) => {
    expect(await told([table], `update ${table} ${change()}`)).toEqual(expected());
  });

  it('tells rows that are gone', async () => {
    expect(await told(['document_files'], `delete from document_files ${of(2)}`)).toEqual(['file.missing #2']);
    // A leaf says that a file was drawn, whatever else was lost with it.
    for (const set of ['rendered_at = null', 'rendered_at = null, render_failures = 5']) {
      const undrawn = `delete from document_files ${of(2)}; update documents set ${set} ${of(2, 'id')}`;
      expect(await told(['documents', 'document_files'], undrawn)).toEqual(['file.missing #2']);
    }
    expect(await told(['document_events'], `delete from document_events ${of(3)} and seq = 1`)).toEqual([
      'document.status-wrong #3',
      'entry.unknown',
    ]);
    const first = `delete from document_events ${of(3)} and seq = 0`;
    expect(await told(['document_events'], first)).toEqual(['entry.unknown', 'event.missing #3', 'revocation.unknown']);
    const whole = ['documents', 'document_events', 'document_files', 'idempotency_keys'];
    const deletions = `delete from documents ${of(1, 'id')}; delete from document_events ${of(1)};
      delete from document_files ${of(1)}`;
    expect(await told(whole, deletions)).toEqual(['entry.unknown', 'series.gap']);
  });

  it('tells an entry that is gone, altered, or there twice', async () => {
    const inFirst = 'batch_id = (select id from anchor_batches order by sequence limit 1)';
    const gone = await told(['anchor_leaves'], `delete from anchor_leaves where ${inFirst} and leaf_index = 0`);
    expect(gone).toEqual(['batch.leaves-wrong', expect.stringMatching(/^entry\.missing #\d$/)]);
    const altered = `update anchor_leaves set ${flipped('leaf')} where ${inFirst} and leaf_index = 0`;
    expect(await told(['anchor_leaves'], altered)).toEqual([
      'batch.root-wrong',
      expect.stringMatching(/^entry\.missing #\d$/),
      'entry.unknown',
    ]);
    await unbound(world.instance, 'alter table anchor_leaves drop constraint anchor_leaves_pkey');
    const twice = `insert into anchor_leaves (issuer_id, leaf, submitted_at, batch_id, leaf_index)
      select issuer_id, leaf, submitted_at, batch_id, 99 from anchor_leaves where ${inFirst} and leaf_index = 0`;
    expect(await told(['anchor_leaves'], twice)).toEqual([
      'batch.leaves-wrong',
      expect.stringMatching(/^entry\.duplicate #\d$/),
    ]);
    await unbound(world.instance, 'alter table anchor_leaves add primary key (issuer_id, leaf)');
  });

  it('tells an entry that is of no event, before it is sealed and after', async () => {
    const smuggled = `insert into anchor_leaves (issuer_id, leaf, submitted_at)
      values ('${world.issuer.id}', decode(repeat('5a', 32), 'hex'), now())`;
    const findings = await world.whileDamaged(['anchor_leaves'], smuggled, () => world.fsck());
    expect(findings).toEqual([
      { code: 'entry.unknown', issuerId: world.issuer.id, detail: `entry 0x${'5a'.repeat(32)}` },
    ]);
    const inFirst = `insert into anchor_leaves (issuer_id, leaf, submitted_at, batch_id, leaf_index)
      select issuer_id, decode(repeat('5a', 32), 'hex'), submitted_at, batch_id, 99 from anchor_leaves
      where batch_id = (select id from anchor_batches order by sequence limit 1) and leaf_index = 0`;
    expect(await told(['anchor_leaves'], inFirst)).toEqual(['batch.leaves-wrong', 'entry.unknown']);
    expect((await world.whileDamaged(['anchor_leaves'], inFirst, () => world.fsck({ sample: 1 })))[1]?.code).toBe(
      'entry.unknown',
    );
  });

  it('tells an entry that is gone and one of no event at once, although there are as many as there should be', async () => {
    const inFirst = 'batch_id = (select id from anchor_batches order by sequence limit 1) and leaf_index = 0';
    const smuggled = `decode(repeat('5a', 32), 'hex')`;
    const exchanged = `update anchor_leaves set leaf = ${smuggled} where ${inFirst}`;
    const missing = expect.stringMatching(/^entry\.missing #\d$/) as unknown;
    expect(await told(['anchor_leaves'], exchanged)).toEqual(['batch.root-wrong', missing, 'entry.unknown']);
    const waiting = `delete from anchor_leaves where ${inFirst};
      insert into anchor_leaves (issuer_id, leaf, submitted_at) values ('${world.issuer.id}', ${smuggled}, now())`;
    expect(await told(['anchor_leaves'], waiting)).toEqual(['batch.leaves-wrong', missing, 'entry.unknown']);
    const sampled = await world.whileDamaged(['anchor_leaves'], waiting, () => world.fsck({ sample: 0 }));
    expect(sampled.map(({ code }) => code)).toEqual(['batch.leaves-wrong', 'entry.unknown']);
  });

  it('tells neighbours that changed places, which the root does not', async () => {
    const swap = `update anchor_leaves set leaf_index = 1 - leaf_index where leaf_index < 2
      and batch_id = (select batch_id from anchor_leaves group by batch_id having count(*) > 1 limit 1)`;
    expect(await told(['anchor_leaves'], swap)).toEqual(['tile.wrong']);
  });

  it('tells a root, a shape, a tile and a batch that are wrong or gone', async () => {
    const first = 'id = (select id from anchor_batches order by sequence limit 1)';
    expect(await told(['anchor_batches'], `update anchor_batches set ${flipped('root')} where ${first}`)).toEqual([
      ...['anchor.not-on-chain', 'batch.root-wrong', 'chain.root-unknown'],
    ]);
    expect(await told(['anchor_batches'], `update anchor_batches set depth = 9 where ${first}`)).toEqual([
      'batch.shape-wrong',
    ]);
    const tile = first.replace('id', 'batch_id');
    expect(await told(['anchor_tiles'], `delete from anchor_tiles where ${tile}`)).toEqual(['tile.missing']);
    for (const column of ['hashes', 'middle']) {
      const damage = `update anchor_tiles set ${flipped(column)} where ${tile}`;
      expect(await told(['anchor_tiles'], damage)).toEqual(['tile.wrong']);
    }
    const batch = ['anchor_batches', 'anchor_tiles', 'anchors'];
    expect(await told(batch, `delete from anchor_batches where ${first}`)).toEqual([
      ...['batch.missing', 'chain.root-unknown'],
    ]);
  });

  it('tells an anchor that is missing, in another place, or behind', async () => {
    const first = 'batch_id = (select id from anchor_batches order by sequence limit 1)';
    const change = (set: string): Promise<string[]> => told(['anchors'], `update anchors set ${set} where ${first}`);
    expect(await told(['anchors'], `delete from anchors where ${first}`)).toEqual(['anchor.missing']);
    expect(await change('block_number = block_number + 1')).toEqual(['anchor.place-wrong']);
    expect(await change(flipped('block_hash'))).toEqual(['anchor.place-wrong']);
    expect(await change(`block_time = block_time + interval '1 second'`)).toEqual(['anchor.place-wrong']);
    expect(await change(flipped('transaction_hash'))).toEqual(['anchor.place-wrong']);
    expect(await change('transaction_hash = null')).toEqual([]);
    expect(await change(`state = 'pending', updated_at = now() - interval '1 hour'`)).toEqual(['anchor.behind']);
    expect(await change(`state = 'pending', updated_at = now()`)).toEqual([]);
  });

  it('tells a revocation that nothing brings to the chain, and one that nobody asked for', async () => {
    expect(await told(['document_revocations'], 'delete from document_revocations')).toEqual([
      'revocation.missing #3',
      'revocation.unknown #3',
    ]);
    const never = `insert into document_revocations (issuer_id, document_id, chain_id, state, requested_at, revoked_at)
      values ('${world.issuer.id}', '${document(0).id}', ${world.chain.chainId}, 'revoked', now(), now())`;
    expect(await told(['document_revocations'], never)).toEqual(['revocation.not-on-chain #0']);
  });

  it('tells where status lists and what they follow from part', async () => {
    await makeLists(world.instance);
    await settle(world.instance);
    expect(await world.fsck()).toEqual([]);
    expect(await told(['document_ends'], 'delete from document_ends')).toEqual([
      'document.end-wrong #3',
      ...['list.content-wrong', 'list.content-wrong', 'list.token-wrong', 'list.token-wrong'],
    ]);
    const invented = `insert into document_ends (issuer_id, status_index, value, listed)
      select issuer_id, status_index, 6, true from documents ${of(0, 'id')}`;
    expect(await told(['document_ends'], invented)).toContain('document.end-wrong #0');
    const swapped = `update documents set status_index = status_index + 1000 ${of(3, 'id')};
      update documents set status_index = (select status_index - 1000 from documents ${of(3, 'id')}) ${of(0, 'id')}`;
    expect((await told(['documents'], swapped)).filter((code) => code.startsWith('document.end-wrong'))).toHaveLength(
      2,
    );
    const listed = `where purpose = 'revocation'`;
    expect(
      await told(['status_list_versions'], `update status_list_versions set ${flipped('leaf')} ${listed}`),
    ).toEqual(expect.arrayContaining(['list.content-wrong', 'list.entry-missing']));
    const other = `update status_lists set token = (select token from status_lists where purpose = 'message') ${listed}`;
    expect(await told(['status_lists'], other)).toEqual(['list.token-wrong']);
  });

  it('tells what was given up', async () => {
    const drawing = `update documents set rendered_at = null, render_failures = 5 ${of(0, 'id')};
      delete from document_files ${of(0)}; update document_events set leaf = null ${of(0)}`;
    expect(await told(['documents', 'document_files', 'document_events'], drawing)).toEqual([
      'document.given-up #0',
      'entry.unknown',
    ]);
    const leaf = `update document_events set leaf = null, leaf_failures = 5 ${of(3)} and seq = 1`;
    expect(await told(['document_events'], leaf)).toEqual(['entry.unknown', 'event.given-up #3']);
  });

  it('says of a wrong master key that it is wrong, and not that a million documents are', async () => {
    const environment = { ...world.instance.environment, MASTER_KEY: '11'.repeat(32) };
    const findings = await fsckIn(await world.open(loadSettings(environment)));
    expect(findings.map(({ code }) => code)).toEqual(['issuer.key-broken']);
  });

  it('does not take a chain that cannot be asked for one that says no', async () => {
    const environment = { ...world.instance.environment, CHAIN_RPC_URL: 'http://127.0.0.1:9', CHAIN_TIMEOUT_MS: '300' };
    const findings = await fsckIn(await world.open(loadSettings(environment)));
    expect(findings).toEqual([expect.objectContaining({ code: 'chain.not-asked', chainId: world.chain.chainId })]);
  });

  it('never tells what a document says', async () => {
    const findings = await world.whileDamaged(
      ['documents'],
      `update documents set ${flipped('doc_id')}, ${flipped('document_address', 3)}, status = 'issued'`,
      () => world.fsck(),
    );
    expect(findings.length).toBeGreaterThan(8);
    expect(JSON.stringify(findings)).not.toMatch(/云帆|听涛|餐|金额|91440300/);
  });
});

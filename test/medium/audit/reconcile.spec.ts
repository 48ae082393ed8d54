import { id as topicOf } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Issued } from '../../support/api-caller.js';
import { type AuditWorld, flipped, fourInvoices, makeAuditWorld, makeLists, settle, unbound } from './audit-world.js';

let world: AuditWorld;
beforeEach(async () => {
  world = await makeAuditWorld();
});
afterEach(() => world.close());

async function codes(): Promise<string[]> {
  return [...new Set((await world.fsck()).map(({ code }) => code))].sort();
}

async function applied(how: { retry?: boolean } = {}): Promise<string[]> {
  const done = await world.reconcile({ apply: true, ...how });
  return done.map(({ finding, repair }) => `${finding.code} ${repair?.isDone === true ? 'done' : 'left'}`).sort();
}

async function announced(event: string): Promise<number> {
  const filter = { address: world.issuer.store, topics: [topicOf(event)], fromBlock: '0x0', toBlock: 'latest' };
  return ((await world.chain.rpc('eth_getLogs', filter)) as unknown[]).length;
}

const of = ({ id }: Issued): string => `where document_id = '${id}'`;

describe('reconcile', () => {
  it('changes nothing unless it is told to, and then puts tiles, anchors and revocations right', async () => {
    const [first] = (await fourInvoices(world)) as [Issued];
    expect(first.id).not.toBe('');
    await unbound(
      world.instance,
      `delete from anchor_tiles where batch_id = (select id from anchor_batches order by sequence limit 1);
       update anchor_tiles set ${flipped('hashes')};
       delete from anchors where batch_id = (select id from anchor_batches order by sequence limit 1);
       update anchors set block_number = block_number + 1; delete from document_revocations`,
    );
    const broken = await codes();
    expect(broken).toEqual([
      ...[
        'anchor.missing',
        'anchor.place-wrong',
        'revocation.missing',
        'revocation.unknown',
        'tile.missing',
        'tile.wrong',
      ],
    ]);
    const before = await world.instance.rowCounts();
    const plan = await world.reconcile({ apply: false });
    expect(plan.filter(({ repair }) => repair !== null).every(({ repair }) => repair?.isDone === false)).toBe(true);
    expect(await world.instance.rowCounts()).toEqual(before);
    expect(await codes()).toEqual(broken);

    // How many batches there are, status lists among them, is left to the workers.
    expect([...new Set(await applied())]).toEqual([
      'anchor.missing done',
      'anchor.place-wrong done',
      'revocation.missing done', // and with it the store's is known
      'tile.missing done',
      'tile.wrong done',
    ]);
    await settle(world.instance);
    expect(await codes()).toEqual([]);
  });

  it('anchors again what a restored chain has lost, and every document is anchored there once', async () => {
    const issued = await world.caller.issueMany(2);
    const snapshot = await world.chain.rpc('evm_snapshot');
    await settle(world.instance);
    await world.caller.post(`/v1/documents/${issued[0]?.id ?? ''}/revocation`, { reason: 'fraud' });
    await settle(world.instance);
    await world.chain.rpc('evm_revert', snapshot);
    await world.instance.query(`update anchors set state = 'final'`); // no worker takes this back
    expect(await codes()).toEqual(['anchor.not-on-chain', 'revocation.not-on-chain']);
    expect(new Set(await applied())).toEqual(new Set(['anchor.not-on-chain done', 'revocation.not-on-chain done']));
    await settle(world.instance);
    expect(await codes()).toEqual([]);
    expect(await announced('Anchored(bytes32,uint64,bytes32)')).toBe(
      await world.instance.value('select count(*)::int from anchors'),
    );
    expect(await announced('Revoked(bytes32)')).toBe(1);
  });

  it('notes what the chain holds and the database of a backup does not know', async () => {
    await world.caller.issueMany(2);
    await settle(world.instance);
    await world.instance.query(
      `update anchors set state = 'submitted', transaction_hash = null, updated_at = now() - interval '1 hour'`,
    );
    expect(await codes()).toEqual(['anchor.behind']);
    expect(await applied()).toEqual(['anchor.behind done']);
    expect(await codes()).toEqual([]);
    const [row] = await world.instance.query<{ named: boolean }>(
      'select transaction_hash is not null and gas_used > 0 as named from anchors',
    );
    expect(row?.named).toBe(true);
  });

  it('hands over an entry that was lost before it was sealed, and never one that a batch holds', async () => {
    const [first, second] = (await world.caller.issueMany(2)) as [Issued, Issued];
    const worker = await world.instance.startWorker({ ANCHOR_BATCH_MAX_AGE_MS: '3600000' });
    await world.instance.waitUntilRendered();
    await worker.stop();
    await world.instance.query('delete from anchor_leaves where position = (select min(position) from anchor_leaves)');
    expect(await codes()).toEqual(['entry.missing']);
    expect(await applied()).toEqual(['entry.missing done']);
    await settle(world.instance);
    expect(await codes()).toEqual([]);

    await unbound(world.instance, 'delete from anchor_leaves where leaf_index = 0');
    expect(await applied()).toEqual(['batch.leaves-wrong left', 'entry.missing left']);
    expect(await codes()).toEqual(['batch.leaves-wrong', 'entry.missing']);
    expect([first.id, second.id]).toContain((await world.fsck()).find(({ documentId }) => documentId)?.documentId);
  });

  it('hands over what a status list said when that was lost', async () => {
    const { id } = await world.caller.issue();
    await world.caller.post(`/v1/documents/${id}/revocation`, { reason: 'issued-in-error' });
    await makeLists(world.instance);
    await world.instance.query('delete from anchor_leaves where leaf in (select leaf from status_list_versions)');
    expect(await codes()).toContain('list.entry-missing');
    expect(await applied()).toEqual(expect.arrayContaining(['list.entry-missing done', 'list.entry-missing done']));
    await settle(world.instance);
    expect(await codes()).toEqual([]);
  });

  it('never hands over the leaf of a document in which something is wrong', async () => {
    const [first] = (await world.caller.issueMany(1)) as [Issued];
    await settle(world.instance);
    await unbound(
      world.instance,
      `delete from anchor_leaves; update document_files set ${flipped('cipher', 400)} ${of(first)}`,
    );
    expect(await applied()).toEqual(['batch.leaves-wrong left', 'entry.missing left', 'file.broken left']);
    expect(await world.instance.value('select count(*)::int from anchor_leaves')).toBe(0);
  });

  it('lets what was given up be tried again, when asked', async () => {
    await world.caller.issueMany(1);
    await world.instance.query(`update documents set render_failures = 5, render_error = 'Error'`);
    expect(await applied()).toEqual(['document.given-up left']);
    expect(await applied({ retry: true })).toEqual(['document.given-up done']);
    await settle(world.instance);
    expect(await codes()).toEqual([]);
  });
});

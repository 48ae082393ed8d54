import { Interface } from 'ethers';
import type { Client } from 'pg';
import { rpcTo } from '../../scripts/launch/chain-keys.js';
import { buildTree, documentEntry } from '../../src/proof/index.js';
import { finding, type Finding } from './checks.js';
import type { BenchInstance, BenchIssuer } from './instance.js';

type DocumentRow = { issuer_id: string; document_address: Buffer; doc_id: Buffer; drawn: boolean; leaf: Buffer | null };
type BatchRow = { issuer_id: string; id: string; root: Buffer; size: number; store: Buffer; anchored: boolean };
type LeafRow = { issuer_id: string; batch_id: string; leaf: Buffer };

const VERIFIED = 5;
const store = new Interface(['function isIssued(bytes32 root) view returns (bool)']);

/**
 * Whether every drawn document is in a batch, every batch's root is that of its leaves, and the stores on the chain say
 * that they have it. Undrawn documents are only counted.
 */
export async function checkAnchored(
  database: Client,
  { rpcUrl, baseUrl }: BenchInstance,
  issuers: readonly BenchIssuer[],
): Promise<Finding[]> {
  const { documents, batches, leaves } = await readAnchoring(database, issuers);
  const drawn = documents.filter((document) => document.drawn);
  const issued = await mapInTurn(batches, (batch) => isIssued(rpcUrl, batch));
  const onChain = new Set(batches.filter((batch, index) => batch.anchored && issued[index]).map(({ id }) => id));
  const batchOf = new Map(leaves.map(({ issuer_id, leaf, batch_id }) => [`${issuer_id} ${hex(leaf)}`, batch_id]));
  const anchored = drawn.filter(({ issuer_id, leaf, doc_id }) => {
    const entry = leaf === null ? '' : hex(documentEntry(leaf, doc_id));
    return onChain.has(batchOf.get(`${issuer_id} ${entry}`) ?? '');
  });
  const whole = batches.filter((batch) => isRootOfItsLeaves(batch, leaves));
  const sample = drawn.filter((_, index) => index % Math.max(1, Math.floor(drawn.length / VERIFIED)) === 0);
  const verdicts = await mapInTurn(sample, (document) => verdictOf(baseUrl, document));
  const valid = verdicts.filter((verdict) => verdict === 'valid').length;
  return [
    finding(
      anchored.length === drawn.length && drawn.length > 0,
      `${anchored.length} of ${drawn.length} drawn documents are in a batch whose root is anchored (${documents.length - drawn.length} were not drawn)`,
    ),
    finding(
      issued.every(Boolean) && batches.length > 0,
      `${issued.filter(Boolean).length} of ${batches.length} roots are issued, say the stores on the chain`,
    ),
    finding(whole.length === batches.length, `${whole.length} of ${batches.length} roots are those of their leaves`),
    finding(
      valid === sample.length,
      `${valid} of ${sample.length} documents verified through the API are valid${valid === sample.length ? '' : `: ${verdicts.join(', ')}`}`,
    ),
  ];
}

async function readAnchoring(
  database: Client,
  issuers: readonly BenchIssuer[],
): Promise<{ documents: DocumentRow[]; batches: BatchRow[]; leaves: LeafRow[] }> {
  const ids = [issuers.map(({ id }) => id)];
  const documents = await database.query<DocumentRow>(
    `select d.issuer_id, d.document_address, d.doc_id, d.rendered_at is not null as drawn, e.leaf
     from documents d join document_events e on e.issuer_id = d.issuer_id and e.document_id = d.id and e.seq = 0
     where d.issuer_id = any($1::uuid[])`,
    ids,
  );
  const batches = await database.query<BatchRow>(
    `select b.issuer_id, b.id, b.root, b.size, i.store_address as store, exists
       (select 1 from anchors a where a.issuer_id = b.issuer_id and a.batch_id = b.id
        and a.state in ('anchored', 'confirmed', 'final')) as anchored
     from anchor_batches b join issuers i on i.id = b.issuer_id where b.issuer_id = any($1::uuid[])`,
    ids,
  );
  const leaves = await database.query<LeafRow>(
    `select issuer_id, batch_id, leaf from anchor_leaves
     where issuer_id = any($1::uuid[]) and batch_id is not null order by batch_id, leaf_index`,
    ids,
  );
  return { documents: documents.rows, batches: batches.rows, leaves: leaves.rows };
}

/** What the issuer's store on the chain says. */
export async function isIssued(
  rpcUrl: string,
  { store: address, root }: Pick<BatchRow, 'store' | 'root'>,
): Promise<boolean> {
  const call = { to: `0x${hex(address)}`, data: store.encodeFunctionData('isIssued', [root]) };
  const answer = (await rpcTo(rpcUrl)('eth_call', call, 'latest')) as string;
  return BigInt(answer === '0x' ? 0 : answer) === 1n;
}

function isRootOfItsLeaves({ issuer_id, id, root, size }: BatchRow, leaves: readonly LeafRow[]): boolean {
  const own = leaves.filter((leaf) => leaf.issuer_id === issuer_id && leaf.batch_id === id).map(({ leaf }) => leaf);
  return own.length === size && root.equals(buildTree(Buffer.concat(own)).root);
}

async function verdictOf(baseUrl: string, { document_address }: DocumentRow): Promise<string> {
  const answer = await fetch(`${baseUrl}/v1/verifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentAddress: `0x${hex(document_address)}` }),
  });
  const text = await answer.text();
  return answer.ok ? (JSON.parse(text) as { verdict: string }).verdict : `${answer.status} ${text.slice(0, 200)}`;
}

async function mapInTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(await work(item));
  }
  return results;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

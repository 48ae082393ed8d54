import type { Client } from 'pg';
import { buildTree } from '../../src/proof/index.js';
import { isIssued } from '../issue/anchor-checks.js';
import { finding, type Finding } from '../issue/checks.js';

type BatchRow = { id: string; root: Buffer; size: number; store: Buffer; leaves: Buffer };

/** Whether each entry is in exactly one batch, each root is that of its leaves, and the issuer's store says it has it. */
export async function checkBatches(
  { database, rpcUrl }: { readonly database: Client; readonly rpcUrl: string },
  issuerId: string,
  handedOver: number,
): Promise<Finding[]> {
  const [entries] = (
    await database.query<{ all: string; placed: string; places: string }>(
      `select count(*) as all, count(batch_id) as placed, count(distinct (batch_id, leaf_index)) as places
       from anchor_leaves where issuer_id = $1`,
      [issuerId],
    )
  ).rows;
  const { rows: batches } = await database.query<BatchRow>(
    `select b.id, b.root, b.size, i.store_address as store,
            (select string_agg(l.leaf, ''::bytea order by l.leaf_index) from anchor_leaves l
             where l.issuer_id = b.issuer_id and l.batch_id = b.id) as leaves
     from anchor_batches b join issuers i on i.id = b.issuer_id where b.issuer_id = $1`,
    [issuerId],
  );
  const whole = batches.filter(({ root, size, leaves }) => {
    const tree = buildTree(leaves);
    return tree.size === size && root.equals(tree.root);
  });
  const issued = await Promise.all(batches.map((batch) => isIssued(rpcUrl, batch)));
  const [all, placed, places] = [Number(entries?.all), Number(entries?.placed), Number(entries?.places)];
  const onChain = issued.filter(Boolean).length;
  return [
    finding(
      all === handedOver && placed === all && places === all,
      `${placed} of ${handedOver} entries are in exactly one batch, each at a place of its own`,
    ),
    finding(whole.length === batches.length, `${whole.length} of ${batches.length} roots are those of their leaves`),
    finding(
      onChain === batches.length && onChain > 0,
      `${onChain} of ${batches.length} roots are issued, says the issuer's store on the chain`,
    ),
  ];
}

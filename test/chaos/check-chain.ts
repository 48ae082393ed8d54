import { AbiCoder, Interface, keccak256, type Result } from 'ethers';
import { documentStoreAbi } from '../../src/platform/chain/index.js';
import { finding, type Finding } from './finding.js';
import type { ChaosInstance, ChaosIssuer } from './instance.js';
import type { Ledger } from './load.js';

type BatchRow = {
  readonly id: string;
  readonly root: Buffer;
  readonly size: number;
  readonly state: string;
  readonly transaction_hash: Buffer | null;
  readonly block_number: string | null;
  readonly block_hash: Buffer | null;
};
type Log = {
  readonly topics: string[];
  readonly data: string;
  readonly transactionHash: string;
  readonly blockHash: string;
};
type AnchoredEvent = { readonly root: string; readonly count: bigint; readonly head: string; readonly log: Log };

const store = new Interface(documentStoreAbi);
const NO_HEAD = `0x${'0'.repeat(64)}`;

/** What the chain itself says, asked past the proxy: every batch and every revocation, once each. */
export async function checkChain(instance: ChaosInstance, ledger: Ledger): Promise<Finding[]> {
  const findings: Finding[][] = [];
  for (const issuer of instance.issuers) {
    findings.push([...(await checkStore(instance, issuer)), await checkRevoked(instance, issuer, ledger)]);
  }
  const [first = [], ...others] = findings;
  return first.map(({ promise }, index) =>
    finding(
      promise,
      [first, ...others].flatMap((each) => each[index]?.broken ?? []),
    ),
  );
}

async function checkStore(instance: ChaosInstance, issuer: ChaosIssuer): Promise<Finding[]> {
  const batches = await readBatches(instance, issuer);
  const events = await readAnchored(instance, issuer);
  const unissued: string[] = [];
  for (const batch of batches) {
    const isIssued = await askStore(instance, issuer, 'isIssued', [batch.root]);
    if (isIssued[0] !== true) {
      unissued.push(`batch ${batch.id} root ${hex(batch.root)}`);
    }
  }
  const known = new Set(batches.map(({ root }) => hex(root)));
  const eventsOf = (batch: BatchRow): AnchoredEvent[] => events.filter(({ root }) => root === hex(batch.root));
  return [
    finding('each root is issued, says its store on the canonical chain', unissued),
    finding(
      'each root has exactly one Anchored event, with the size of its batch',
      batches
        .filter((batch) => eventsOf(batch).length !== 1 || eventsOf(batch)[0]?.count !== BigInt(batch.size))
        .map((batch) => `batch ${batch.id} root ${hex(batch.root)}: ${eventsOf(batch).length} events`),
    ),
    finding(
      'the stores hold no root that is no batch',
      events.filter(({ root }) => !known.has(root)).map(({ root }) => root),
    ),
    finding(
      'each anchor names the block, and the transaction, that the chain has it in',
      batches
        .filter((batch) => eventsOf(batch).every(({ log }) => !isPlacedAt(batch, log)))
        .map((batch) => `batch ${batch.id} ${batch.state} block ${batch.block_number ?? '-'}`),
    ),
    finding(
      'the chained head, computed anew from the events, is that of the store',
      await checkHead(instance, issuer, events),
    ),
  ];
}

function isPlacedAt({ block_hash, transaction_hash }: BatchRow, log: Log): boolean {
  const isSameTransaction = transaction_hash === null || hex(transaction_hash) === log.transactionHash;
  return block_hash !== null && hex(block_hash) === log.blockHash && isSameTransaction;
}

async function checkHead(
  instance: ChaosInstance,
  issuer: ChaosIssuer,
  events: readonly AnchoredEvent[],
): Promise<string[]> {
  let head = NO_HEAD;
  const broken: string[] = [];
  for (const event of events) {
    const { root, count } = event;
    head = keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32', 'uint64'], [head, root, count]));
    if (head !== event.head) {
      broken.push(`after root ${root}: ${event.head}`);
    }
  }
  const [said] = (await askStore(instance, issuer, 'head', [])) as unknown as [string];
  return said === head ? broken : [...broken, `store ${issuer.store}: ${said}, not ${head}`];
}

async function checkRevoked(instance: ChaosInstance, issuer: ChaosIssuer, { granted }: Ledger): Promise<Finding> {
  const broken: string[] = [];
  for (const { wish } of granted) {
    if (wish.what !== 'revocation' || wish.issuer.id !== issuer.id) {
      continue;
    }
    const [row] = await instance.query<{ leaf: Buffer }>(
      'select leaf from document_events where issuer_id = $1 and document_id = $2 and seq = 0',
      [issuer.id, wish.documentId],
    );
    if (row === undefined || (await askStore(instance, issuer, 'isRevoked', [row.leaf]))[0] !== true) {
      broken.push(`document ${wish.documentId ?? ''}`);
    }
  }
  return finding('each revocation answered with 201 is in the store on the canonical chain', broken);
}

function readBatches(instance: ChaosInstance, { id }: ChaosIssuer): Promise<BatchRow[]> {
  return instance.query<BatchRow>(
    `select b.id, b.root, b.size, a.state, a.transaction_hash, a.block_number, a.block_hash
     from anchor_batches b left join anchors a on a.issuer_id = b.issuer_id and a.batch_id = b.id
     where b.issuer_id = $1 order by b.sequence`,
    [id],
  );
}

/** In the order of the chain. */
async function readAnchored(instance: ChaosInstance, issuer: ChaosIssuer): Promise<AnchoredEvent[]> {
  const topics = [store.getEvent('Anchored')?.topicHash];
  const filter = { address: issuer.store, topics, fromBlock: '0x0', toBlock: 'latest' };
  const logs = (await instance.parts.chain.rpc('eth_getLogs', filter)) as Log[];
  return logs.map((log) => {
    const [root, count, head] = store.parseLog(log)?.args as unknown as [string, bigint, string];
    return { root, count, head, log };
  });
}

async function askStore(
  instance: ChaosInstance,
  { store: address }: ChaosIssuer,
  method: string,
  parameters: readonly unknown[],
): Promise<Result> {
  const data = store.encodeFunctionData(method, parameters);
  const answer = (await instance.parts.chain.rpc('eth_call', { to: address, data }, 'latest')) as string;
  return store.decodeFunctionResult(method, answer);
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}

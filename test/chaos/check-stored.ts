import { buildTree, documentEntry } from '../../src/proof/index.js';
import { finding, type Finding } from './finding.js';
import type { ChaosInstance } from './instance.js';
import { ask, fetchFile, type Granted, type Ledger } from './load.js';

type DocumentRow = { issuer_id: string; id: string; number: string; series: string; serial: string; doc_id: Buffer };
type EventRow = { issuer_id: string; document_id: string; seq: number; type: string; leaf: Buffer | null };
type LeafRow = { issuer_id: string; leaf: Buffer; batch_id: string | null };
type BatchRow = { issuer_id: string; id: string; root: Buffer; size: number };
type ListRow = { readonly issuer_id: string; readonly leaf: Buffer };
type Stored = {
  readonly documents: ReadonlyMap<string, DocumentRow>;
  readonly events: readonly EventRow[];
  readonly leaves: readonly LeafRow[];
  readonly batches: readonly BatchRow[];
  /** Versions of status lists, which are anchored like events. */
  readonly lists: readonly ListRow[];
};

/** What Postgres holds, compared with what customers were told, and with itself. */
export async function checkStored(instance: ChaosInstance, ledger: Ledger): Promise<Finding[]> {
  const stored = await readStored(instance);
  return [
    finding(
      'no wish was refused',
      ledger.refused.map(({ wish, status, body }) => `${wish.what} ${wish.key}: ${status} ${body}`),
    ),
    finding('no outage was answered with 500', ledger.breakdowns),
    ...checkDocuments(stored, ledger),
    checkNumbers(stored),
    ...checkEntries(stored),
    ...(await checkFiles(instance, ledger)),
    await checkKeys(instance, ledger),
  ];
}

async function readStored(instance: ChaosInstance): Promise<Stored> {
  const documents = await instance.query<DocumentRow>(
    'select issuer_id, id, number, series, serial, doc_id from documents order by series, serial',
  );
  return {
    documents: new Map(documents.map((row) => [row.id, row])),
    events: await instance.query<EventRow>(
      'select issuer_id, document_id, seq, type, leaf from document_events order by document_id, seq',
    ),
    leaves: await instance.query<LeafRow>(
      'select issuer_id, leaf, batch_id from anchor_leaves order by batch_id, leaf_index',
    ),
    lists: await instance.query<ListRow>('select issuer_id, leaf from status_list_versions'),
    batches: await instance.query<BatchRow>('select issuer_id, id, root, size from anchor_batches'),
  };
}

function checkDocuments({ documents, events }: Stored, { granted }: Ledger): Finding[] {
  const issued = granted.filter(({ wish }) => wish.what !== 'revocation');
  const lost = issued.filter(({ id = '', number }) => documents.get(id)?.number !== number);
  const told = new Set(issued.map(({ id }) => id));
  const untold = [...documents.values()].filter(({ id }) => !told.has(id));
  const firsts = count(events.filter(({ seq, type }) => seq === 0 && type === 'issued').map((row) => row.document_id));
  const revoked = count(events.filter(({ type }) => type === 'revoked').map((row) => row.document_id));
  const revocations = granted.filter(({ wish }) => wish.what === 'revocation');
  return [
    finding(`each of the ${issued.length} documents answered with 201 is stored under its number`, lost.map(tell)),
    finding(
      'no key made two documents: each stored one was answered to its customer',
      untold.map(({ id, number }) => `${id} ${number}`),
    ),
    finding(
      'each document has exactly one first event',
      [...documents.keys()].filter((id) => firsts.get(id) !== 1),
    ),
    finding(
      `each of the ${revocations.length} revocations answered with 201 is stored exactly once`,
      revocations.filter(({ wish }) => revoked.get(wish.documentId ?? '') !== 1).map(tell),
    ),
  ];
}

function checkNumbers({ documents }: Stored): Finding {
  const expected = new Map<string, number>();
  const numbers = count([...documents.values()].map(({ number }) => number));
  const broken = [...documents.values()].filter(({ issuer_id, series, serial, number }) => {
    const key = `${issuer_id} ${series}`;
    const next = (expected.get(key) ?? 0) + 1;
    expected.set(key, Number(serial));
    return Number(serial) !== next || numbers.get(number) !== 1;
  });
  return finding(
    'numbers are unique, and count 1, 2, 3 … in each series',
    broken.map(({ series, serial, number }) => `${series} ${serial} ${number}`),
  );
}

/** Every event is one entry, every entry one event or one version of a status list; every entry is in one batch, whose root is that of its entries. */
function checkEntries({ documents, events, lists, leaves, batches }: Stored): Finding[] {
  const entries = events.map((event) => ({ event, entry: `${event.issuer_id} ${hex(entryOf(event, documents))}` }));
  const versions = lists.map(({ issuer_id, leaf }) => `${issuer_id} ${hex(leaf)}`);
  const sourcesOf = count([...entries.map(({ entry }) => entry), ...versions]);
  const leavesOf = count(leaves.map(({ issuer_id, leaf }) => `${issuer_id} ${hex(leaf)}`));
  const known = new Set(batches.map(({ id }) => id));
  const wrongRoot = batches.filter(({ id, root, size }) => {
    const own = leaves.filter(({ batch_id }) => batch_id === id).map(({ leaf }) => leaf);
    return own.length !== size || !root.equals(buildTree(Buffer.concat(own)).root);
  });
  return [
    finding(
      'each event is exactly one entry',
      entries.filter(({ entry }) => leavesOf.get(entry) !== 1).map(({ event }) => `${event.document_id}/${event.seq}`),
    ),
    finding(
      'each entry is exactly one event, or one version of a status list',
      [...leavesOf.keys()].filter((entry) => sourcesOf.get(entry) !== 1),
    ),
    finding(
      'each entry is in exactly one batch',
      leaves.filter(({ batch_id }) => batch_id === null || !known.has(batch_id)).map(({ leaf }) => hex(leaf)),
    ),
    finding(
      'each root is that of the entries of its batch',
      wrongRoot.map(({ id }) => id),
    ),
  ];
}

function entryOf({ document_id, seq, leaf }: EventRow, documents: Stored['documents']): Uint8Array {
  const docId = documents.get(document_id)?.doc_id;
  if (leaf === null || docId === undefined) {
    return new Uint8Array();
  }
  return seq === 0 ? documentEntry(leaf, docId) : leaf;
}

/** The file is the one whose digest is stored, and the one that anybody was ever given. */
async function checkFiles(instance: ChaosInstance, { granted, downloads }: Ledger): Promise<Finding[]> {
  const rows = await instance.query<{ document_id: string; sha256: Buffer }>(
    'select document_id, sha256 from document_files',
  );
  const digests = new Map(rows.map(({ document_id, sha256 }) => [document_id, hex(sha256)]));
  const wrong: string[] = [];
  for (const { wish, id } of granted) {
    if (id !== undefined && (await fetchFile(instance.baseUrl, wish.issuer, id, 5)) !== digests.get(id)) {
      wrong.push(id);
    }
  }
  return [
    finding('each document has exactly one file, and it is the one that is answered', wrong),
    finding(
      `each of the ${downloads.length} files fetched during the run is that file, byte for byte`,
      downloads.filter(({ documentId, sha256 }) => digests.get(documentId) !== sha256).map((each) => each.documentId),
    ),
  ];
}

/** Asked once more with the same key, the same is answered, and nothing is issued. */
async function checkKeys(instance: ChaosInstance, { granted }: Ledger): Promise<Finding> {
  const wrong: string[] = [];
  for (const each of granted) {
    const { status, body } = await ask(instance.baseUrl, each.wish);
    const { id, number } = JSON.parse(body) as { id?: string; number?: string };
    if (status !== 201 || id !== each.id || number !== each.number) {
      wrong.push(`${tell(each)}: ${status} ${body.slice(0, 200)}`);
    }
  }
  const { documents } = await readStored(instance);
  const issued = granted.filter(({ id }) => id !== undefined).length;
  const extra = documents.size === issued ? [] : [`${documents.size} documents are stored for ${issued} answers`];
  return finding(`each of the ${granted.length} keys answers the same again`, [...wrong, ...extra]);
}

function tell({ wish, id, number }: Granted): string {
  return `${wish.what} ${wish.key} ${id ?? wish.documentId ?? ''} ${number ?? ''}`;
}

function count(keys: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const key of keys) {
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

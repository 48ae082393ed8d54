import { Injectable } from '@nestjs/common';
import { valuesList, type Tx } from '../platform/database/index.js';
import { checksumAddress } from '../proof/index.js';
import type { DocumentId, IssuedDocument, StoredDocument } from './document.js';

export type NewDocument = {
  readonly id: DocumentId;
  readonly kind: string;
  /** What the kind's life cycle begins with. */
  readonly status: string;
  readonly number: string;
  readonly series: string;
  readonly serial: bigint;
  readonly issuedAt: Date;
  readonly docId: Uint8Array;
  /** 20 bytes. */
  readonly addressBytes: Uint8Array;
  readonly wrappedSecret: Uint8Array;
  readonly coreCipher: Uint8Array;
};

/** First and last serial, both included. */
export type SerialRange = { readonly first: bigint; readonly last: bigint };

/** `last` is the last serial that the issuer has drawn; null when its numbers are not drawn in blocks. */
export type SeriesState = {
  readonly next: bigint;
  readonly last: bigint | null;
  /** Where serials go on behind `last`, in ascending order. */
  readonly further?: readonly SerialRange[];
};

export type KnownKey = { readonly requestHash: Buffer; readonly document: IssuedDocument };
export type NewKey = { readonly key: string; readonly requestHash: Uint8Array; readonly documentId: DocumentId };

export type DocumentRow = {
  issuer_id: string;
  id: DocumentId;
  kind: string;
  number: string;
  issued_at: Date;
  doc_id: Buffer;
  document_address: Buffer;
  wrapped_secret: Buffer;
  core_cipher: Buffer;
  rendered_at: Date | null;
  status: string;
  status_index: number;
};

export const DOCUMENT_COLUMNS =
  'issuer_id, id, kind, number, issued_at, doc_id, document_address, wrapped_secret, core_cipher, rendered_at, status, status_index';

/** Documents and event 0 of one issuer. The writers are shaped for many rows at once: see stack of statements per batch. */
@Injectable()
export class DocumentsRepository {
  /** Locks the series, in the order of their names so that two batches cannot wait for each other, and reads their next serials. */
  async lockSeries(tx: Tx, issuerId: string, series: readonly string[]): Promise<Map<string, SeriesState>> {
    const names = [...new Set(series)].sort();
    const read = async (): Promise<{ series: string; next_serial: string; last_serial: string | null }[]> =>
      tx.prepared(
        'lock-series',
        'select series, next_serial, last_serial from number_series where issuer_id = $1 and series = any($2) order by series for update',
        [issuerId, names],
      );
    let rows = await read();
    if (rows.length < names.length) {
      await tx.query(
        'insert into number_series (issuer_id, series) select $1, unnest($2::text[]) on conflict do nothing',
        [issuerId, names],
      );
      rows = await read();
    }
    return new Map(
      rows.map((row) => [
        row.series,
        { next: BigInt(row.next_serial), last: row.last_serial === null ? null : BigInt(row.last_serial) },
      ]),
    );
  }

  async advanceSeries(tx: Tx, issuerId: string, series: ReadonlyMap<string, SeriesState>): Promise<void> {
    for (const [name, { next }] of series) {
      await tx.prepared(
        'advance-series',
        'update number_series set next_serial = $3 where issuer_id = $1 and series = $2',
        [issuerId, name, next.toString()],
      );
    }
  }

  async findKeys(tx: Tx, issuerId: string, keys: readonly string[]): Promise<Map<string, KnownKey>> {
    if (keys.length === 0) {
      return new Map();
    }
    // Planned each time: a plan made while the table was small would read all of it when it is large.
    const rows = await tx.query<{ key: string; request_hash: Buffer } & DocumentRow>(
      `select k.key, k.request_hash, d.id, d.number, d.document_address, d.issued_at
       from idempotency_keys k join documents d on d.issuer_id = k.issuer_id and d.id = k.document_id
       where k.issuer_id = $1 and k.key = any($2)`,
      [issuerId, keys],
    );
    return new Map(rows.map((row) => [row.key, { requestHash: row.request_hash, document: issuedOf(row) }]));
  }

  /**
   * Each gets the issuer's next place in its status lists, in the same statement: the counter's row is held from here to
   * the commit. Number series are locked before it, so nobody waits in a circle.
   */
  async insertDocuments(tx: Tx, issuerId: string, documents: readonly NewDocument[]): Promise<void> {
    const rows = documents.map((d) => [
      ...[d.id, d.kind, d.number, d.series, d.serial.toString(), d.issuedAt],
      ...[d.docId, d.addressBytes, d.wrappedSecret, d.coreCipher, d.status],
    ]);
    await tx.prepared(
      `insert-documents-${documents.length}`,
      `with counter as (
         insert into status_counters (issuer_id, next_index) values ($1, $2)
         on conflict (issuer_id) do update set next_index = status_counters.next_index + excluded.next_index
         returning next_index - $2::integer as first_index
       )
       insert into documents (issuer_id, status_index, id, kind, number, series, serial, issued_at, doc_id, document_address, wrapped_secret, core_cipher, status)
       values ${rows.map((row, index) => placed(index, row.length)).join(',')}`,
      [issuerId, documents.length, ...rows.flat()],
    );
    await tx.prepared(
      `insert-first-events-${documents.length}`,
      `insert into document_events (issuer_id, document_id, seq, type, at)
       select v.issuer_id::uuid, v.id::uuid, 0, 'issued', v.at::timestamptz from (values ${valuesList(documents.length, 3)}) as v (issuer_id, id, at)`,
      documents.flatMap(({ id, issuedAt }) => [issuerId, id, issuedAt.toISOString()]),
    );
  }

  async insertKeys(tx: Tx, issuerId: string, keys: readonly NewKey[], at: Date): Promise<void> {
    if (keys.length === 0) {
      return;
    }
    await tx.prepared(
      `insert-idempotency-keys-${keys.length}`,
      `insert into idempotency_keys (issuer_id, key, request_hash, document_id, created_at) values ${valuesList(keys.length, 5)}`,
      keys.flatMap(({ key, requestHash, documentId }) => [issuerId, key, requestHash, documentId, at]),
    );
  }

  async findDocument(tx: Tx, issuerId: string, id: string): Promise<StoredDocument | null> {
    const [row] = await tx.query<DocumentRow>(
      `select ${DOCUMENT_COLUMNS} from documents where issuer_id = $1 and id = $2`,
      [issuerId, id],
    );
    return row === undefined ? null : storedOf(row);
  }

  /** Newest first; `before` is the id that the page before ended with. */
  async listDocuments(tx: Tx, issuerId: string, filter: DocumentFilter): Promise<StoredDocument[]> {
    const rows = await tx.query<DocumentRow>(
      `select ${DOCUMENT_COLUMNS} from documents
       where issuer_id = $1 and ($2::uuid is null or id < $2) and ($3::text is null or kind = $3) and ($4::text is null or number = $4)
       order by id desc limit $5`,
      [issuerId, filter.before ?? null, filter.kind ?? null, filter.number ?? null, filter.limit],
    );
    return rows.map(storedOf);
  }
}

export type DocumentFilter = {
  readonly before?: string | undefined;
  readonly kind?: string | undefined;
  readonly number?: string | undefined;
  readonly limit: number;
};

/** The values of row `index`, whose parameters follow issuer and count. */
function placed(index: number, columns: number): string {
  const parameters = Array.from({ length: columns }, (_, column) => `$${index * columns + column + 3}`);
  return `($1,(select first_index from counter) + ${index},${parameters.join(',')})`;
}

export function storedOf(row: DocumentRow): StoredDocument {
  return {
    ...issuedOf(row),
    issuerId: row.issuer_id,
    kind: row.kind,
    docId: row.doc_id,
    wrappedSecret: row.wrapped_secret,
    coreCipher: row.core_cipher,
    renderedAt: row.rendered_at,
    status: row.status,
    statusIndex: row.status_index,
  };
}

function issuedOf(row: Pick<DocumentRow, 'id' | 'number' | 'document_address' | 'issued_at'>): IssuedDocument {
  return {
    id: row.id,
    number: row.number,
    documentAddress: checksumAddress(row.document_address),
    issuedAt: row.issued_at,
  };
}

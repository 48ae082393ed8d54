import { Injectable } from '@nestjs/common';
import { GIVE_UP_AFTER } from '../documents/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AuditScope } from './audit-scope.js';

export type AuditedEvent = {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly leaf: Buffer | null;
  readonly previousLeaf: Buffer | null;
  readonly payloadCipher: Buffer | null;
  readonly hasGivenUp: boolean;
};

export type AuditedFile = { readonly sha256: Buffer; readonly size: number; readonly cipher: Buffer };

/** A document with everything that is stored of it, as of one moment. */
export type AuditedDocument = {
  readonly issuerId: string;
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly issuedAt: Date;
  readonly docId: Buffer;
  readonly address: Buffer;
  readonly wrappedSecret: Buffer;
  readonly coreCipher: Buffer;
  readonly status: string;
  readonly isRendered: boolean;
  readonly hasGivenUp: boolean;
  /** What status lists are to say of it; null while it is in force. */
  readonly listedValue: number | null;
  readonly events: readonly AuditedEvent[];
  readonly file: AuditedFile | null;
};

type DocumentRow = {
  issuer_id: string;
  id: string;
  kind: string;
  number: string;
  issued_at: Date;
  doc_id: Buffer;
  document_address: Buffer;
  wrapped_secret: Buffer;
  core_cipher: Buffer;
  status: string;
  is_rendered: boolean;
  has_given_up: boolean;
  listed_value: number | null;
};
type EventRow = {
  document_id: string;
  seq: number;
  type: string;
  at: Date;
  leaf: Buffer | null;
  previous_leaf: Buffer | null;
  payload_cipher: Buffer | null;
  has_given_up: boolean;
};
type FileRow = AuditedFile & { readonly document_id: string };

const DOCUMENT_COLUMNS = `issuer_id, id, kind, number, issued_at, doc_id, document_address, wrapped_secret, core_cipher, status,
  rendered_at is not null as is_rendered, rendered_at is null and render_failures >= ${GIVE_UP_AFTER} as has_given_up,
  (select e.value from document_ends e
   where e.issuer_id = documents.issuer_id and e.status_index = documents.status_index) as listed_value`;

/** Reads documents in pages, so that a million of them take no more memory than one page. */
@Injectable()
export class DocumentsUnderAudit {
  async count(tx: Tx, issuerId: string, { since }: AuditScope): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      'select count(*) as count from documents where issuer_id = $1 and ($2::timestamptz is null or issued_at >= $2)',
      [issuerId, since ?? null],
    );
    return Number(row?.count ?? 0);
  }

  /** Ids of `size` documents, each as likely as any other. */
  async sample(tx: Tx, { issuerId, since }: AuditScope, size: number): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await tx.query<{ issuer_id: string; ids: string[] }>(
      `select issuer_id, array_agg(id order by id) as ids from (
         select issuer_id, id from documents
         where ($1::uuid is null or issuer_id = $1) and ($2::timestamptz is null or issued_at >= $2)
         order by random() limit $3) as chosen
       group by issuer_id`,
      [issuerId ?? null, since ?? null, size],
    );
    return new Map(rows.map(({ issuer_id, ids }) => [issuer_id, ids]));
  }

  /** The next `limit` documents behind `after`, in the order of their ids. */
  async page(
    tx: Tx,
    issuerId: string,
    { since, after, limit }: { since: Date | undefined; after: string | undefined; limit: number },
  ): Promise<AuditedDocument[]> {
    const rows = await tx.query<DocumentRow>(
      `select ${DOCUMENT_COLUMNS} from documents
       where issuer_id = $1 and ($2::uuid is null or id > $2) and ($3::timestamptz is null or issued_at >= $3)
       order by id limit $4`,
      [issuerId, after ?? null, since ?? null, limit],
    );
    return this.withParts(tx, issuerId, rows);
  }

  async some(tx: Tx, issuerId: string, ids: readonly string[]): Promise<AuditedDocument[]> {
    const rows = await tx.query<DocumentRow>(
      `select ${DOCUMENT_COLUMNS} from documents where issuer_id = $1 and id = any($2::uuid[]) order by id`,
      [issuerId, ids],
    );
    return this.withParts(tx, issuerId, rows);
  }

  /** How often each of `entries` was handed over, by its hex. */
  async countEntries(tx: Tx, issuerId: string, entries: readonly Uint8Array[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ leaf: Buffer; count: string }>(
      'select leaf, count(*) as count from anchor_leaves where issuer_id = $1 and leaf = any($2::bytea[]) group by leaf',
      [issuerId, entries.map((entry) => Buffer.from(entry))],
    );
    return new Map(rows.map(({ leaf, count }) => [leaf.toString('hex'), Number(count)]));
  }

  private async withParts(tx: Tx, issuerId: string, rows: readonly DocumentRow[]): Promise<AuditedDocument[]> {
    const ids = rows.map(({ id }) => id);
    const events = await tx.query<EventRow>(
      `select document_id, seq, type, at, leaf, previous_leaf, payload_cipher,
              leaf is null and leaf_failures >= ${GIVE_UP_AFTER} as has_given_up
       from document_events where issuer_id = $1 and document_id = any($2::uuid[]) order by document_id, seq`,
      [issuerId, ids],
    );
    const files = await tx.query<FileRow>(
      `select document_id, sha256, size, cipher from document_files
       where issuer_id = $1 and document_id = any($2::uuid[]) and revision = 'issued'`,
      [issuerId, ids],
    );
    const fileOf = new Map(files.map((file) => [file.document_id, file]));
    const eventsOf = new Map<string, EventRow[]>();
    for (const event of events) {
      eventsOf.set(event.document_id, [...(eventsOf.get(event.document_id) ?? []), event]);
    }
    return rows.map((row) => documentOf(row, eventsOf.get(row.id) ?? [], fileOf.get(row.id) ?? null));
  }
}

function documentOf(row: DocumentRow, events: readonly EventRow[], file: AuditedFile | null): AuditedDocument {
  return {
    issuerId: row.issuer_id,
    id: row.id,
    kind: row.kind,
    number: row.number,
    issuedAt: row.issued_at,
    docId: row.doc_id,
    address: row.document_address,
    wrappedSecret: row.wrapped_secret,
    coreCipher: row.core_cipher,
    status: row.status,
    isRendered: row.is_rendered,
    hasGivenUp: row.has_given_up,
    listedValue: row.listed_value,
    events: events.map(({ seq, type, at, leaf, previous_leaf, payload_cipher, has_given_up }) => ({
      ...{ seq, type, at, leaf, previousLeaf: previous_leaf, payloadCipher: payload_cipher, hasGivenUp: has_given_up },
    })),
    file,
  };
}

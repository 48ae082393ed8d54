import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import type { DocumentEvent, StoredDocument } from './document.js';
import { DOCUMENT_COLUMNS, storedOf, type DocumentRow } from './documents.repository.js';
import { GIVE_UP_AFTER } from './give-up.js';

/** A document whose row is locked, as far as its next event needs it. */
export type LockedDocument = {
  readonly kind: string;
  readonly status: string;
  readonly wrappedSecret: Buffer;
  readonly statusIndex: number;
  readonly lastSeq: number;
  readonly lastAt: Date;
};

export type NewEvent = {
  readonly documentId: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly payloadCipher: Uint8Array;
};

/** An event after the first whose leaf is still to be fixed. */
export type UnfixedEvent = DocumentEvent & { readonly document: StoredDocument };

const EVENT_COLUMNS = 'seq, type, at, leaf, previous_leaf, payload_cipher';
/** Not those behind one that was given up: they wait with it, and would take the place of other documents' events. */
const TO_FIX = `e.leaf is null and e.seq > 0 and not exists (select 1 from document_events g
  where g.issuer_id = e.issuer_id and g.document_id = e.document_id and g.seq between 1 and e.seq
    and g.leaf is null and g.leaf_failures >= ${GIVE_UP_AFTER})`;
const HAS_FIRST_LEAF = `exists (select 1 from document_events f
  where f.issuer_id = e.issuer_id and f.document_id = e.document_id and f.seq = 0 and f.leaf is not null)`;

/** What happened to documents. Rows are appended, and their leaves fixed once; nothing is ever changed or deleted. */
@Injectable()
export class EventsRepository {
  /** Locks the document's row until the transaction ends; null when the issuer has no such document. */
  async lockDocument(tx: Tx, issuerId: string, documentId: string): Promise<LockedDocument | null> {
    const [row] = await tx.query<Pick<DocumentRow, 'kind' | 'status' | 'wrapped_secret' | 'status_index'>>(
      'select kind, status, wrapped_secret, status_index from documents where issuer_id = $1 and id = $2 for update',
      [issuerId, documentId],
    );
    if (row === undefined) {
      return null;
    }
    // A statement of its own: it sees what the one who held the lock before us has committed.
    const [last] = await tx.query<{ seq: number; at: Date }>(
      'select seq, at from document_events where issuer_id = $1 and document_id = $2 order by seq desc limit 1',
      [issuerId, documentId],
    );
    if (last === undefined) {
      throw new Error(`Document ${documentId} has no event 0`);
    }
    const { kind, status, wrapped_secret: wrappedSecret, status_index: statusIndex } = row;
    return { kind, status, wrappedSecret, statusIndex, lastSeq: last.seq, lastAt: last.at };
  }

  async insertEvent(tx: Tx, issuerId: string, event: NewEvent): Promise<void> {
    const { documentId, seq, type, at, payloadCipher } = event;
    await tx.query(
      'insert into document_events (issuer_id, document_id, seq, type, at, payload_cipher) values ($1, $2, $3, $4, $5, $6)',
      [issuerId, documentId, seq, type, at, payloadCipher],
    );
  }

  async updateStatus(tx: Tx, issuerId: string, documentId: string, status: string): Promise<void> {
    await tx.query('update documents set status = $3 where issuer_id = $1 and id = $2', [issuerId, documentId, status]);
  }

  /** The document is out of force: the next version of the issuer's status lists says so. */
  async recordEnd(tx: Tx, issuerId: string, statusIndex: number, value: number): Promise<void> {
    await tx.query(
      `insert into document_ends (issuer_id, status_index, value) values ($1, $2, $3)
       on conflict (issuer_id, status_index) do update set value = excluded.value, listed = false`,
      [issuerId, statusIndex, value],
    );
  }

  async findEvents(tx: Tx, issuerId: string, documentId: string): Promise<DocumentEvent[]> {
    const rows = await tx.query<EventRow>(
      `select ${EVENT_COLUMNS} from document_events where issuer_id = $1 and document_id = $2 order by seq`,
      [issuerId, documentId],
    );
    return rows.map(eventOf);
  }

  /** Takes up to `limit` events for fixing, those of a document in order; no other worker sees them until `tx` ends. */
  async claimUnfixed(tx: Tx, issuerId: string, limit: number): Promise<UnfixedEvent[]> {
    const rows = await tx.query<EventRow & DocumentRow>(
      `select ${columnsOf('e', EVENT_COLUMNS)}, ${columnsOf('d', DOCUMENT_COLUMNS)}
       from document_events e join documents d on d.issuer_id = e.issuer_id and d.id = e.document_id
       where e.issuer_id = $1 and ${TO_FIX} and ${HAS_FIRST_LEAF}
       order by e.document_id, e.seq limit $2 for update of e skip locked`,
      [issuerId, limit],
    );
    return rows.map((row) => ({ ...eventOf(row), document: storedOf(row) }));
  }

  /**
   * The leaves right before the given events, by `placeOf`, as far as they are fixed. MUST be asked after the events were
   * claimed: what another worker fixed meanwhile is then seen.
   */
  async findLeavesBefore(tx: Tx, issuerId: string, events: readonly UnfixedEvent[]): Promise<Map<string, Uint8Array>> {
    const rows = await tx.query<{ document_id: string; seq: number; leaf: Buffer }>(
      `select e.document_id, e.seq, e.leaf
       from unnest($2::uuid[], $3::int[]) as wanted (document_id, seq)
       join document_events e on e.document_id = wanted.document_id and e.seq = wanted.seq
       where e.issuer_id = $1 and e.leaf is not null`,
      [issuerId, events.map(({ document }) => document.id), events.map(({ seq }) => seq - 1)],
    );
    return new Map(rows.map(({ document_id, seq, leaf }) => [placeOf(document_id, seq), leaf]));
  }

  /** Nothing happens when the leaf is fixed already. */
  async fixLeaf(
    tx: Tx,
    { document, seq }: UnfixedEvent,
    { leaf, previousLeaf }: { leaf: Uint8Array; previousLeaf: Uint8Array },
  ): Promise<void> {
    await tx.query(
      `update document_events set leaf = $4, previous_leaf = $5
       where issuer_id = $1 and document_id = $2 and seq = $3 and leaf is null`,
      [document.issuerId, document.id, seq, leaf, previousLeaf],
    );
  }

  async recordFailure(tx: Tx, { document, seq }: UnfixedEvent): Promise<void> {
    await tx.query(
      `update document_events set leaf_failures = leaf_failures + 1
       where issuer_id = $1 and document_id = $2 and seq = $3`,
      [document.issuerId, document.id, seq],
    );
  }

  async issuersToFix(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      `select distinct e.issuer_id from document_events e where ${TO_FIX} and ${HAS_FIRST_LEAF}`,
    );
    return rows.map(({ issuer_id }) => issuer_id);
  }
}

/** Names an event among those of an issuer. */
export function placeOf(documentId: string, seq: number): string {
  return `${documentId}/${seq}`;
}

function columnsOf(alias: string, columns: string): string {
  return columns
    .split(', ')
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

type EventRow = {
  seq: number;
  type: string;
  at: Date;
  leaf: Buffer | null;
  previous_leaf: Buffer | null;
  payload_cipher: Buffer | null;
};

function eventOf({ seq, type, at, leaf, previous_leaf, payload_cipher }: EventRow): DocumentEvent {
  return { seq, type, at, leaf, previousLeaf: previous_leaf, payloadCipher: payload_cipher };
}

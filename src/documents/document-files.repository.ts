import { Injectable } from '@nestjs/common';
import { Clock, IdSource } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { StoredDocument } from './document.js';
import { DOCUMENT_COLUMNS, storedOf } from './documents.repository.js';
import type { DrawnDocument } from './draw-document.js';

/** After this many failures a document waits for an operator instead of being tried again. */
const GIVE_UP_AFTER = 5;

export type StoredFile = { readonly sha256: Buffer; readonly size: number; readonly cipher: Buffer };

/** The PDFs, and which documents still lack one. */
@Injectable()
export class DocumentFilesRepository {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** Takes up to `limit` documents for drawing; no other worker sees them until `tx` ends. */
  async claimUndrawn(tx: Tx, issuerId: string, limit: number): Promise<StoredDocument[]> {
    const rows = await tx.query<Parameters<typeof storedOf>[0]>(
      `select ${DOCUMENT_COLUMNS} from documents
       where issuer_id = $1 and rendered_at is null and render_failures < ${GIVE_UP_AFTER}
       order by id limit $2 for update skip locked`,
      [issuerId, limit],
    );
    return rows.map(storedOf);
  }

  /** Stores the issued PDF and fixes the leaf of event 0. */
  async storeIssued(tx: Tx, { issuerId, id }: StoredDocument, drawn: DrawnDocument): Promise<void> {
    const now = this.clock.now();
    const cipher = drawn.secret.seal(this.ids, 'issued-file', drawn.pdf);
    await tx.prepared(
      'store-issued-file',
      `insert into document_files (issuer_id, document_id, revision, sha256, size, cipher, stored_at) values ($1, $2, 'issued', $3, $4, $5, $6)`,
      [issuerId, id, drawn.sha256, drawn.pdf.length, cipher, now],
    );
    await tx.prepared(
      'fix-first-leaf',
      'update document_events set leaf = $3 where issuer_id = $1 and document_id = $2 and seq = 0 and leaf is null',
      [issuerId, id, drawn.leaf],
    );
    await tx.prepared('mark-rendered', 'update documents set rendered_at = $3 where issuer_id = $1 and id = $2', [
      issuerId,
      id,
      now,
    ]);
  }

  async recordFailure(tx: Tx, { issuerId, id }: StoredDocument, reason: string): Promise<void> {
    await tx.query(
      'update documents set render_failures = render_failures + 1, render_error = $3 where issuer_id = $1 and id = $2',
      [issuerId, id, reason],
    );
  }

  async findIssued(tx: Tx, issuerId: string, documentId: string): Promise<StoredFile | null> {
    const [file] = await tx.query<StoredFile>(
      `select sha256, size, cipher from document_files where issuer_id = $1 and document_id = $2 and revision = 'issued'`,
      [issuerId, documentId],
    );
    return file ?? null;
  }

  /** SHA-256 of the issued PDF, without reading it; null while it is still to be drawn. */
  async findIssuedDigest(tx: Tx, issuerId: string, documentId: string): Promise<Buffer | null> {
    const [file] = await tx.query<{ sha256: Buffer }>(
      `select sha256 from document_files where issuer_id = $1 and document_id = $2 and revision = 'issued'`,
      [issuerId, documentId],
    );
    return file?.sha256 ?? null;
  }

  async hasGivenUp(tx: Tx, issuerId: string, documentId: string): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from documents where issuer_id = $1 and id = $2 and render_failures >= ${GIVE_UP_AFTER}`,
      [issuerId, documentId],
    );
    return rows.length > 0;
  }

  async issuersToDraw(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      `select distinct issuer_id from documents where rendered_at is null and render_failures < ${GIVE_UP_AFTER}`,
    );
    return rows.map(({ issuer_id }) => issuer_id);
  }

  /** Numbers for the operator. */
  async undrawn(tx: Tx): Promise<{ waiting: number; givenUp: number; oldestSeconds: number }> {
    const [row] = await tx.query<{ waiting: string; given_up: string; oldest: string | null }>(
      `select count(*) filter (where render_failures < ${GIVE_UP_AFTER}) as waiting,
              count(*) filter (where render_failures >= ${GIVE_UP_AFTER}) as given_up,
              extract(epoch from now() - min(issued_at)) as oldest
       from documents where rendered_at is null`,
    );
    return {
      waiting: Number(row?.waiting ?? 0),
      givenUp: Number(row?.given_up ?? 0),
      oldestSeconds: Number(row?.oldest ?? 0),
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Clock, IdSource } from '../kernel/index.js';
import { valuesList, type Tx } from '../platform/database/index.js';
import type { StoredDocument } from './document.js';
import { DOCUMENT_COLUMNS, storedOf } from './documents.repository.js';
import { GIVE_UP_AFTER } from './give-up.js';
import type { DrawnDocument } from './draw-document.js';

/** A drawn document with the row that it belongs to. */
export type DrawnFile = Pick<DrawnDocument, 'pdf' | 'sha256' | 'secret' | 'leaf'> & {
  readonly document: StoredDocument;
};

const FILE_COLUMNS = 7;

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

  /** Stores issued PDFs and fixes the leaves of their events 0: three statements, however many there are. */
  async storeIssued(tx: Tx, issuerId: string, drawn: readonly DrawnFile[]): Promise<void> {
    const now = this.clock.now();
    const rows = drawn.map(({ document, sha256, pdf, secret }) => {
      return [issuerId, document.id, 'issued', sha256, pdf.length, secret.seal(this.ids, 'issued-file', pdf), now];
    });
    const ids = drawn.map(({ document }) => document.id);
    await tx.query(
      `insert into document_files (issuer_id, document_id, revision, sha256, size, cipher, stored_at)
       values ${valuesList(rows.length, FILE_COLUMNS)}`,
      rows.flat(),
    );
    await tx.query(
      `update document_events set leaf = fixed.leaf
       from unnest($2::uuid[], $3::bytea[]) as fixed (document_id, leaf)
       where document_events.issuer_id = $1 and document_events.document_id = fixed.document_id
         and document_events.seq = 0 and document_events.leaf is null`,
      [issuerId, ids, drawn.map(({ leaf }) => leaf)],
    );
    await tx.query('update documents set rendered_at = $3 where issuer_id = $1 and id = any($2::uuid[])', [
      issuerId,
      ids,
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

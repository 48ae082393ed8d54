import { Injectable } from '@nestjs/common';
import { getAddress } from 'ethers';
import { to0x, type FieldError } from '../../kernel/index.js';
import { valuesList, type Tx } from '../../platform/database/index.js';
import type { DocumentId } from '../document.js';
import type { Import, ImportId, ImportMode, ImportRow, ImportState, OpenImport, SettledRow } from './import.js';

export type NewImport = {
  readonly issuerId: string;
  readonly id: ImportId;
  readonly kind: string;
  readonly mode: ImportMode;
  readonly total: number;
  readonly idempotencyKey: string | undefined;
  readonly requestHash: Uint8Array;
  readonly wrappedSecret: Uint8Array;
  readonly createdAt: Date;
};

type ImportRecord = {
  issuer_id: string;
  id: ImportId;
  kind: string;
  mode: ImportMode;
  state: ImportState;
  total: number;
  next_line: number;
  issued: number;
  failed: number;
  request_hash: Buffer;
  wrapped_secret: Buffer | null;
  created_at: Date;
  started_at: Date | null;
  checked_at: Date | null;
  finished_at: Date | null;
};

const COLUMNS =
  'issuer_id, id, kind, mode, state, total, next_line, issued, failed, request_hash, wrapped_secret, created_at, started_at, checked_at, finished_at';

/** Imports and their rows. */
@Injectable()
export class ImportsRepository {
  /** False, and nothing is stored, when the issuer used the idempotency key before. */
  async insertImport(tx: Tx, added: NewImport): Promise<boolean> {
    const rows = await tx.query(
      `insert into imports (issuer_id, id, kind, mode, state, total, idempotency_key, request_hash, wrapped_secret, created_at)
       values ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9) on conflict (issuer_id, idempotency_key) do nothing returning id`,
      [
        added.issuerId,
        added.id,
        added.kind,
        added.mode,
        added.total,
        added.idempotencyKey ?? null,
        added.requestHash,
        added.wrappedSecret,
        added.createdAt,
      ],
    );
    return rows.length > 0;
  }

  async insertRows(tx: Tx, { issuerId, id }: NewImport, sealed: readonly ImportRow[]): Promise<void> {
    await tx.query(
      `insert into import_rows (issuer_id, import_id, line, request_cipher) values ${valuesList(sealed.length, 4)}`,
      sealed.flatMap(({ line, bytes }) => [issuerId, id, line, bytes]),
    );
  }

  async findByKey(
    tx: Tx,
    issuerId: string,
    idempotencyKey: string,
  ): Promise<{ found: Import; requestHash: Buffer } | null> {
    const [row] = await tx.query<ImportRecord>(
      `select ${COLUMNS} from imports where issuer_id = $1 and idempotency_key = $2`,
      [issuerId, idempotencyKey],
    );
    return row === undefined ? null : { found: importOf(row), requestHash: row.request_hash };
  }

  async findImport(tx: Tx, issuerId: string, id: string): Promise<Import | null> {
    const [row] = await tx.prepared<ImportRecord>(
      'find-import',
      `select ${COLUMNS} from imports where issuer_id = $1 and id = $2`,
      [issuerId, id],
    );
    return row === undefined ? null : importOf(row);
  }

  /**
   * Locks the import that is the issuer's turn: the one begun, else the oldest. Null when there is none, or when another
   * worker holds it. So the imports of an issuer run one after the other, and what one has checked no other can change.
   */
  async claimNext(tx: Tx, issuerId: string): Promise<OpenImport | null> {
    const [row] = await tx.query<ImportRecord>(
      `select ${COLUMNS} from imports where issuer_id = $1 and id = (
         select id from imports where issuer_id = $1 and finished_at is null order by state = 'queued', id limit 1)
       and finished_at is null for update skip locked`,
      [issuerId],
    );
    return row === undefined || row.wrapped_secret === null
      ? null
      : { ...importOf(row), nextLine: row.next_line, checkedAt: row.checked_at, wrappedSecret: row.wrapped_secret };
  }

  /** The rows from `fromLine` on, as they were sealed. */
  async readRows(tx: Tx, { issuerId, id }: Import, fromLine: number, limit: number): Promise<ImportRow[]> {
    return tx.prepared<ImportRow>(
      'read-import-rows',
      `select line, request_cipher as bytes from import_rows
       where issuer_id = $1 and import_id = $2 and line >= $3 order by line limit $4`,
      [issuerId, id, fromLine, limit],
    );
  }

  /** Notes what became of rows, and forgets the requests of those that were settled for good. */
  async settleRows(tx: Tx, { issuerId, id }: Import, settled: readonly SettledRow[]): Promise<void> {
    const rows = settled.map((row) =>
      'errors' in row ? { line: row.line, errors: row.errors } : { line: row.line, document_id: row.document.id },
    );
    await tx.prepared(
      'settle-import-rows',
      `update import_rows r set request_cipher = null, document_id = v.document_id, errors = v.errors
       from jsonb_to_recordset($3::jsonb) as v (line integer, document_id uuid, errors jsonb)
       where r.issuer_id = $1 and r.import_id = $2 and r.line = v.line`,
      [issuerId, id, JSON.stringify(rows)],
    );
  }

  async forgetRequests(tx: Tx, { issuerId, id }: Import): Promise<void> {
    await tx.query(
      'update import_rows set request_cipher = null where issuer_id = $1 and import_id = $2 and request_cipher is not null',
      [issuerId, id],
    );
  }

  /** The import MUST be locked by `claimNext`. A finished one loses the secret of its rows. */
  async saveProgress(tx: Tx, progress: OpenImport): Promise<void> {
    await tx.prepared(
      'save-import-progress',
      `update imports set state = $3, next_line = $4, issued = $5, failed = $6, started_at = $7, checked_at = $8, finished_at = $9,
         wrapped_secret = case when $9::timestamptz is null then wrapped_secret end
       where issuer_id = $1 and id = $2`,
      [
        progress.issuerId,
        progress.id,
        progress.state,
        progress.nextLine,
        progress.issued,
        progress.failed,
        progress.startedAt,
        progress.checkedAt,
        progress.finishedAt,
      ],
    );
  }

  async issuersWithUnfinished(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ issuer_id: string }>(
      'select distinct issuer_id from imports where finished_at is null',
    );
    return rows.map(({ issuer_id }) => issuer_id);
  }

  /** Settled rows by line. */
  async listSettled(tx: Tx, { issuerId, id }: Import, filter: RowFilter): Promise<SettledRow[]> {
    const rows = await tx.query<SettledRecord>(
      `select r.line, r.errors, d.id, d.number, d.document_address, d.issued_at
       from import_rows r left join documents d on d.issuer_id = r.issuer_id and d.id = r.document_id
       where r.issuer_id = $1 and r.import_id = $2 and r.line > $3
         and ((r.document_id is not null and $4 <> 'failed') or (r.errors is not null and $4 <> 'issued'))
       order by r.line limit $5`,
      [issuerId, id, filter.afterLine, filter.only ?? 'settled', filter.limit],
    );
    return rows.map(settledOf);
  }
}

export type RowFilter = {
  readonly afterLine: number;
  readonly only?: 'failed' | 'issued' | undefined;
  readonly limit: number;
};

type SettledRecord = { line: number } & (
  { errors: FieldError[] } | { errors: null; id: DocumentId; number: string; document_address: Buffer; issued_at: Date }
);

function settledOf(row: SettledRecord): SettledRow {
  if (row.errors !== null) {
    return { line: row.line, errors: row.errors };
  }
  const { line, id, number, issued_at: issuedAt } = row;
  return { line, document: { id, number, documentAddress: getAddress(to0x(row.document_address)), issuedAt } };
}

function importOf(row: ImportRecord): Import {
  const { id, kind, mode, state, total, issued, failed } = row;
  return {
    issuerId: row.issuer_id,
    id,
    kind,
    mode,
    state,
    total,
    issued,
    failed,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

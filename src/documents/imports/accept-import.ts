import { Injectable } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { IssuerProfiles } from '../../identity/index.js';
import { Clock, IdSource } from '../../kernel/index.js';
import { UnitOfWork, type Tx } from '../../platform/database/index.js';
import { InvalidRequest } from '../../platform/http/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { DocumentSecret } from '../../platform/vault/index.js';
import { DocumentKinds } from '../document-kind.js';
import { IdempotencyKeyReused } from '../documents.errors.js';
import { checkIdempotencyKey } from '../idempotency.js';
import type { Import, ImportId, ImportMode, ImportRow } from './import.js';
import { MOST_ROWS, NoRows, TooManyRows } from './imports.errors.js';
import { processImportJob } from './imports.jobs.js';
import { ImportsRepository, type NewImport } from './imports.repository.js';
import { rowsOf } from './ndjson.js';

export type ImportCommand = {
  readonly issuerId: string;
  readonly kind: string;
  readonly mode: ImportMode;
  /** NDJSON, as it was sent. */
  readonly body: Buffer;
  readonly idempotencyKey?: string | undefined;
};

/** Gives a new import its id, its time and the secret its rows are sealed under. */
@Injectable()
export class ImportOrigin {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  make(command: ImportCommand, total: number, issuerKey: Uint8Array): { secret: DocumentSecret; added: NewImport } {
    const { issuerId, kind, mode, body, idempotencyKey } = command;
    const id = this.ids.uuid() as ImportId;
    const secret = DocumentSecret.generate(this.ids);
    const requestHash = createHash('sha256').update(`${kind}\n${mode}\n`).update(body).digest();
    const wrappedSecret = secret.wrap(this.ids, issuerKey, id);
    const createdAt = this.clock.now();
    return {
      secret,
      added: { issuerId, id, kind, mode, total, idempotencyKey, requestHash, wrappedSecret, createdAt },
    };
  }

  seal(secret: DocumentSecret, rows: readonly ImportRow[]): ImportRow[] {
    return rows.map(({ line, bytes }) => ({ line, bytes: secret.seal(this.ids, 'import-row', bytes) }));
  }
}

/** Rows sealed and written at a time: between two the process answers others. */
const ROWS_A_STATEMENT = 250;

/**
 * Takes an import: when this answers, every row is on disk, encrypted, and a worker will come to it. The rows are not
 * read yet; what is wrong with them is told by line when the worker has.
 */
@Injectable()
export class AcceptImport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly imports: ImportsRepository,
    private readonly profiles: IssuerProfiles,
    private readonly kinds: DocumentKinds,
    private readonly outbox: Outbox,
    private readonly origin: ImportOrigin,
  ) {}

  /** Throws `InvalidRequest`, `NoRows`, `TooManyRows`, `IdempotencyKeyMalformed` or `IdempotencyKeyReused`; nothing is stored then. */
  async execute(command: ImportCommand): Promise<Import> {
    await this.requireKnown(command.kind);
    checkIdempotencyKey(command.idempotencyKey);
    const rows = rowsWithinLimits(command.body);
    const { issuerId } = command;
    const { key } = await this.profiles.get(issuerId);
    const { secret, added } = this.origin.make(command, rows.length, key);
    return this.unitOfWork.run(
      async (tx) => {
        if (!(await this.imports.insertImport(tx, added))) {
          return this.earlier(tx, added);
        }
        for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
          const sealed = this.origin.seal(secret, rows.slice(start, start + ROWS_A_STATEMENT));
          await this.imports.insertRows(tx, added, sealed);
        }
        await this.outbox.append(tx, processImportJob, { issuerId });
        return { ...added, state: 'queued', issued: 0, failed: 0, startedAt: null, finishedAt: null };
      },
      { issuerId },
    );
  }

  private async requireKnown(kind: string): Promise<void> {
    const names = await this.kinds.names();
    if (!names.includes(kind)) {
      const message = `Choose one of: ${names.join(', ')}.`;
      throw new InvalidRequest([{ field: 'kind', code: 'validation.not-allowed', message }]);
    }
  }

  private async earlier(tx: Tx, { issuerId, idempotencyKey, requestHash }: NewImport): Promise<Import> {
    const earlier = await this.imports.findByKey(tx, issuerId, idempotencyKey ?? '');
    if (earlier === null || !timingSafeEqual(earlier.requestHash, requestHash)) {
      throw new IdempotencyKeyReused();
    }
    return earlier.found;
  }
}

function rowsWithinLimits(body: Buffer): ImportRow[] {
  const rows: ImportRow[] = [];
  for (const row of rowsOf(body)) {
    if (rows.length === MOST_ROWS) {
      throw new TooManyRows();
    }
    rows.push(row);
  }
  if (rows.length === 0) {
    throw new NoRows();
  }
  return rows;
}

import { Injectable } from '@nestjs/common';
import type { IssuerProfile } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import type { Tx } from '../../platform/database/index.js';
import { StoreDocuments } from '../store-documents.js';
import { movedTo, type OpenImport, type SettledRow } from './import.js';
import { ImportsRepository } from './imports.repository.js';
import { JudgeRows } from './judge-rows.js';

/** Rows a transaction. The series is locked only while their documents are made: requests sent singly come in between. */
export const ROWS_A_TRANSACTION = 200;

/**
 * Issues the next rows of an import. Documents, the rows' outcomes and the import's progress are of one transaction, so a
 * crash at any instruction leaves exactly the rows to do that were not done.
 */
@Injectable()
export class IssueRows {
  constructor(
    private readonly imports: ImportsRepository,
    private readonly store: StoreDocuments,
    private readonly judge: JudgeRows,
    private readonly clock: Clock,
  ) {}

  /** The import MUST be locked by `claimNext`. */
  async execute(tx: Tx, open: OpenImport, profile: IssuerProfile): Promise<OpenImport> {
    const rows = await this.imports.readRows(tx, open, open.nextLine, ROWS_A_TRANSACTION);
    const { right, wrong } = await this.judge.execute(tx, open, profile, rows);
    const outcomes =
      right.length === 0
        ? []
        : await this.store.execute(
            tx,
            profile,
            right.map(({ request }) => request),
          );
    const settled = right.map(({ line }, index): SettledRow => {
      const outcome = outcomes[index];
      return outcome?.ok === true
        ? { line, document: outcome.value }
        : { line, errors: this.judge.explain(open, line, outcome?.error) };
    });
    await this.imports.settleRows(tx, open, [...settled, ...wrong]);
    const issued = settled.filter((row) => 'document' in row).length;
    const progress = {
      ...open,
      nextLine: (rows.at(-1)?.line ?? open.nextLine) + 1,
      issued: open.issued + issued,
      failed: open.failed + rows.length - issued,
    };
    return rows.length < ROWS_A_TRANSACTION ? { ...movedTo(progress, 'done'), finishedAt: this.clock.now() } : progress;
  }
}

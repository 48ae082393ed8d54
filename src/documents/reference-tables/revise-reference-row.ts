import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { CachedReferenceTables } from './cached-reference-tables.js';
import type { ReferenceRow, ReferenceTableName } from './reference-table.js';
import { ReferenceTablesRepository } from './reference-tables.repository.js';
import { reviseRows } from './revise-rows.js';

/**
 * Says something new of a code, as a new version of its table. What was said before stays in the history, so that what was
 * judged by an older version can be judged by it again.
 */
@Injectable()
export class ReviseReferenceRow {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: ReferenceTablesRepository,
    private readonly tables: CachedReferenceTables,
    private readonly clock: Clock,
  ) {}

  /** Answers the version that says so: a new one, or the present one when it does already. */
  async execute(name: ReferenceTableName, row: ReferenceRow): Promise<number> {
    const version = await this.unitOfWork.run(async (tx) => {
      const present = await this.repository.lockVersion(tx, name);
      const known = await this.repository.rowsOf(tx, name, present);
      const revision = reviseRows(
        known.filter(({ code }) => code === row.code),
        row,
      );
      if (revision === null) {
        return present;
      }
      const { replaced } = revision;
      const added = revision.added.map((part) => ({
        ...part,
        isSample: part !== row && replaced.some(({ isSample }) => isSample),
      }));
      await this.repository.succeed(tx, name, { version: present + 1, replaced, added }, this.clock.now());
      return present + 1;
    });
    await this.tables.refresh();
    return version;
  }
}

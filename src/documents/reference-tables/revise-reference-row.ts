import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { UnitOfWork } from '../../platform/database/index.js';
import { CachedReferenceTables } from './cached-reference-tables.js';
import type { ReferenceRow, ReferenceTableName, VersionedRow } from './reference-table.js';
import { CodeNotInForce } from './reference-tables.errors.js';
import { ReferenceTablesRepository } from './reference-tables.repository.js';
import { closeRows, reviseRows, type Period, type Revision } from './revise-rows.js';

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
  execute(name: ReferenceTableName, row: ReferenceRow): Promise<number> {
    return this.succeed(name, row.code, (known) => reviseRows(known, row));
  }

  /** Says nothing of a code on some days, for ever when they have no end. Throws `CodeNotInForce` when nothing is said of it then. */
  close(name: ReferenceTableName, code: string, period: Period): Promise<number> {
    return this.succeed(name, code, (known) => {
      const revision = closeRows(known, period);
      if (revision === null) {
        throw new CodeNotInForce();
      }
      return revision;
    });
  }

  private async succeed(
    name: ReferenceTableName,
    code: string,
    revise: (known: readonly VersionedRow[]) => Revision | null,
  ): Promise<number> {
    const version = await this.unitOfWork.run(async (tx) => {
      const present = await this.repository.lockVersion(tx, name);
      const known = await this.repository.rowsOf(tx, name, present);
      const revision = revise(known.filter((row) => row.code === code));
      if (revision === null) {
        return present;
      }
      const { replaced } = revision;
      const added = revision.added.map((part) => ({ ...part, isSample: isRestOf(replaced, part) }));
      await this.repository.succeed(tx, name, { version: present + 1, replaced, added }, this.clock.now());
      return present + 1;
    });
    await this.tables.refresh();
    return version;
  }
}

/** What is left of a sample stays one. */
function isRestOf(replaced: readonly VersionedRow[], { data }: ReferenceRow): boolean {
  return replaced.some((row) => row.isSample && row.data === data);
}
